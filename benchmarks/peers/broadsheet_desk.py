"""Somebody at Broadsheet's desk who edits the story that is named."""

import os

os.environ["DJANGO_SETTINGS_MODULE"] = "broadsheet.config.settings"


def main() -> None:
    """Answer questions about the story's editor."""
    import django

    django.setup()
    from benchmarks.peers.at_the_desk import AtTheDesk, answer
    from broadsheet.accounts.models import User

    person = User.objects.get(email=os.environ["BENCH_PERSON"])
    answer(AtTheDesk(person, f"/desk/stories/edit/{os.environ['BENCH_STORY']}/", overwrites=False))


if __name__ == "__main__":
    main()
