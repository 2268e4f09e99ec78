"""`make lint`: format, lint, types, imports, and our own checks; runs all of them, and fails if one does."""

import os
import subprocess
import tempfile

from edge import run_tool


def main() -> int:
    """Run every check; 1 if one of them failed."""
    from environment import ROOT, environment_command, say, set_up

    set_up(development=True)
    checks = [
        ("format", ["ruff", "format", "--check", "."]),
        ("lint", ["ruff", "check", "."]),
        ("types", ["mypy"]),
        ("imports", ["lint-imports"]),
    ]
    checks += [(path.stem, ["python", str(path)]) for path in sorted((ROOT / "tools").glob("check_*.py"))]
    failed = []
    with tempfile.TemporaryDirectory(prefix="broadsheet-lint-") as home:
        # The types' check loads Django's settings, which make a home.
        environment = {**os.environ, "BROADSHEET_HOME": home}
        for name, (command, *arguments) in checks:
            say(f"{name}:")
            done = subprocess.run([environment_command(command), *arguments], cwd=str(ROOT), env=environment)
            if done.returncode:
                failed.append(name)
    say(f"Failed: {', '.join(failed)}." if failed else "Everything is as it should be.")
    return 1 if failed else 0


if __name__ == "__main__":
    run_tool(main)
