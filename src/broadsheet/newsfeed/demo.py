"""The demo newsroom's briefs."""

import tomllib
from datetime import UTC, timedelta
from pathlib import Path
from typing import Any

from broadsheet.accounts.models import User
from broadsheet.foundation.clock import now, stopped_at
from broadsheet.newsfeed.actions import publish_brief
from broadsheet.newsfeed.models import Brief

FOLDER = Path(__file__).parent / "demo_briefs"


def fill(by: User, found: dict[str, Any]) -> None:
    """Publish them, the oldest first, in whole minutes counted back from now; one file for each edition, by its key."""
    begun = now().astimezone(UTC).replace(second=0, microsecond=0)
    for file in sorted(FOLDER.glob("*.toml")):
        edition = found[f"edition:{file.stem}"]
        rows = tomllib.loads(file.read_text(encoding="utf-8"))["brief"]
        for row in sorted(rows, key=lambda row: -row["hours_ago"]):
            brief = Brief(
                edition=edition,
                section=found[f"section:{row['section']}"] if row.get("section") else None,
                picture=found.get(f"picture:{row.get('picture')}"),
                text=row["text"],
            )
            with stopped_at(begun - timedelta(minutes=round(row["hours_ago"] * 60))):
                publish_brief(by, brief)
