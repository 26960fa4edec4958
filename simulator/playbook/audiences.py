"""Audiences: whom an ad is shown to, as a rule over what the platform knows of people.

Every part that is filled in narrows; inside a part, any of its names will do. No place named
means everybody in the country, also where the client serves nobody.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import combinations
from typing import Any

import numpy as np
from numpy.typing import NDArray

from simulator.errors import PlaybookError, Problem, problem
from simulator.playbook.lookalikes import LOOKALIKES, lookalike, share_of
from simulator.playbook.page_groups import PAGE_AUDIENCES, PageGroups
from simulator.playbook.pins import Pin
from simulator.playbook.size_ranges import SizeRange, WayWider
from simulator.texts import say
from simulator.world.interests import INTERESTS
from simulator.world.places import Country
from simulator.world.platform_view import interest_bits, listed_interests
from simulator.world.world import World

GENDERS: tuple[str, ...] = ("all", "women", "men")
YOUNGEST = 13
USUAL_YOUNGEST = 18
LAST_BAND = 65
"""65 stands for 65 and over, as on the platforms: nobody older can be told apart."""

OLDEST = 80
STATION_KM = 1.0
FARTHEST_KM = 80.0
FARTHEST_STEP = 255
"""The longest way to a station that is stored: it may be longer."""

TERMS: tuple[str, ...] = (*INTERESTS, *PAGE_AUDIENCES, *LOOKALIKES)
"""What inclusions and exclusions may name."""

_FIELDS_OF: Mapping[str, tuple[str, ...]] = {
    "Age Min": ("age_min",),
    "Age Max": ("age_max",),
    "Gender": ("gender",),
    "Cities": ("cities", "cities_not"),
    "Districts": ("districts", "districts_not"),
    "Stations": ("stations", "stations_not", "within_km"),
    "Addresses": ("points",),
    "Flexible Inclusions": ("inclusions",),
    "Flexible Exclusions": ("exclusions",),
}
"""The columns of a sheet that narrow an audience, and what each fills in."""

Mask = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Audience:
    """Who may see an ad.

    ``age_min``: 13-65. ``age_max``: from 65 on there is no upper limit. Names of cities,
    districts and stations are the country's. Pins are ``stations`` (``within_km`` round each)
    and ``points``: near any of them is enough. ``inclusions``: a person must belong to one term of every
    group (Meta's flexible_spec), an interest the platform lists, a page audience, or a
    ``lookalike 1%`` to ``lookalike 10%`` of the people served; ``exclusions``: and to none of these.

    >>> women = Audience(gender="women", cities=("Bandariva",), inclusions=(("cooking", "home"),))
    >>> women.describe()
    'women aged 18 and over in Bandariva, listed for cooking or home'
    """

    age_min: int = USUAL_YOUNGEST
    age_max: int = LAST_BAND
    gender: str = "all"
    cities: tuple[str, ...] = ()
    cities_not: tuple[str, ...] = ()
    districts: tuple[str, ...] = ()
    districts_not: tuple[str, ...] = ()
    stations: tuple[str, ...] = ()
    stations_not: tuple[str, ...] = ()
    within_km: float = STATION_KM
    points: tuple[Pin, ...] = ()
    inclusions: tuple[tuple[str, ...], ...] = ()
    exclusions: tuple[str, ...] = ()

    @property
    def names_a_place(self) -> bool:
        """Whether any place is asked for."""
        return bool(self.cities or self.districts or self.stations or self.points)

    @property
    def needs_page(self) -> bool:
        """Whether it names a group only the page's own record can fill."""
        return self.seeks_page or self.bars_page

    @property
    def seeks_page(self) -> bool:
        """Whether it asks for such a group."""
        return not all(map(_is_static, self.inclusions))

    @property
    def bars_page(self) -> bool:
        """Whether it leaves such a group out."""
        return not _is_static(self.exclusions)

    def allowed_districts(self, country: Country) -> Mask:
        """(districts,) whether people of the district can belong, by the names of places alone."""
        allowed = np.ones(len(country.districts), np.bool_)
        if self.cities:
            allowed &= np.isin(country.district_city, [country.city(name).index for name in self.cities])
        if self.districts:
            allowed &= np.isin(np.arange(allowed.size), [country.district(n).index for n in self.districts])
        if self.stations and not self.points:
            near = [country.city(country.station(name).city).index for name in self.stations]
            allowed &= np.isin(country.district_city, near)
        allowed &= ~np.isin(country.district_city, [country.city(name).index for name in self.cities_not])
        allowed[[country.district(name).index for name in self.districts_not]] = False
        return allowed

    def static_members(self, world: World) -> Mask:
        """(people,) who belongs by everything but the page's own groups.

        A group of inclusions that names a page audience is left to :meth:`members`.
        """
        mask = np.zeros(len(world.people), np.bool_)
        for part in _stretches(world, self.allowed_districts(world.country)):
            mask[part] = self._static_part(world, part)
        return mask

    def members(self, world: World, groups: PageGroups) -> Mask:
        """(people,) who belongs, the page's groups being ``groups``.

        Raises PlaybookError for a look-alike of too few buyers.
        """
        mask = self.sought(world, groups)
        return mask & ~self.barred(world, groups) if self.bars_page else mask

    def sought(self, world: World, groups: PageGroups) -> Mask:
        """(people,) who belongs but for the page's groups that are left out."""
        mask = self.static_members(world)
        for group in self.inclusions:
            if not _is_static(group):
                mask &= _any_of(world, group, groups)
        return mask

    def barred(self, world: World, groups: PageGroups) -> Mask:
        """(people,) who is in one of the page's groups that are left out."""
        return _any_of(world, [term for term in self.exclusions if term not in INTERESTS], groups)

    def refusal(
        self,
        world: World,
        groups: PageGroups | None = None,
        *,
        file: str = "ads.csv",
        line: int | None = None,
    ) -> Problem | None:
        """Why the platform takes no ad for this audience here, or None if it does.

        Without ``groups`` the page's audiences narrow nothing, so that only what is too small in
        any case is refused.
        """
        return self._sized(world, groups, file, line)[1]

    def without(self, *columns: str) -> Audience:
        """The audience with some columns of its sheet left empty.

        >>> Audience(age_max=30, gender="women").without("Age Max").describe()
        'women aged 18 and over'
        """
        usual = Audience(min(self.age_min, USUAL_YOUNGEST), max(self.age_max, LAST_BAND))
        names = [name for column in columns for name in _FIELDS_OF[column]]
        return replace(self, **{name: getattr(usual, name) for name in names})

    @property
    def narrowed_by(self) -> tuple[str, ...]:
        """The columns of a sheet that narrow it.

        >>> Audience(age_max=30, gender="women").narrowed_by
        ('Age Max', 'Gender')
        """
        return tuple(column for column in _FIELDS_OF if self.without(column) != self)

    def ways_wider(self, world: World, groups: PageGroups | None = None) -> list[WayWider]:
        """What can be left empty so that there are enough people.

        Every single column that does it, the one with the most people first; where none does, the pair
        with the most; nothing if no pair does.
        """
        least = world.client.hidden.parameters["ads.minimum_audience"]
        for together in (1, 2):
            chosen = list(combinations(self.narrowed_by, together))
            counts = [self.without(*columns)._count(world, groups) for columns in chosen]
            found = sorted(zip(counts, chosen, strict=True), key=lambda one: -one[0])
            ways = [WayWider(columns, _range(count, world)) for count, columns in found if count >= least]
            if ways:
                return ways if together == 1 else ways[:1]
        return []

    def estimate(self, world: World, groups: PageGroups | None = None) -> SizeRange:
        """About how many people belong; raises PlaybookError when the platform would refuse it."""
        count, refused = self._sized(world, groups, "ads.csv", None)
        if refused:
            raise PlaybookError([refused])
        return _range(count, world)

    def describe(self) -> str:
        """The audience in one line of words."""
        return "".join(self._words())

    def _count(self, world: World, groups: PageGroups | None) -> int:
        """How many belong; nobody for a look-alike of too few buyers."""
        try:
            return int(np.count_nonzero(self._mask(world, groups)))
        except PlaybookError:
            return 0

    def _mask(self, world: World, groups: PageGroups | None) -> Mask:
        return self.static_members(world) if groups is None else self.members(world, groups)

    def _sized(
        self, world: World, groups: PageGroups | None, file: str, line: int | None
    ) -> tuple[int, Problem | None]:
        try:
            mask = self._mask(world, groups)
        except PlaybookError as refused:
            return 0, replace(refused.problems[0], file=file, line=line)
        count = int(np.count_nonzero(mask))
        least = int(world.client.hidden.parameters["ads.minimum_audience"])
        if count >= least:
            return count, None
        words: dict[str, Any] = {"count": f"{count:,}", "least": f"{least:,}", "people": f"{len(mask):,}"}
        words["hint"] = self._hint(world, groups)
        if groups is not None and self.needs_page:
            return count, problem("audience.small_on_day_one", file=file, line=line, **words)
        return count, problem("audience.too_small", file=file, line=line, **words)

    def _hint(self, world: World, groups: PageGroups | None) -> str:
        """What to do about an audience that is too small."""
        narrowed_by = self.narrowed_by
        if not narrowed_by:
            return say("problems.larger_town")
        ways = self.ways_wider(world, groups)
        if ways:
            sizes = ", ".join(say("problems.without", columns=way.words, size=way.size) for way in ways)
            by_one = len(ways[0].columns) == 1
            return say("problems.widen" if by_one else "problems.widen_by_two", sizes=sizes)
        least = world.client.hidden.parameters["ads.minimum_audience"]
        can_be_sold = self.without(*narrowed_by)._count(world, groups) >= least
        return say("problems.widen_by_more" if can_be_sold else "problems.too_small_a_town")

    def _static_part(self, world: World, part: slice) -> Mask:
        people = world.people
        age = people.age[part]
        mask: Mask = age >= self.age_min
        if self.age_max < LAST_BAND:
            mask &= age <= self.age_max
        if self.gender != "all":
            mask &= people.female[part] == (self.gender == "women")
        static = [group for group in self.inclusions if _is_static(group)]
        barred = [term for term in self.exclusions if term in INTERESTS]
        if static or barred:
            listed = listed_interests(world)[part]
            for group in static:
                mask &= (listed & interest_bits(group)) != 0
            if barred:
                mask &= (listed & interest_bits(barred)) == 0
        if self.stations or self.points:
            mask &= _near(world, part, self.stations, self.within_km, self.points)
        if self.stations_not:
            mask &= ~_near(world, part, self.stations_not, self.within_km, ())
        return mask

    def _words(self) -> Iterator[str]:
        ages = {"low": self.age_min, "high": self.age_max}
        kind = "and_over" if self.age_max >= LAST_BAND else "from_to"
        yield say(f"ads.audience.genders.{self.gender}") + " " + say(f"ads.audience.ages.{kind}", **ages)
        for places in (self.cities, self.districts):
            if places:
                yield say("ads.audience.in_places", places=_either(places))
        pins = [say("ads.audience.station", name=name, km=f"{self.within_km:g}") for name in self.stations]
        pins += [
            say("ads.audience.point", x=f"{p.x_km:g}", y=f"{p.y_km:g}", km=f"{p.radius_km:g}")
            for p in self.points
        ]
        if pins:
            yield say("ads.audience.near", pins=_either(pins))
        for number, group in enumerate(self.inclusions):
            kind = ("and_" if number else "") + ("listed" if _is_static(group) else "among")
            yield say(f"ads.audience.inclusions.{kind}", terms=_either(group))
        barred = (*self.cities_not, *self.districts_not, *self.stations_not, *self.exclusions)
        if barred:
            yield say("ads.audience.without", terms=_either(barred))


def _range(count: int, world: World) -> SizeRange:
    return SizeRange.around(count, world.client.hidden.parameters["ads.estimate_spread"])


def _is_static(group: Iterable[str]) -> bool:
    return all(term in INTERESTS for term in group)


def _either(names: Iterable[str]) -> str:
    return say("ads.audience.or").join(names)


def _stretches(world: World, allowed: Mask) -> Iterator[slice]:
    """Where the people of the allowed districts stand: people are sorted by district, city by city."""
    ends = np.searchsorted(world.people.district, np.arange(allowed.size + 1, dtype=np.uint8))
    edges = np.flatnonzero(np.diff(np.concatenate([[False], allowed, [False]])))
    for first, last in edges.reshape(-1, 2):
        yield slice(int(ends[first]), int(ends[last]))


def _any_of(world: World, group: Iterable[str], groups: PageGroups) -> Mask:
    """(people,) who belongs to at least one of the terms."""
    interests = [term for term in group if term in INTERESTS]
    mask: Mask = (listed_interests(world) & interest_bits(interests)) != 0
    for term in group:
        if term in PAGE_AUDIENCES:
            mask[getattr(groups, term)] = True
        elif term in LOOKALIKES:
            mask |= lookalike(world, groups.buyers, share_of(term))
    return mask


def _near(
    world: World, part: slice, stations: tuple[str, ...], within_km: float, points: tuple[Pin, ...]
) -> Mask:
    """Who of a stretch of people lives near one of the pins.

    A person's nearest station is as far as their way to it; others, and points, by coordinates.
    """
    people, country = world.people, world.country
    x, y = (column[part].astype(np.float32) for column in (people.x_km, people.y_km))
    near = np.zeros(len(x), np.bool_)
    if stations:
        rows = [country.station(name).index for name in stations]
        # No station is nearer than the nearest, which is known to within 25 m.
        reached = people.metro_km(np.arange(part.start, part.stop)) <= within_km + 1e-6
        nearest = np.isin(people.station[part], rows) & (people.metro_steps[part] < FARTHEST_STEP)
        others = np.zeros(len(x), np.bool_)
        for row in rows:
            east, north = country.station_xy[row].tolist()
            others |= _within(x, y, east, north, within_km)
        near = reached & (nearest | others)
    for pin in points:
        near |= _within(x, y, pin.x_km, pin.y_km, pin.radius_km)
    return near


def _within(
    x: NDArray[np.float32], y: NDArray[np.float32], x_km: float, y_km: float, radius_km: float
) -> Mask:
    mask: Mask = np.square(x - np.float32(x_km)) + np.square(y - np.float32(y_km)) <= np.float32(radius_km**2)
    return mask
