"""Other ads: another audience, goal or budget for each ad set, or a first one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any, Final

from simulator.playbook.ads import Ad, AdPlan, AdSet
from simulator.playbook.audiences import USUAL_YOUNGEST, Audience
from simulator.playbook.playbook import Playbook
from simulator.scoring.changes.change import Change
from simulator.scoring.drawer import Drawer
from simulator.scoring.study import Study, interest_shares, topic_fit
from simulator.texts import say

FACTORS: Final = (0.5, 2.0)
MOST_SETS: Final = 3
LIKE_BUYERS: Final = 3
"""So many of the interests commonest among buyers."""


def changes(study: Study, playbook: Playbook) -> Iterator[Change]:
    """Every running set changed in one thing; without any, a first set for people like the buyers."""
    plan = playbook.ads or AdPlan()
    interests = tuple(interest_shares(study.buyers["interests"]))[:LIKE_BUYERS]
    if not plan.running:
        yield _first_set(study, playbook, interests)
    for ad_set in plan.running[:MOST_SETS]:
        for says, new in _otherwise(study, ad_set, interests):
            sets = tuple(
                replace(one, **new) if (one.campaign, one.name) == (ad_set.campaign, ad_set.name) else one
                for one in plan.ad_sets
            )
            yield Change("ads", says, replace(playbook, ads=replace(plan, ad_sets=sets)))


def _otherwise(
    study: Study, ad_set: AdSet, interests: tuple[str, ...]
) -> Iterator[tuple[str, dict[str, Any]]]:
    name, audience, listed = ad_set.name, ad_set.audience, ", ".join(interests)
    yield say("advice.ads.off", name=name), {"active": False}
    yield (
        say("advice.ads.interests", name=name, interests=listed),
        {"audience": replace(audience, inclusions=(interests,))},
    )
    yield (
        say("advice.ads.strangers", name=name),
        {"audience": replace(audience, exclusions=tuple(dict.fromkeys((*audience.exclusions, "followers"))))},
    )
    cities = ", ".join(study.file.cities)
    yield (
        say("advice.ads.cities", name=name, cities=cities),
        {"audience": replace(audience, cities=study.file.cities)},
    )
    yield (
        say("advice.ads.everybody", name=name, cities=cities),
        {"audience": Audience(age_min=USUAL_YOUNGEST, cities=study.file.cities)},
    )
    if ad_set.goal != "PURCHASES":
        yield say("advice.ads.goal", name=name), {"goal": "PURCHASES", "bid_cents": None}
    for factor in FACTORS:
        yield say("advice.ads.budget", name=name, factor=f"{factor:g}"), _times(ad_set, factor)


def _times(ad_set: AdSet, factor: float) -> dict[str, Any]:
    kind = "daily_budget_cents" if ad_set.lifetime_budget_cents is None else "lifetime_budget_cents"
    return {kind: round((getattr(ad_set, kind) or 0) * factor)}


def _first_set(study: Study, playbook: Playbook, interests: tuple[str, ...]) -> Change:
    file = study.file
    fit = topic_fit(study, interest_shares(study.buyers["interests"]))
    topic = max(fit, key=lambda name: fit[name])
    ad = Ad("first", "link", "sell", "", Drawer(file).take(topic, "sell"), topic)
    audience = Audience(cities=file.cities, inclusions=(interests,), exclusions=("followers",))
    budget = file.budget_cents // 2
    first = AdSet("first", "like buyers", "PURCHASES", audience, lifetime_budget_cents=budget, ads=(ad,))
    says = say("advice.ads.first", interests=", ".join(interests), budget=f"{budget / 100:,.0f}", topic=topic)
    return Change("ads", says, replace(playbook, ads=AdPlan((first,))))
