"""Warnings of an ad sheet: what a careful colleague would ask about before money is spent."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import timedelta
from functools import partial
from typing import Any

from simulator.errors import Problem, problem
from simulator.parameters import model_parameters
from simulator.playbook.ads import Ad
from simulator.playbook.ads_checks import (
    AUDIENCE_COLUMNS,
    MOST_TIMES_BUDGET,
    PLACE_COLUMNS,
    Draft,
    share_outside,
)
from simulator.playbook.captions import read_caption
from simulator.playbook.lookalikes import LOOKALIKES
from simulator.playbook.offers import losing_offer, unlike_text
from simulator.playbook.plan_warnings import HASTY_HOURS, reading_warnings
from simulator.playbook.posts import Post
from simulator.playbook.production_hours import hours_beside_ads
from simulator.playbook.rivals import rivalries
from simulator.texts import say
from simulator.units import MINUTES_PER_WEEK, minutes_since, money
from simulator.world.clients import Client
from simulator.world.world import World

NEEDS_LINK = ("LINK_CLICKS", "PURCHASES")
"""Goals that lead somewhere."""

LEAST_OUTSIDE = 0.05
"""A smaller share of people the client does not serve is not spoken of."""

LEAST_OF_AN_AD = 0.9
"""An ad that gets less than this share of the hours it wants is spoken of."""

BUDGETS = frozenset({"Ad Set Daily Budget", "Ad Set Lifetime Budget"})
TIMES = frozenset({"Ad Set Time Start", "Ad Set Time Stop", "Hours"})
MOST_NAMED = 3
"""So many rivals of a set are named; of more only their number."""

Note = Callable[..., Problem]


def warnings_of(
    drafts: Sequence[Draft],
    file: str,
    client: Client | None,
    days: int,
    world: World | None,
    posts: Sequence[Post] = (),
) -> Iterator[Problem]:
    """What a careful colleague would ask about, set by set and over the whole sheet.

    ``posts``: those made in the same hours. Sets with an error are asked about too, as far as what the
    question needs could be read.
    """
    note: Note = partial(problem, file=file, severity="warning")
    for draft in drafts:
        for ad in draft.ad_set.ads:
            yield from _about_an_ad(ad, draft, note, client)
            if ad.boosted_post is None:
                yield from _about_its_offer(ad, file, client)
    running = [draft for draft in drafts if draft.runs]
    yield from _rivals([d for d in running if not d.unread & (AUDIENCE_COLUMNS | TIMES)], note, world)
    for draft in running:
        yield from _likeness(draft, note)
    if client is not None:
        for draft in running:
            yield from _unserved(draft, note, client)
        yield from _over_budget([d for d in running if not d.unread & (BUDGETS | TIMES)], note, client, days)
        yield from _busy_weeks([d for d in running if not d.unread & TIMES], posts, note, client)


def _about_its_offer(ad: Ad, file: str, client: Client | None) -> Iterator[Problem]:
    """A discount that leaves nothing to earn, and one of which the text says something else."""
    text = f"{ad.title}\n{ad.text}"
    if client is not None:
        lost = losing_offer(ad.offer, text, ad.topic, client, file=file, line=ad.line)
        yield from [lost] if lost else []
    unlike = unlike_text(ad.offer, text, file=file, line=ad.line) if ad.purpose == "sell" else None
    yield from [unlike] if unlike else []


def _about_an_ad(ad: Ad, draft: Draft, note: Note, client: Client | None) -> Iterator[Problem]:
    goal = draft.ad_set.goal
    if not ad.link and goal in NEEDS_LINK:
        yield note("ads.no_link", line=ad.line, column="Link", goal=goal)
    if ad.boosted_post is not None:
        return
    if not ad.text.strip():
        yield note("ads.title_alone", line=ad.line, column="Body")
    reading = read_caption(f"{ad.title}\n{ad.text}", client=client, purpose=ad.purpose, topic=ad.topic)
    yield from reading_warnings(reading, ad, client, note)


def _rivals(drafts: Sequence[Draft], note: Note, world: World | None) -> Iterator[Problem]:
    """A warning for each set that runs at the same time for mostly the same people as one above it."""
    for ad_set, first, more in rivalries([draft.ad_set for draft in drafts], world, MOST_NAMED):
        named = [
            say("problems.rival", name=other.name, line=other.line, share=f"{share:.0%}")
            for other, share in first
        ]
        named += [say("problems.and_more", more=more)] if more else []
        words = {"others": ", ".join(named), "value": ad_set.name}
        yield note("ads.rivals", line=ad_set.line, column="Ad Set Name", **words)


def _likeness(draft: Draft, note: Note) -> Iterator[Problem]:
    """A warning that a look-alike needs buyers whom nobody has counted yet."""
    audience = draft.ad_set.audience
    for column, terms in (
        ("Flexible Inclusions", {term for group in audience.inclusions for term in group}),
        ("Flexible Exclusions", set(audience.exclusions)),
    ):
        if not terms.isdisjoint(LOOKALIKES):
            parameters = model_parameters()
            least = f"{parameters['ads.lookalike_seed']:.0f}"
            yield note("ads.uncounted_likeness", least=least, **draft.place(column))


def _unserved(draft: Draft, note: Note, client: Client) -> Iterator[Problem]:
    """A warning when part of those who see the ads live where the client serves nobody."""
    audience = draft.ad_set.audience
    outside = share_outside(audience, client.file.cities)
    is_unknown = draft.unread & PLACE_COLUMNS or (audience.points and not audience.cities)
    if is_unknown or outside < LEAST_OUTSIDE:
        return
    cities = ", ".join(client.file.cities)
    words: dict[str, Any] = {"share": f"{outside:.0%}", "cities": cities, "name": draft.ad_set.name}
    words |= {**draft.place("Cities"), "line": draft.ad_set.line}
    yield note("ads.not_served", **words) if audience.names_a_place else note("ads.no_city", **words)


def _busy_weeks(
    drafts: Sequence[Draft], posts: Sequence[Post], note: Note, client: Client
) -> Iterator[Problem]:
    """A warning for each week whose paid hours do not hold the ads that are made in it beside its posts."""
    own = [
        (draft, ad) for draft in drafts for ad in draft.ad_set.ads if ad.boosted_post is None and ad.active
    ]
    begin, p = client.file.month_start, client.hidden.parameters
    starts = [draft.ad_set.start_minute(begin) for draft, _ in own]
    times = [minutes_since(begin, post.posting_time) for post in posts]
    of_posts, of_ads = hours_beside_ads(posts, times, starts, client.file.hours_per_week, p)
    usual = p["ads.creative_hours"] if own else 0.0
    for week in sorted({start // MINUTES_PER_WEEK for start in starts}):
        made = [at for at, start in enumerate(starts) if start // MINUTES_PER_WEEK == week]
        ad_hours = min(of_ads[at] or 0.0 for at in made)
        beside = [of_posts[at] or 0.0 for at, time in enumerate(times) if time // MINUTES_PER_WEEK == week]
        if ad_hours < LEAST_OF_AN_AD * usual or min(beside, default=usual) < HASTY_HOURS:
            given = [say("problems.ad_minutes", minutes=f"{60 * ad_hours:.0f}")]
            given += [say("problems.post_minutes", minutes=f"{60 * min(beside):.0f}")] if beside else []
            words: dict[str, Any] = {"week": week + 1, "start": begin + timedelta(weeks=week)}
            words |= {"ads": len(made), "asked": f"{len(made) * usual:g}", "given": ", ".join(given)}
            words |= {"paid": f"{client.file.hours_per_week:g}", "usual": f"{60 * usual:.0f}"}
            first = own[made[0]][1]
            yield note("ads.week_hours", line=first.line, column="Ad Name", value=first.name, **words)


def _over_budget(drafts: Sequence[Draft], note: Note, client: Client, days: int) -> Iterator[Problem]:
    """A warning at the first set with which all together may spend more than the client has.

    A set that alone asks for many times the budget is an error of its own and is not counted.
    """
    budget, total, over = client.file.budget_cents, 0, None
    for draft in drafts:
        asked = draft.ad_set.most_cents(client.file.month_start, days)
        if asked <= MOST_TIMES_BUDGET * budget:
            total += asked
            over = draft if over is None and total > budget else over
    if over is not None:
        is_daily = over.ad_set.lifetime_budget_cents is None
        place = over.place("Ad Set Daily Budget" if is_daily else "Ad Set Lifetime Budget")
        words = {"asked": money(total), "budget": money(budget), "name": over.ad_set.name}
        yield note("ads.over_budget", **place, **words)
