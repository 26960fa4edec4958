"""Errors of ad sets: what no platform would take, and what can reach nobody."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

import numpy as np

from simulator.errors import Problem, problem
from simulator.parameters import model_parameters
from simulator.playbook.ads import AdSet
from simulator.playbook.audiences import LAST_BAND, USUAL_YOUNGEST, Audience
from simulator.playbook.lookalikes import LOOKALIKES
from simulator.playbook.moments import written_moment
from simulator.playbook.run_days import outside
from simulator.texts import say
from simulator.units import MINUTES_PER_DAY, moment_at, money
from simulator.world.clients import Client
from simulator.world.places import load_country
from simulator.world.world import World

MOST_TIMES_BUDGET = 10
"""Planning so many times the client's budget is a slip, not a plan."""

SPECIAL_KM = 25.0
"""Housing, credit and job ads may not be aimed at less than this round a point (15 miles at Meta)."""

PLACE_COLUMNS = frozenset({"Cities", "Districts", "Stations", "Within Km", "Addresses"})
AUDIENCE_COLUMNS = PLACE_COLUMNS | {
    "Gender",
    "Age Min",
    "Age Max",
    "Flexible Inclusions",
    "Flexible Exclusions",
}

Note = Callable[..., Problem]


@dataclass(frozen=True, slots=True)
class Draft:
    """An ad set as read: its cells with their lines, the columns that could not be read, whether
    an ad is missing for the same reason, and what was wrong with the set's cells and columns.
    """

    ad_set: AdSet
    cells: Mapping[str, tuple[str, int]]
    unread: frozenset[str]
    lost_ad: bool
    why: tuple[Problem, ...] = ()

    @property
    def broken(self) -> bool:
        """Whether anything in it could not be read."""
        return bool(self.unread) or self.lost_ad

    @property
    def unread_audience(self) -> tuple[str, ...]:
        """The columns of its audience that could not be read."""
        return tuple(sorted(self.unread & AUDIENCE_COLUMNS))

    @property
    def why_unread(self) -> tuple[Problem, ...]:
        """What is wrong with those."""
        return tuple(one for one in self.why if one.column is None or one.column in AUDIENCE_COLUMNS)

    @property
    def runs(self) -> bool:
        """Whether it is active, with an ad that is, as far as can be read."""
        is_on = self.ad_set.active and self.ad_set.campaign_active
        return is_on and (self.lost_ad or any(ad.active for ad in self.ad_set.ads))

    def place(self, column: str) -> dict[str, Any]:
        """Where and what a column's cell is, for a problem about it."""
        cell, line = self.cells.get(column, ("", self.ad_set.line))
        return {"line": line, "column": column, "value": cell}


def problems_of(draft: Draft, file: str, client: Client | None, days: int) -> Iterator[Problem]:
    """Every error of one ad set; a check whose columns could not be read is left out."""
    note: Note = partial(problem, file=file)
    for columns, check in _CHECKS:
        if not columns & draft.unread:
            yield from check(draft, note)
    yield from _special(draft, note, client)
    if client is not None:
        yield from _dates(draft, note, client, days)
        yield from _budget(draft, note, client, days)


def is_sound(draft: Draft, found: Iterable[Problem]) -> bool:
    """Whether the audience could be read and nothing was found wrong with it."""
    wrong = {one.column for one in found} | draft.unread
    return wrong.isdisjoint(AUDIENCE_COLUMNS)


def worlds_problems(drafts: Iterable[Draft], file: str, world: World) -> Iterator[Problem]:
    """An error for each ad set whose audience the platform would not sell in a world."""
    refused: dict[Audience, Problem | None] = {}
    for draft in drafts:
        audience = draft.ad_set.audience
        if audience not in refused:
            refused[audience] = audience.refusal(world, file=file)
        found = refused[audience]
        if found is not None:
            yield replace(found, line=draft.ad_set.line, column="Ad Set Name", value=draft.ad_set.name)


# ------------------------------------------------------------------ the set by itself


def _goal(draft: Draft, note: Note) -> Iterator[Problem]:
    if not draft.ad_set.goal:
        yield note("ads.no_goal", **draft.place("Optimization Goal"))


def _one_budget(draft: Draft, note: Note) -> Iterator[Problem]:
    daily, lifetime = draft.ad_set.daily_budget_cents, draft.ad_set.lifetime_budget_cents
    if daily is None and lifetime is None:
        yield note("ads.no_budget", **draft.place("Ad Set Daily Budget"))
    elif daily is not None and lifetime is not None:
        yield note("ads.two_budgets", **draft.place("Ad Set Lifetime Budget"))


