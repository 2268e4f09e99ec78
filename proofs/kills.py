"""Stories fall due while the processes that would publish them are killed at random: each comes out, once, on time.

A round hands in some stories, each due within a few seconds, and kills processes of a real `broadsheet serve` at random
moments, the next when the last one is back. How often each was published is read from the story's log; how late, from
its own time.
"""

import json
import os
import random
import signal
import time
from typing import Any

from proofs.newsroom import served_demo

STORIES = 5
KILLS = 3
# The promise. Two processes wait for what is due, so that it holds while one of them is killed and comes back.
LATEST = 1.0
WAITING = "SELECT pid FROM jobs_worker"
SCHEDULE = """
import sys
from datetime import UTC, datetime, timedelta
from django.db import transaction
from broadsheet.accounts.models import User
from broadsheet.editions.models import Edition, Section
from broadsheet.stories.actions import begin_story, publish_revision
from broadsheet.stories.models import Story
by = User.objects.get(email="desk@broadsheet.example")
begin = datetime.now(UTC) + timedelta(seconds=3)
print(begin.timestamp())
for moment in sys.argv[1:]:
    with transaction.atomic():
        due = begin + timedelta(seconds=float(moment))
        story = Story(edition=Edition.objects.first(), section=Section.objects.first(), headline=f"Due {moment}")
        story.standfirst, story.go_live_at = "It comes by itself.", due
        publish_revision(by, begin_story(by, story))
    print(story.pk)
"""
OUTCOME = """
import json, sys
from wagtail.log_actions import registry
from broadsheet.stories.models import Story
rows = []
for pk in sys.argv[1:]:
    story = Story.objects.get(pk=pk)
    published = [entry for entry in registry.get_logs_for_instance(story) if entry.action == "wagtail.publish"]
    late = (story.published_at - story.go_live_at).total_seconds() if story.published_at else None
    rows.append([story.state, len(published), late])
print(json.dumps(rows))
"""


def _both_wait(home: Any, serve: Any) -> bool:
    living = {serve.pid_of("worker"), serve.pid_of("timekeeper")}
    return 0 not in living and {pid for (pid,) in home.rows(WAITING)} == living


def run_round(seed: int, latest: float = LATEST) -> int:
    """One round; the number of stories compared. `latest` is the lateness in seconds that is let pass."""
    home, serve = served_demo()
    chance = random.Random(seed)
    begin, *ids = home.run(SCHEDULE, *(str(chance.uniform(0, 4)) for _ in range(STORIES))).split()
    until = float(begin) + 6
    kills = 0
    while time.time() < until:
        if time.time() > float(begin) - 1 and kills < KILLS and _both_wait(home, serve):
            pid = serve.pid_of(chance.choice(["worker", "timekeeper", "web"]))
            if pid and chance.random() < 0.5:
                os.kill(pid, signal.SIGKILL)
                kills += 1
        time.sleep(chance.uniform(0.05, 0.4))
    until = time.time() + 30
    while True:
        rows = json.loads(home.run(OUTCOME, *ids))
        if all(state == "published" for state, _times, _late in rows) or time.time() > until:
            break
    for state, times, late in rows:
        assert state == "published", f"seed {seed}: a story is still {state}"
        assert times == 1, f"seed {seed}: a story was published {times} times"
        assert late is not None, f"seed {seed}: a story has no time"
        assert 0 <= late < latest, f"seed {seed}: a story came out {late} s after its time"
    print(f"    seed {seed}: late by " + ", ".join(f"{late:.2f}" for _state, _times, late in rows) + " s", flush=True)
    return len(rows)
