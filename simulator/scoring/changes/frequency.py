"""More or fewer posts: every third left out, or one more a week of every purpose."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import datetime, time, timedelta
from typing import Final

from simulator.insights.tables import WEEKDAYS
from simulator.playbook.playbook import Playbook
from simulator.playbook.posts import PURPOSES
from simulator.scoring.changes.change import Change, with_posts
from simulator.scoring.drawer import Drawer
from simulator.scoring.study import Study
from simulator.texts import say
from simulator.units import DAYS_PER_MONTH, DAYS_PER_WEEK

SHARE: Final = 3
USUAL_HOUR: Final = 18


def changes(study: Study, playbook: Playbook) -> Iterator[Change]:
    """Every third post out, all posts of a purpose out, and a post a week more of each purpose."""
    posts = list(playbook.plan.posts)
    fewer = [None if at % SHARE == SHARE - 1 else post for at, post in enumerate(posts)]
    says = say("advice.fewer", posts=fewer.count(None))
    yield Change("drop", says, with_posts(playbook, fewer))
    for purpose in PURPOSES:
        left = [None if post.purpose == purpose else post for post in posts]
        says = say("advice.drop", posts=left.count(None), purpose=say(f"advice.purposes.{purpose}"))
        yield Change("drop", says, with_posts(playbook, left))
        yield _one_more_a_week(study, playbook, purpose)


def _one_more_a_week(study: Study, playbook: Playbook, purpose: str) -> Change:
    """A post more a week, on the day of the week with the fewest, at the hour most used."""
    file, posts, drawer, added = study.file, playbook.plan.posts, Drawer(study.file), []
    used = Counter(post.posting_time.weekday() for post in posts)
    weekday = min(range(DAYS_PER_WEEK), key=lambda day: used[day])
    hours = Counter(post.posting_time.hour for post in posts).most_common(1)
    hour = hours[0][0] if hours else USUAL_HOUR
    for week in range(DAYS_PER_MONTH // DAYS_PER_WEEK):
        day = file.month_start + timedelta(days=DAYS_PER_WEEK * week + weekday)
        topic = file.topics[week % len(file.topics)].name
        added.append(drawer.post(datetime.combine(day, time(hour)), purpose, topic))
    day_name = say(f"insights.days.{WEEKDAYS[weekday]}")
    words = {"purpose": say(f"advice.purposes.{purpose}"), "day": day_name, "hour": f"{hour:02}"}
    return Change("add", say("advice.add", **words), with_posts(playbook, posts, added))