def _bid(draft: Draft, note: Note) -> Iterator[Problem]:
    budgets = (draft.ad_set.daily_budget_cents, draft.ad_set.lifetime_budget_cents)
    given = [budget for budget in budgets if budget is not None]
    bid = draft.ad_set.bid_cents
    if bid is not None and given and bid > min(given):
        yield note("ads.bid_above", budget=money(min(given)), **draft.place("Bid Amount"))


def _ages(draft: Draft, note: Note) -> Iterator[Problem]:
    low, high = draft.ad_set.audience.age_min, draft.ad_set.audience.age_max
    if "Age Min" not in draft.cells and low > high:
        yield note("ads.age_unwritten", low=low, **draft.place("Age Max"))
    elif low > high and "Age Max" in draft.cells:
        yield note("ads.age_order", low=low, high=high, **draft.place("Age Max"))
    elif low > LAST_BAND:
        yield note("ads.age_last_band", last=LAST_BAND, **draft.place("Age Min"))


def _order_of_times(draft: Draft, note: Note) -> Iterator[Problem]:
    start, stop = draft.ad_set.start, draft.ad_set.stop
    if start is not None and stop is not None and stop <= start:
        yield note("ads.stop_before_start", start=written_moment(start), **draft.place("Ad Set Time Stop"))


def _radius(draft: Draft, note: Note) -> Iterator[Problem]:
    audience = draft.ad_set.audience
    if "Within Km" in draft.cells and not (audience.stations or audience.stations_not):
        yield note("ads.radius_alone", **draft.place("Within Km"))


def _both_ways(draft: Draft, note: Note) -> Iterator[Problem]:
    """An error for each name that is asked for and barred at once."""
    audience = draft.ad_set.audience
    terms = {term for group in audience.inclusions for term in group}
    for column, wanted, barred in (
        ("Cities", audience.cities, audience.cities_not),
        ("Districts", audience.districts, audience.districts_not),
        ("Stations", audience.stations, audience.stations_not),
        ("Flexible Exclusions", terms, audience.exclusions),
    ):
        for name in barred:
            if name in wanted:
                yield note("ads.both_ways", name=name, **draft.place(column))


def _nobody(draft: Draft, note: Note) -> Iterator[Problem]:
    """An error when the places named leave no district at all, and not only for a name said both ways."""
    audience = draft.ad_set.audience
    said_both_ways = any(
        set(wanted) & set(barred)
        for wanted, barred in (
            (audience.cities, audience.cities_not),
            (audience.districts, audience.districts_not),
        )
    )
    if not said_both_ways and not audience.allowed_districts(load_country()).any():
        named = next((c for c in ("Districts", "Stations", "Cities") if c in draft.cells), "Cities")
        yield note("ads.nobody", **draft.place(named))


def _ads(draft: Draft, note: Note) -> Iterator[Problem]:
    """Errors of the set's ads together: too many, or two of the same name."""
    most = int(model_parameters()["ads.most_ads_in_set"])
    ads = draft.ad_set.ads
    if len(ads) > most:
        place = {"line": ads[most].line, "column": "Ad Name", "value": ads[most].name}
        yield note("ads.most_in_set", count=len(ads), most=most, **place)
    first: dict[str, int | None] = {}
    for ad in ads:
        if ad.name in first:
            yield note("ads.twice_named", line=ad.line, column="Ad Name", value=ad.name, first=first[ad.name])
        first.setdefault(ad.name, ad.line)


def _late_posts(draft: Draft, note: Note) -> Iterator[Problem]:
    """An error for each boosted post that goes out when the set has stopped."""
    stop = draft.ad_set.stop
    for ad in draft.ad_set.ads:
        if ad.boosted_post and stop is not None and ad.boosted_post.posting_time >= stop:
            words = {"name": ad.name, "when": written_moment(ad.boosted_post.posting_time)}
            yield note("ads.boost_too_late", **words, **draft.place("Ad Set Time Stop"))


