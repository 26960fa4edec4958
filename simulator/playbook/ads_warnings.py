"""Warnings of an ad plan: what a careful colleague would ask about before money is spent."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator
from functools import partial

from simulator.errors import Problem, problem
from simulator.playbook.ads import Ad, AdPlan, AdSet
from simulator.playbook.ads_checks import share_outside
from simulator.playbook.audiences import Audience
from simulator.playbook.captions import read_caption
from simulator.units import money
from simulator.world.clients import Client

NEEDS_LINK = ("LINK_CLICKS", "PURCHASES")
"""Goals that lead somewhere."""

LEAST_OUTSIDE = 0.05
"""A smaller share of people the client does not serve is not spoken of."""

Note = Callable[..., Problem]


def warnings_of(plan: AdPlan, file: str, client: Client | None, days: int) -> Iterator[Problem]:
    """What a careful colleague would ask about, set by set and over the whole plan."""
    note: Note = partial(problem, file=file, severity="warning")
    for ad_set in plan.ad_sets:
        for ad in ad_set.ads:
            yield from _about_an_ad(ad, ad_set, note, client)
    yield from _rivals(plan, note)
    if client is not None:
        for ad_set in plan.running:
            yield from _unserved(ad_set, note, client)
        yield from _over_budget(plan, note, client, days)


def _about_an_ad(ad: Ad, ad_set: AdSet, note: Note, client: Client | None) -> Iterator[Problem]:
    if not ad.link and ad_set.goal in NEEDS_LINK:
        yield note("ads.no_link", line=ad.line, column="Link", goal=ad_set.goal)
    if ad.boosted_post is not None:
        return
    reading = read_caption(f"{ad.title}\n{ad.text}", client=client, purpose=ad.purpose, topic=ad.topic)
    if reading.contradicts_purpose:
        words = {"value": ad.purpose, "read": reading.purpose}
        yield note("plan.contradicts_purpose", line=ad.line, column="Purpose", **words)
    if reading.contradicts_topic:
        words = {"value": ad.topic, "read": reading.topic}
        yield note("plan.contradicts_topic", line=ad.line, column="Topic", **words)


def _rivals(plan: AdPlan, note: Note) -> Iterator[Problem]:
    """A warning for each set that runs at the same time for the same people as one before it."""
    before: defaultdict[Audience, list[AdSet]] = defaultdict(list)
    for ad_set in plan.running:
        others = before[ad_set.audience]
        rival = next((other for other in others if _meet(ad_set, other)), None)
        if rival is not None:
            words = {"other": rival.name, "first": rival.line}
            yield note("ads.rivals", line=ad_set.line, column="Ad Set Name", value=ad_set.name, **words)
        others.append(ad_set)


def _meet(one: AdSet, other: AdSet) -> bool:
    """Whether two sets run at the same time on some day."""
    apart = (one.stop and other.start and one.stop <= other.start) or (
        other.stop and one.start and other.stop <= one.start
    )
    return not apart and any(a and b for a, b in zip(one.hours, other.hours, strict=True))


def _unserved(ad_set: AdSet, note: Note, client: Client) -> Iterator[Problem]:
    """A warning when part of those who see the ads live where the client serves nobody."""
    audience = ad_set.audience
    outside = share_outside(audience, client.file.cities)
    if outside < LEAST_OUTSIDE or (audience.points and not audience.cities):
        return
    words = {"share": f"{outside:.0%}", "cities": ", ".join(client.file.cities)}
    if audience.names_a_place:
        yield note("ads.not_served", line=ad_set.line, column="Cities", value=ad_set.name, **words)
    else:
        yield note("ads.no_city", line=ad_set.line, column="Cities", value=ad_set.name, **words)


def _over_budget(plan: AdPlan, note: Note, client: Client, days: int) -> Iterator[Problem]:
    """A warning at the first set with which all together may spend more than the client has."""
    total, over = 0, None
    for ad_set in plan.running:
        total += ad_set.most_cents(client.file.month_start, days)
        if over is None and total > client.file.budget_cents:
            over = ad_set
    if over is not None:
        words = {"asked": money(total), "budget": money(client.file.budget_cents)}
        yield note("ads.over_budget", line=over.line, column="Ad Set Daily Budget", value=over.name, **words)
