"""What every page of the desk knows."""

from typing import Any

from django.http import HttpRequest


def desk(request: HttpRequest) -> dict[str, Any]:
    """The name under which the desk appears."""
    return {"newsroom_name": "Broadsheet"}
