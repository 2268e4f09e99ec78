"""Comments of the desk, written row by row: one step of the action that takes them from the editor's form.

Nothing is removed because a form does not hold it: whoever wrote in another window meanwhile loses no word.
"""

from collections.abc import Iterator
from dataclasses import replace

from wagtail.log_actions import log

from broadsheet.accounts.models import User
from broadsheet.foundation.clock import now
from broadsheet.stories.events import RemarkSaid
from broadsheet.stories.models import Answer, Remark, Story
from broadsheet.stories.sent_remarks import SentAnswer, SentRemark

LOGGED = 300
"""Letters of a comment that the story's log holds."""


def write_threads(by: User, story: Story, sent: tuple[SentRemark, ...], *, moves: bool) -> list[RemarkSaid]:
    """Write what is new in a form's comments; `moves` says whether the text that they stand in was saved, too."""
    kept = {remark.pk: remark for remark in story.remarks.prefetch_related("answers")}
    told: list[RemarkSaid] = []
    for one in sent:
        remark = _same(by, kept, one) if one.id is None else kept.get(one.id)
        if remark is None:
            told += _begin(by, story, kept, one)
            continue
        told += _answers(by, story, remark, one.answers)
        told += _change(by, story, remark, one, moves=moves)
    return told


def _same(by: User, kept: dict[int, Remark], one: SentRemark) -> Remark | None:
    """The same words by the same person at the same place, sent once more because no answer came back."""
    found = (row for row in kept.values() if (row.by_id, row.path, row.text) == (by.pk, one.path, one.text))
    return next(found, None)


def _begin(by: User, story: Story, kept: dict[int, Remark], one: SentRemark) -> Iterator[RemarkSaid]:
    """A new comment; where somebody answered one that was deleted meanwhile, the answer becomes one."""
    texts = [one.text] if one.id is None else [answer.text for answer in one.answers if answer.id is None]
    for text in texts:
        if not text or not one.path or one.is_deleted or _same(by, kept, replace(one, text=text)):
            continue
        remark = Remark.objects.create(story=story, by=by, text=text, path=one.path, position=one.position)
        _log(by, story, "write", text)
        people = frozenset({story.begun_by_id} if story.begun_by_id else ()) - {by.pk}
        yield RemarkSaid("remark", story.pk, remark.pk, by.pk, people, text)
        if one.id is None:
            yield from _answers(by, story, remark, one.answers)


def _answers(by: User, story: Story, remark: Remark, sent: tuple[SentAnswer, ...]) -> Iterator[RemarkSaid]:
    kept = {answer.pk: answer for answer in remark.answers.all()}
    for one in sent:
        row = kept.get(one.id) if one.id else None
        if one.id is None and one.text and not one.is_deleted:
            if any((answer.by_id, answer.text) == (by.pk, one.text) for answer in kept.values()):
                continue
            people = _people(remark) - {by.pk}
            added = Answer.objects.create(remark=remark, by=by, text=one.text)
            kept[added.pk] = added
            _open_again(remark)
            _log(by, story, "answer", one.text)
            yield RemarkSaid("answer", story.pk, remark.pk, by.pk, people, one.text)
        elif row is not None and row.by_id == by.pk:
            _change_answer(row, one)


def _change_answer(row: Answer, one: SentAnswer) -> None:
    if one.is_deleted:
        row.delete()
    elif one.text and one.text != row.text:
        row.text = one.text
        row.save(update_fields=["text"])


def _change(by: User, story: Story, remark: Remark, one: SentRemark, *, moves: bool) -> Iterator[RemarkSaid]:
    if one.is_deleted and remark.by_id == by.pk and not (_people(remark) - {by.pk}):
        _log(by, story, "delete", remark.text)
        remark.delete()
        return
    # What others have answered is not deleted with the comment: it is resolved, and stays.
    if (one.is_resolved or (one.is_deleted and remark.by_id == by.pk)) and remark.resolved_at is None:
        remark.resolved_at, remark.resolved_by = now(), by
        remark.save(update_fields=["resolved_at", "resolved_by"])
        _log(by, story, "resolve", remark.text)
        yield RemarkSaid("resolved", story.pk, remark.pk, by.pk, _people(remark) - {by.pk}, remark.text)
    _change_words(by, remark, one, moves=moves)


def _change_words(by: User, remark: Remark, one: SentRemark, *, moves: bool) -> None:
    changed = []
    if one.text and one.text != remark.text and remark.by_id == by.pk:
        remark.text = one.text
        changed.append("text")
    if moves and one.path.partition(".")[0] == remark.path.partition(".")[0] and one.path != remark.path:
        remark.path = one.path
        changed.append("path")
    if moves and one.position and one.position != remark.position:
        remark.position = one.position
        changed.append("position")
    if changed:
        remark.save(update_fields=changed)


def _open_again(remark: Remark) -> None:
    """An answer to what was resolved in another window meanwhile: the thread is open again."""
    if remark.resolved_at is not None:
        remark.resolved_at, remark.resolved_by = None, None
        remark.save(update_fields=["resolved_at", "resolved_by"])


def _people(remark: Remark) -> frozenset[int]:
    writers = [remark.by_id, *remark.answers.values_list("by_id", flat=True)]
    return frozenset(person for person in writers if person is not None)


def _log(by: User, story: Story, what: str, text: str) -> None:
    log(instance=story, action=f"broadsheet.remark.{what}", user=by, data={"text": text[:LOGGED]})
