"""Posts at random: five times a week whatever comes to mind, whenever."""

from __future__ import annotations

from datetime import datetime, timedelta

from simulator.playbook.playbook import Playbook
from simulator.playbook.posts import FORMATS, PURPOSES
from simulator.randomness import Luck
from simulator.scoring.drawer import Drawer, planned
from simulator.scoring.study import Study
from simulator.units import DAYS_PER_MONTH, HOURS_PER_DAY

POSTS = 20


def playbook(study: Study) -> Playbook:
    """Twenty posts; the client seed's luck alone decides which and when."""
    file, drawer = study.file, Drawer(study.file)
    luck = Luck(study.client_seed).stream("posts at random", file.name).generator()
    begin = datetime.combine(file.month_start, datetime.min.time())
    return Playbook(
        None,
        planned(
            drawer.post(
                begin + timedelta(hours=int(luck.integers(DAYS_PER_MONTH * HOURS_PER_DAY))),
                str(luck.choice(PURPOSES)),
                str(luck.choice([topic.name for topic in file.topics])),
                str(luck.choice(FORMATS)),
            )
            for _ in range(POSTS)
        ),
    )
