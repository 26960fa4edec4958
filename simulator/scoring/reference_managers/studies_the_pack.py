"""Studies the pack: topics buyers care for, hours of many readers, links, ads for people like buyers."""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

from simulator.playbook.ads import Ad, AdPlan, AdSet
from simulator.playbook.audiences import Audience
from simulator.playbook.patterns import Pattern
from simulator.playbook.playbook import Playbook
from simulator.playbook.posts import Post
from simulator.playbook.replies import ReplyRule, ReplyRules
from simulator.playbook.shifts import EVERY_DAY, Shift, ShiftPlan
from simulator.scoring.drawer import Drawer, moments, planned
from simulator.scoring.rhythm import complete_page
from simulator.scoring.study import Study, interest_shares, topic_fit
from simulator.units import DAYS_PER_MONTH, DAYS_PER_WEEK, HOURS_PER_DAY, MINUTES_PER_HOUR

PURPOSES: Final = ("inform", "entertain", "sell", "talk")
LINKED: Final = ("inform", "sell")
"""What a reader may want to follow up carries a link."""

OFFER: Final = 0.15
"""Off the price in selling posts: enough to be noticed, too little to teach people to wait."""

KEPT_PER_HOUR: Final = 0.75
HOURS_OF_LIFE: Final = 8
"""How long a post is seen, and what is left of it from one hour to the next."""

SHARPNESS: Final = 2
"""How much more often a topic comes up that buyers care for twice as much: two to this power."""

AD_INTERESTS: Final = 3
AD_CAP: Final = 3
SHIFTS: Final = ((8.0, 9.0), (13.0, 13.5), (19.0, 19.5))
SPAM: Final = "link|subscribe|check out|bit.ly|earn|whatsapp me"


def playbook(study: Study) -> Playbook:
    """A post a day, of which every fourth sells; the budget for strangers who are like the buyers."""
    file, drawer = study.file, Drawer(study.file)
    cared_for = interest_shares(study.buyers["interests"])
    wanted = topic_shares(study, cared_for)
    first, second = best_hours(study)
    weekly = [(day, first if day % 2 else second) for day in range(DAYS_PER_WEEK)]
    owed = {purpose: np.zeros(len(wanted)) for purpose in PURPOSES}
    posts: list[Post] = []
    for number, moment in enumerate(moments(file.month_start, DAYS_PER_MONTH, weekly)):
        purpose = PURPOSES[number % len(PURPOSES)]
        due = _most_overdue(owed[purpose], wanted)
        form = "link" if purpose in LINKED else "photo"
        posts.append(drawer.post(moment, purpose, file.topics[due].name, form, offer=OFFER))
    topic = file.topics[int(wanted.argmax())].name
    return Playbook(
        page=complete_page(file),
        plan=planned(posts),
        ads=_ads(study, cared_for, drawer.take(topic, "sell"), topic),
        replies=ReplyRules((ReplyRule("spam", Pattern.parse(SPAM), action="hide"),)),
        shifts=ShiftPlan(tuple(Shift(EVERY_DAY, _minutes(begin), _minutes(end)) for begin, end in SHIFTS)),
    )


def topic_shares(study: Study, cared_for: dict[str, float]) -> NDArray[np.float64]:
    """(topics,) how often to speak of each, given the share of people who care for each interest; sum 1."""
    weights = np.array(list(topic_fit(study, cared_for).values())) ** SHARPNESS
    return weights / weights.sum() if weights.any() else np.full(len(weights), 1 / len(weights))


def best_hours(study: Study) -> tuple[int, int]:
    """The two hours, at least five apart, after which most followers are online while a post is fresh."""
    online = study.online.filter(regex=":").sum().to_numpy(dtype=np.float64)
    seen = [
        sum(online[(hour + later) % HOURS_PER_DAY] * KEPT_PER_HOUR**later for later in range(HOURS_OF_LIFE))
        for hour in range(HOURS_PER_DAY)
    ]
    ranked = sorted(range(HOURS_PER_DAY), key=lambda hour: -seen[hour])
    return ranked[0], next(hour for hour in ranked if abs(hour - ranked[0]) >= 5)


def _most_overdue(owed: NDArray[np.float64], wanted: NDArray[np.float64]) -> int:
    """The topic most overdue; every call adds to what is ``owed``, and takes off the one given."""
    owed += wanted
    topic = int(owed.argmax())
    owed[topic] -= 1
    return topic


def _ads(study: Study, cared_for: dict[str, float], text: str, topic: str) -> AdPlan:
    file = study.file
    like_buyers = Audience(
        cities=file.cities, inclusions=(tuple(cared_for)[:AD_INTERESTS],), exclusions=("followers",)
    )
    ad = Ad("like buyers", "link", "sell", "", text, topic, offer=OFFER)
    strangers = AdSet(
        "new customers",
        "like buyers",
        "PURCHASES",
        like_buyers,
        lifetime_budget_cents=file.budget_cents,
        frequency_cap=AD_CAP,
        ads=(ad,),
    )
    return AdPlan((strangers,))


def _minutes(hour: float) -> int:
    return round(hour * MINUTES_PER_HOUR)
