"""How somebody at the desk is told of something: a notice and a mail; one step of the desk's actions."""

from contextlib import suppress

from django.utils import translation

from broadsheet.accounts.models import User
from broadsheet.desk.models import Notice
from broadsheet.desk.notice_words import PURPOSE, address_of, language_of, sentence_of, subject_of
from broadsheet.foundation.refusals import Refused
from broadsheet.mail.actions import queue_mail
from broadsheet.stories.models import Story


def tell(notice: Notice, to: User, story: Story) -> None:
    """Keep a notice, and send it by mail in the language of whoever gets it; both in the caller's transaction."""
    notice.person, notice.story = to, story
    notice.save()
    with translation.override(language_of(to, story)):
        lines = [sentence_of(notice), notice.text, address_of(story, to, notice.remark_id)]
        # An account may have an address that is none; its notice is on the desk all the same.
        with suppress(Refused):
            queue_mail(
                to=to.email,
                subject=" ".join(subject_of(notice).split()),
                text="\n\n".join(line for line in lines if line) + "\n",
                purpose=PURPOSE,
            )