_CHECKS: tuple[tuple[frozenset[str], Callable[[Draft, Note], Iterator[Problem]]], ...] = (
    (frozenset({"Optimization Goal"}), _goal),
    (frozenset({"Ad Set Daily Budget", "Ad Set Lifetime Budget"}), _one_budget),
    (frozenset({"Ad Set Daily Budget", "Ad Set Lifetime Budget", "Bid Amount"}), _bid),
    (frozenset({"Age Min", "Age Max"}), _ages),
    (frozenset({"Ad Set Time Start", "Ad Set Time Stop"}), _order_of_times),
    (frozenset({"Stations", "Within Km"}), _radius),
    (frozenset(), _both_ways),
    (PLACE_COLUMNS, _nobody),
    (frozenset(), _ads),
    (frozenset({"Ad Set Time Stop"}), _late_posts),
)
"""Each check with the columns it reads."""


# ------------------------------------------------------------------ the set and the law


def _special(draft: Draft, note: Note, client: Client | None) -> Iterator[Problem]:
    """Errors of an ad for housing, credit or work that chooses people as the law forbids."""
    category = draft.ad_set.special_category or (client.file.special_ad_category if client else "")
    if not category:
        return
    words = {"category": say(f"ads.categories.{category}")}
    for column in _forbidden(draft.ad_set.audience):
        if column not in draft.unread:
            yield note("ads.special", **words, **draft.place(column))


def _forbidden(audience: Audience) -> Iterator[str]:
    """The columns that choose by age, gender or a neighbourhood."""
    pins = audience.stations or audience.stations_not
    terms = {term for group in audience.inclusions for term in group}
    chosen = {
        "Age Min": audience.age_min > USUAL_YOUNGEST,
        "Age Max": audience.age_max < LAST_BAND,
        "Gender": audience.gender != "all",
        "Districts": bool(audience.districts or audience.districts_not),
        "Stations": bool(pins) and audience.within_km < SPECIAL_KM,
        "Addresses": any(pin.radius_km < SPECIAL_KM for pin in audience.points),
        "Flexible Inclusions": not terms.isdisjoint(LOOKALIKES),
        "Flexible Exclusions": not set(audience.exclusions).isdisjoint(LOOKALIKES),
    }
    return (column for column, is_chosen in chosen.items() if is_chosen)


# ------------------------------------------------------------------ the set and the run


def _dates(draft: Draft, note: Note, client: Client, days: int) -> Iterator[Problem]:
    """Errors of a time outside the run, and of hours that never come; to stop later is asked about."""
    ad_set = draft.ad_set
    first = client.file.month_start
    timely = True
    starts = outside(ad_set.start.date(), first, days) if ad_set.start else {}
    if starts:
        timely = False
        yield note("ads.outside_days", **starts, **draft.place("Ad Set Time Start"))
    stops = outside(ad_set.stop.date(), first, days) if ad_set.stop else {}
    if stops and ad_set.stop and ad_set.stop.date() < first:
        timely = False
        yield note("ads.outside_days", **stops, **draft.place("Ad Set Time Stop"))
    elif stops and ad_set.stop and ad_set.stop > moment_at(first, days * MINUTES_PER_DAY):
        yield note("ads.stops_later", severity="warning", **stops, **draft.place("Ad Set Time Stop"))
    start, stop = ad_set.window_minutes(first, days)
    unread = {"Hours", "Ad Set Time Start", "Ad Set Time Stop"} & draft.unread
    if timely and start < stop and not unread and not ad_set.has_an_hour(first, days):
        yield note("ads.no_hour_comes", **draft.place("Hours"))


def _budget(draft: Draft, note: Note, client: Client, days: int) -> Iterator[Problem]:
    """An error for a set that would spend many times what the client has."""
    if {"Ad Set Daily Budget", "Ad Set Lifetime Budget"} & draft.unread:
        return
    whole, asked = client.file.budget_cents, draft.ad_set.most_cents(client.file.month_start, days)
    if asked > MOST_TIMES_BUDGET * whole:
        daily = draft.ad_set.lifetime_budget_cents is None
        words = {"asked": money(asked), "budget": money(whole), "times": MOST_TIMES_BUDGET}
        place = draft.place("Ad Set Daily Budget" if daily else "Ad Set Lifetime Budget")
        yield note("ads.budget_absurd", **words, **place)


def share_outside(audience: Audience, cities: Iterable[str]) -> float:
    """The share of the people at the audience's places who live in none of the cities, 0-1."""
    country = load_country()
    allowed = audience.allowed_districts(country)
    served = np.isin(country.district_city, [place.index for place in country.cities if place.name in cities])
    here = float(country.district_share[allowed].sum())
    return float(country.district_share[allowed & ~served].sum()) / here if here else 0.0
