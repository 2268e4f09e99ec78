"""What every page of the desk knows."""

from typing import Any

from django.http import HttpRequest

from broadsheet.editions.models import Edition


def desk(request: HttpRequest) -> dict[str, Any]:
    """The newsroom's own name: that of its main edition."""
    return {"newsroom_name": _name}


def _name() -> str:
    return Edition.objects.order_by("path_prefix").values_list("name", flat=True).first() or "Broadsheet"
