"""Runs the long proofs, round after round, seeded and resumable; ROUNDS, SEED and ONLY choose.

A round is one seed. What was done is kept in .tools/proofs.json, so that a run that was stopped goes on where it was;
a seed that failed is printed and can be run alone: SEED=<seed> ROUNDS=1.
"""

import importlib
import json
import os
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "src")]
DONE = ROOT / ".tools" / "proofs.json"
PROOFS = {
    "walks": "random acts on stories by several people; lists, counts, addresses and secrets are compared after each",
    "pages": "a page of every kind in both editions: axe, Nu, widths, keyboard, pictures, without scripts (one round)",
    "kills": "stories fall due while the workers are killed at random; each comes out once, and how late is printed",
    "writers": "20 people type for ten minutes in a browser, servers and browsers are killed; no character is lost",
}
ROUNDS = {"walks": 200, "pages": 1, "kills": 200, "writers": 3}
"""How many there are where nobody says it; a round of the writers takes eleven minutes."""


def main() -> int:
    """Run the rounds that are still to do; 1 if any failed."""
    only = os.environ.get("ONLY", "")
    if only and only not in PROOFS:
        print(f"There is no proof “{only}”. There are: {', '.join(PROOFS)}.", file=sys.stderr)
        return 2
    first = int(os.environ.get("SEED") or 1)
    done: dict[str, list[int]] = json.loads(DONE.read_text()) if DONE.exists() and "SEED" not in os.environ else {}
    failed = 0
    for name, meaning in PROOFS.items():
        if only not in ("", name):
            continue
        print(f"{name}: {meaning}", flush=True)
        rounds = int(os.environ.get("ROUNDS") or ROUNDS[name])
        failed += _run(name, [seed for seed in range(first, first + rounds) if seed not in done.get(name, [])], done)
    return 1 if failed else 0


def _run(name: str, seeds: list[int], done: dict[str, list[int]]) -> int:
    proof = importlib.import_module(f"proofs.{name}")
    compared = failed = 0
    begin = time.monotonic()
    for number, seed in enumerate(seeds, start=1):
        try:
            compared += proof.run_round(seed)
            done.setdefault(name, []).append(seed)
            DONE.parent.mkdir(exist_ok=True)
            DONE.write_text(json.dumps(done))
        except AssertionError as error:
            failed += 1
            print(f"  seed {seed} FAILED: {error}", flush=True)
        if number % 10 == 0 or number == len(seeds):
            seconds = time.monotonic() - begin
            print(f"  {number} rounds, {compared} comparisons, {failed} failures, {seconds:.0f} s", flush=True)
    return failed


if __name__ == "__main__":
    sys.exit(main())
