"""What somebody typed into a form whose thing is not there any more: shown again, so that it can be taken along."""

import json
from collections.abc import Mapping
from typing import Any

SHORTEST = 3
"""Letters of the shortest text that is shown: a day, a number, a language are chosen again more quickly than copied."""
NOT_TYPED = ("csrfmiddlewaretoken", "next", "action", "window", "seen", "version")
NOT_TYPED_ENDS = ("-id", "-type", "-order", "-ORDER", "-DELETE", "-deleted", "-count", "_FORMS")


def typed_texts(sent: Mapping[str, Any]) -> list[str]:
    """The texts in a form as it was sent, in its order, each once; formatting is left out."""
    texts = (_plain(str(value)) for name, value in sent.items() if _is_typed(name))
    return list(dict.fromkeys(text for text in texts if _is_text(text)))


def _is_typed(name: str) -> bool:
    return name not in NOT_TYPED and not name.endswith(NOT_TYPED_ENDS)


def _is_text(text: str) -> bool:
    return sum(map(str.isalpha, text)) >= SHORTEST


def _plain(value: str) -> str:
    """A rich text is sent as the editor's own JSON: its paragraphs' words."""
    if not value.startswith('{"'):
        return value.strip()
    try:
        return "\n\n".join(block["text"] for block in json.loads(value)["blocks"]).strip()
    except (ValueError, KeyError, TypeError):
        return value.strip()
