"""The job that makes a picture's renditions before anybody asks for them; it may run twice without harm."""

from django_tasks import task

from broadsheet.mediabank.reads import rendition_source
from broadsheet.mediabank.rendition_files import make_missing

# Behind everything else that waits: whoever asks for a rendition before gets it made at once.
LAST = -50


@task(priority=LAST)
def make_renditions(picture_id: int) -> int:
    """Make what is missing of a picture's renditions; returns how many files. None for a picture that is gone."""
    source = rendition_source(picture_id)
    try:
        return make_missing(source) if source is not None else 0
    except FileNotFoundError:
        return 0  # deleted, or its file replaced, in this moment; then there is another job
