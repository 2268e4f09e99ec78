"""The form of a page, filled as the page shows it: what a browser would send if nothing were typed."""

from html.parser import HTMLParser


class _Fields(HTMLParser):
    def __init__(self, form_id: str) -> None:
        super().__init__()
        self.form_id, self.inside = form_id, False
        self.sent: dict[str, list[str]] = {}
        self.select = self.area = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.inside = not self.form_id or said.get("id") == self.form_id
        name = said.get("name", "") if self.inside else ""
        if tag == "input" and name and said.get("type") not in ("submit", "button", "file"):
            is_ticked = said.get("type") in ("checkbox", "radio")
            if not is_ticked or "checked" in said:
                self.sent.setdefault(name, []).append(said.get("value", "on" if is_ticked else ""))
        elif tag == "select":
            self.select = name
        elif tag == "option" and self.select and "selected" in said:
            self.sent.setdefault(self.select, []).append(said.get("value", ""))
        elif tag == "textarea" and name:
            self.area = name
            self.sent[name] = [""]

    def handle_endtag(self, tag: str) -> None:
        self.select = "" if tag == "select" else self.select
        self.area = "" if tag == "textarea" else self.area
        self.inside = self.inside and tag != "form"

    def handle_data(self, data: str) -> None:
        if self.area:
            self.sent[self.area][0] += data


def sent_by(page: str, form_id: str = "w-editor-form") -> dict[str, list[str]]:
    """The fields of a page's form with what stands in them; files are not among them."""
    fields = _Fields(form_id)
    fields.feed(page)
    sent = {name: values for name, values in fields.sent.items() if name != "csrfmiddlewaretoken"}
    # The first line break of a text area is no part of its text.
    return {name: [value.removeprefix("\n") for value in values] for name, values in sent.items()}
