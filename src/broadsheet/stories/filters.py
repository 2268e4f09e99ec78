"""What the desk's list of stories can be asked: as a form, as conditions, and as marks of the index."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.db.models import F, Q
from django.db.models.lookups import In
from django.utils.translation import gettext_lazy as _

from broadsheet.editions.reads import all_editions, all_sections
from broadsheet.index.places import mark
from broadsheet.people.models import PersonText
from broadsheet.press.prepared import Unindexed, without_index
from broadsheet.stories.boxes import LongSelect
from broadsheet.stories.marks import KIND as DESK
from broadsheet.stories.models import KIND_NUMBERS, Byline, Kind, State

TIMES = {"touched": "touched_at", "published": "published_at", "due": "due_at"}
Groups = list[list[str]]


class FilterForm(forms.Form):
    """The filter as a person fills it in; whatever is left empty asks for nothing."""

    q = forms.CharField(label=_("Words"), required=False, max_length=200)
    state = forms.ChoiceField(label=_("State"), required=False)
    section = forms.ChoiceField(label=_("Section"), required=False)
    kind = forms.ChoiceField(label=_("Kind"), required=False)
    edition = forms.ChoiceField(label=_("Edition"), required=False)
    byline = forms.ChoiceField(label=_("Byline"), required=False)
    when = forms.ChoiceField(label=_("Time"), required=False)
    since = forms.DateField(label=_("From"), required=False, widget=forms.DateInput(attrs={"type": "date"}))
    until = forms.DateField(label=_("To"), required=False, widget=forms.DateInput(attrs={"type": "date"}))

    def __init__(self, data: Any, *, language: str) -> None:
        super().__init__(data, label_suffix="")
        self.use_required_attribute = False
        states = [(state.value, state.label) for state in State if state != State.DELETED]
        choices: dict[str, Any] = {
            "state": states,
            "section": [("0", _("without a section"))]
            + [(str(section.id), section.name.text) for section in all_sections(language)],
            "kind": Kind.choices,
            "edition": [(str(edition.id), edition.name) for edition in all_editions()],
            "byline": _writers(language),
        }
        self._field("byline").widget = LongSelect()
        for name, known in choices.items():
            self._field(name).choices = [("", _("all")), *known]
        self._field("when").choices = [
            ("", _("last change")), ("published", _("publication")), ("due", _("due")),
        ]  # fmt: skip

    def _field(self, name: str) -> Any:
        return self.fields[name]

    @property
    def asked(self) -> "Asked":
        """What is asked for; fields with something wrong in them ask for nothing."""
        self.is_valid()
        sent = self.cleaned_data
        return Asked(
            words=sent.get("q", "").strip(),
            state=sent.get("state", ""),
            section=_number(sent.get("section")),
            kind=sent.get("kind", ""),
            edition=_number(sent.get("edition")),
            byline=_number(sent.get("byline")),
            when=sent.get("when") or "touched",
            since=sent.get("since"),
            until=sent.get("until"),
        )

    @property
    def filled(self) -> dict[str, str]:
        """The fields that ask for something, as an address has them."""
        self.is_valid()
        return {name: self.data[name] for name in self.fields if self.cleaned_data.get(name)}


@dataclass(frozen=True)
class Asked:
    """What is asked of the list: each condition narrows it; None and "" ask for nothing."""

    words: str = ""
    state: str = ""
    section: int | None = None
    kind: str = ""
    edition: int | None = None
    byline: int | None = None
    when: str = "touched"
    since: date | None = None
    until: date | None = None

    def condition(self, *, beside_all: bool = False) -> Q:
        """As a condition on stories.

        An index is entered by the state or the section and by the time of the last change; all else is read beside the
        order. With `beside_all` it is entered by nothing of this, because the stories are asked for by their ids.
        """
        found = _wanted({"state": self.state} if self.state else {}, beside=beside_all)
        begin, end = self.span()
        column = TIMES[self.when]
        times = {f"{column}__gte": begin} if begin else {}
        times |= {f"{column}__lt": end} if end else {}
        found &= _wanted(times, beside=beside_all or self.when != "touched")
        if self.section is not None:
            found &= _wanted({"section_id": self.section or None}, beside=beside_all or bool(self.state))
        found &= _wanted(self._belongs(), beside=True)
        if self.byline:
            written = Byline.objects.filter(person_id=self.byline).order_by().values("story_id")
            found &= Q(In(Unindexed(F("pk")), written))
        return found

    def marks(self) -> Groups:
        """The same as marks of the index, but for the time."""
        found: Groups = []
        if self.state:
            found.append([mark(DESK, "state", self.state)])
        if self.section is not None:
            found.append([mark(DESK, "section", self.section)])
        if self.kind:
            found.append([mark(DESK, "kind", KIND_NUMBERS[Kind(self.kind)])])
        if self.edition:
            found.append([mark(DESK, "edition", self.edition)])
        if self.byline:
            found.append([mark(DESK, "person", self.byline)])
        return found

    def span(self) -> tuple[datetime | None, datetime | None]:
        """The first moment, and the first no longer, in the zone of the edition asked for, or of the main one."""
        editions = all_editions()
        zone = ZoneInfo(next((one.zone for one in editions if one.id == self.edition), editions[0].zone))
        begin = datetime.combine(self.since, time(), zone) if self.since else None
        end = datetime.combine(self.until + timedelta(days=1), time(), zone) if self.until else None
        return begin, end

    def _belongs(self) -> dict[str, Any]:
        found: dict[str, Any] = {}
        if self.kind:
            found["kind"] = self.kind
        if self.edition:
            found["edition_id"] = self.edition
        return found


def _wanted(columns: dict[str, Any], *, beside: bool) -> Q:
    """A condition on columns, or none; `beside` the order, an index is not entered by it."""
    condition = Q(**columns)
    return without_index(condition) if columns and beside else condition


def _number(text: str | None) -> int | None:
    return int(text) if text else None


def _writers(language: str) -> list[tuple[str, str]]:
    """Those who write, by name, in a language where they have a name in it."""
    names: dict[int, str] = {}
    texts = PersonText.objects.filter(person__writes=True).order_by("person_id", "language")
    for person, code, name in texts.values_list("person_id", "language", "name"):
        if code == language or person not in names:
            names[person] = name
    return sorted(((str(person), name) for person, name in names.items()), key=lambda pair: pair[1].casefold())
