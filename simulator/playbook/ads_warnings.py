"""Warnings of an ad plan: what a careful colleague would ask about before money is spent."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
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
    """A warning for each set that runs at the same time for the same people as another."""
    place = {(s.campaign, s.name): at for at, s in enumerate(plan.running)}
    by_audience: defaultdict[Audience, list[AdSet]] = defaultdict(list)
    for ad_set in plan.running:
        by_audience[ad_set.audience].append(ad_set)
    for rivals in by_audience.values():
        for pair in _meetings(sorted(rivals, key=_start)):
            first, later = sorted(pair, key=lambda s: place[s.campaign, s.name])
            words = {"other": first.name, "first": first.line, "value": later.name}
            yield note("ads.rivals", line=later.line, column="Ad Set Name", **words)


def _meetings(sets: Sequence[AdSet]) -> Iterator[tuple[AdSet, AdSet]]:
    """Each set, in order of start, that meets one before it in some hour of the day, with that one."""
    last_to_stop: dict[int, AdSet] = {}
    for ad_set in sets:
        hours = sum(1 << hour for hour, runs in enumerate(ad_set.hours) if runs)
        for shared, other in last_to_stop.items():
            if shared & hours and _stop(other) > _start(ad_set):
                yield other, ad_set
                break
        before = last_to_stop.get(hours)
        if before is None or _stop(before) < _stop(ad_set):
            last_to_stop[hours] = ad_set


def _start(ad_set: AdSet) -> datetime:
    return ad_set.start or datetime.min


def _stop(ad_set: AdSet) -> datetime:
    return ad_set.stop or datetime.max


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
