"""`make prove` knows every proof there is."""

import ast
from pathlib import Path

from proofs.run import PROOFS, ROUNDS

FOLDER = Path(__file__).parents[2] / "proofs"


def has_rounds(file: Path) -> bool:
    parts = ast.parse(file.read_text(encoding="utf-8")).body
    return any(isinstance(part, ast.FunctionDef) and part.name == "run_round" for part in parts)


def test_every_proof_is_run_by_make_prove_and_says_how_often() -> None:
    there = {file.stem for file in FOLDER.glob("*.py") if has_rounds(file)}
    assert there == PROOFS.keys() == ROUNDS.keys()
