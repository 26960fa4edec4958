"""An audience is a rule: whoever fits it is in, nobody else, and every filter narrows."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from simulator.errors import PlaybookError
from simulator.playbook.audiences import FARTHEST_STEP, GENDERS, LAST_BAND, Audience
from simulator.playbook.lookalikes import lookalike
from simulator.playbook.page_groups import PAGE_AUDIENCES, PageGroups
from simulator.playbook.pins import Pin
from simulator.playbook.size_ranges import SizeRange
from simulator.world.clients import load_client
from simulator.world.interests import INTERESTS
from simulator.world.places import load_country
from simulator.world.platform_view import listed_interests
from simulator.world.world import World, draw_world, topic_vectors

COUNTRY = load_country()
CITIES, DISTRICTS, STATIONS = (
    tuple(place.name for place in places) for places in (COUNTRY.cities, COUNTRY.districts, COUNTRY.stations)
)
WORLD = draw_world(load_client("salon:3"), 1, 3_000)
EVERYBODY = Audience(age_min=13)
GROUPS = PageGroups(
    followers=np.arange(0, 3_000, 3),
    visitors=np.arange(0, 3_000, 5),
    engaged=np.arange(0, 3_000, 7),
    buyers=np.arange(0, 3_000, 20),
)


@pytest.fixture(scope="module")
def town() -> World:
    return draw_world(load_client("online-shop:3"), 1, 40_000)


def some(names: tuple[str, ...], most: int = 4) -> st.SearchStrategy[tuple[str, ...]]:
    return st.lists(st.sampled_from(names), max_size=most, unique=True).map(tuple)


TERMS = (*INTERESTS, *PAGE_AUDIENCES)
AUDIENCES = st.builds(
    Audience,
    age_min=st.integers(13, 65),
    age_max=st.integers(13, 80),
    gender=st.sampled_from(GENDERS),
    cities=some(CITIES, 3),
    cities_not=some(CITIES, 1),
    districts=st.one_of(st.just(()), some(DISTRICTS, 9)),
    districts_not=some(DISTRICTS, 3),
    stations=some(STATIONS, 3),
    stations_not=some(STATIONS, 2),
    within_km=st.sampled_from([0.5, 2.0, 6.0, 13.0, 80.0]),
    points=st.lists(
        st.builds(Pin, st.sampled_from([0.0, -310.0]), st.floats(-5, 150), st.floats(0.1, 80)), max_size=2
    ).map(tuple),
    inclusions=st.lists(some(TERMS).filter(bool), max_size=2).map(tuple),
    exclusions=some(TERMS, 2),
)


def fits(audience: Audience, person: int) -> bool:
    """The rule for one person, said as plainly as can be."""
    people, listed = WORLD.people, int(listed_interests(WORLD)[person])
    district = COUNTRY.districts[people.district[person]]
    x, y = np.float32(people.x_km[person]), np.float32(people.y_km[person])

    def near(name: str) -> bool:
        step, station = int(people.metro_steps[person]), COUNTRY.station(name)
        if step / 20 > audience.within_km + 1e-6:
            return False
        if station.index == people.station[person] and step < FARTHEST_STEP:
            return True
        return within(Pin(station.x_km, station.y_km, audience.within_km))

    def within(pin: Pin) -> bool:
        return math.hypot(float(x) - pin.x_km, float(y) - pin.y_km) <= pin.radius_km + 1e-4

    def belongs(term: str) -> bool:
        if term in INTERESTS:
            return bool(listed >> INTERESTS.index(term) & 1)
        return person in getattr(GROUPS, term)

    age = int(people.age[person])
    return (
        age >= audience.age_min
        and (age <= audience.age_max or audience.age_max >= LAST_BAND)
        and (audience.gender == "all" or people.female[person] == (audience.gender == "women"))
        and (not audience.cities or district.city in audience.cities)
        and district.city not in audience.cities_not
        and (not audience.districts or district.name in audience.districts)
        and district.name not in audience.districts_not
        and (
            not (audience.stations or audience.points)
            or any(map(near, audience.stations))
            or any(map(within, audience.points))
        )
        and not any(map(near, audience.stations_not))
        and all(any(map(belongs, group)) for group in audience.inclusions)
        and not any(map(belongs, audience.exclusions))
    )


@given(AUDIENCES, st.lists(st.integers(0, 2_999), min_size=30, max_size=30))
@settings(max_examples=150, deadline=None)
def test_invariant_whoever_fits_the_rule_is_in(audience: Audience, ids: list[int]) -> None:
    """Invariant: the quick way over everybody says of each person what the rule says, one by one."""
    mask = audience.members(WORLD, GROUPS)
    wrong = [person for person in ids if mask[person] != fits(audience, person)]
    # On the very edge of a circle the last digit of a distance may decide.
    assert not [person for person in wrong if not _on_an_edge(audience, person)]


def _on_an_edge(audience: Audience, person: int) -> bool:
    x, y = float(WORLD.people.x_km[person]), float(WORLD.people.y_km[person])
    stations = [COUNTRY.station(name) for name in (*audience.stations, *audience.stations_not)]
    pins = [*audience.points, *(Pin(s.x_km, s.y_km, audience.within_km) for s in stations)]
    return any(abs(math.hypot(x - pin.x_km, y - pin.y_km) - pin.radius_km) < 1e-3 for pin in pins)


@given(AUDIENCES)
@settings(max_examples=60, deadline=None)
def test_invariant_the_page_only_narrows(audience: Audience) -> None:
    """Invariant: what the page's groups leave is part of what stands without them."""
    static = audience.static_members(WORLD)
    members = audience.members(WORLD, GROUPS)
    assert not (members & ~static).any()
    assert audience.needs_page or np.array_equal(members, static)


def test_extreme_everybody_and_nobody() -> None:
    """Extreme: no filter is everybody, a page without followers has no followers' audience."""
    assert EVERYBODY.static_members(WORLD).all()
    assert not replace(EVERYBODY, inclusions=(("followers",),)).members(WORLD, PageGroups()).any()
    assert not replace(EVERYBODY, cities_not=CITIES).static_members(WORLD).any()


@pytest.mark.parametrize("age_max", [65, 66, 80])
def test_law_sixty_five_means_sixty_five_and_over(age_max: int) -> None:
    """Law: the last band of age has no upper end, as on the platforms."""
    oldest = replace(EVERYBODY, age_min=65, age_max=age_max).static_members(WORLD)
    assert np.array_equal(oldest, WORLD.people.age >= 65)
    assert WORLD.people.age[oldest].max() > 66


def test_law_a_station_reaches_as_far_as_it_is_told() -> None:
    """Law: a wider circle takes in more, and everybody whose nearest station it is and who lives near."""
    people, near = WORLD.people, []
    for km in (0.5, 1.0, 3.0):
        mask = replace(EVERYBODY, stations=("Maktaba",), within_km=km).static_members(WORLD)
        nearest = (people.station == COUNTRY.station("Maktaba").index) & (people.metro_steps <= 20 * km)
        assert not (nearest & ~mask).any()
        near.append(int(mask.sum()))
    assert near == sorted(near)
    assert near[0] < near[-1]


@pytest.mark.parametrize(
    ("count", "low", "high"),
    [(1240, 1100, 1400), (100, 88, 110), (8, 7, 9), (0, 0, 0), (99_999, 88_000, 110_000), (1, 1, 1)],
)
def test_golden_sizes_are_shown_as_ranges(count: int, low: int, high: int) -> None:
    """Golden: about twelve per cent each way, two digits that count."""
    assert SizeRange.around(count, 0.12) == SizeRange(low, high)


@given(st.integers(100, 10_000_000))
def test_invariant_the_range_holds_the_count(count: int) -> None:
    """Invariant: what is shown is never wrong about the count and never tells it exactly."""
    shown = SizeRange.around(count, 0.12)
    assert shown.low <= count <= shown.high
    assert shown.low < shown.high


def test_law_small_audiences_are_refused() -> None:
    """Law: below the platform's minimum no size is shown and no ad sold; the refusal says the size."""
    few = Audience(districts=("Mbugalia",), gender="men", age_min=60)
    count = int(few.static_members(WORLD).sum())
    assert 0 < count < 100
    refused = few.refusal(WORLD, file="ads.csv", line=7)
    assert refused is not None
    assert str(refused) == (
        f"ads.csv line 7: this audience has {count} of 3,000 people, and the platform sells none below 100; "
        'widen it: it has 170-210 without "Districts"'
    )
    with pytest.raises(PlaybookError, match=f"has {count} of"):
        few.estimate(WORLD)
    assert Audience().refusal(WORLD) is None
    shown = Audience().estimate(WORLD)
    assert shown.low <= Audience().static_members(WORLD).sum() <= shown.high


def test_law_without_the_page_only_the_impossible_is_refused() -> None:
    """Law: before a run nobody knows how many follow, so their audience is judged when it is known."""
    followers = Audience(inclusions=(("followers",),))
    assert followers.refusal(WORLD) is None
    refused = followers.refusal(WORLD, PageGroups(followers=np.arange(50)))
    assert refused is not None
    assert refused.rule == "audience.small_on_day_one"
    assert "on day one this audience has 29 of 3,000 people" in str(refused)


@given(AUDIENCES)
@settings(max_examples=60, deadline=None)
def test_invariant_a_column_less_is_never_fewer_people(audience: Audience) -> None:
    """Invariant: without a column that narrows it an audience holds everybody it held."""
    groups = PageGroups(followers=np.arange(300), buyers=np.arange(0, 1_000, 5))
    whole = audience.members(WORLD, groups)
    for column in audience.narrowed_by:
        wider = audience.without(column).members(WORLD, groups)
        is_one_of_two_pins = column in ("Stations", "Addresses") and audience.stations and audience.points
        assert is_one_of_two_pins or not (whole & ~wider).any()


@given(AUDIENCES)
@settings(max_examples=60, deadline=None)
def test_invariant_what_is_advised_is_enough(audience: Audience) -> None:
    """Invariant: each way to widen an audience gives at least as many people as the platform sells, the most
    first; single columns are told where one is enough, one pair where two are.
    """
    groups = PageGroups(followers=np.arange(300), buyers=np.arange(0, 1_000, 5))
    ways = audience.ways_wider(WORLD, groups)
    counts = [int(audience.without(*way.columns).members(WORLD, groups).sum()) for way in ways]
    assert all(count >= 100 and way.size.low <= count for count, way in zip(counts, ways, strict=True))
    assert counts == sorted(counts, reverse=True)
    alone = {
        column
        for column in audience.narrowed_by
        if audience.without(column).members(WORLD, groups).sum() >= 100
    }
    if alone:
        assert {way.columns for way in ways} == {(column,) for column in alone}
    else:
        assert len(ways) <= 1
        assert all(len(way.columns) == 2 for way in ways)


@pytest.mark.parametrize(
    ("audience", "words"),
    [
        (
            Audience(age_min=50, gender="men", cities=("Milimaro",), inclusions=(("beauty",),)),
            "widen it by two columns, as no single one is enough: it has 300-380 without "
            '"Cities" and "Flexible Inclusions"',
        ),
        (
            Audience(60, 61, "men", districts=("Mbugalia",), inclusions=(("beauty",), ("games",))),
            "widen it by three columns or more: leaving one or two of them empty is not enough",
        ),
    ],
    ids=["two", "more"],
)
def test_worked_example_one_column_is_not_always_enough(audience: Audience, words: str) -> None:
    """Worked example: where no column alone helps the best two are named, or that it takes more."""
    refused = audience.refusal(WORLD)
    assert refused is not None
    assert refused.way_out == words


def test_extreme_a_town_too_small_for_everybody() -> None:
    """Extreme: where nothing narrows an audience no column is blamed."""
    hamlet = draw_world(load_client("salon"), 1, 60)
    refused = Audience(age_min=13).refusal(hamlet)
    assert refused is not None
    assert refused.way_out == "nothing narrows it: play in a larger town, --people"
    narrow = Audience(age_min=13, gender="women", cities=("Bandariva",)).refusal(hamlet)
    assert narrow is not None
    assert narrow.way_out.startswith("there are too few even with all of its columns empty")


def _like(world: World, buyers: np.ndarray, share: float) -> np.ndarray:
    return np.flatnonzero(lookalike(world, buyers, share))


def test_law_a_lookalike_resembles_the_buyers(town: World) -> None:
    """Law: the most alike care most for what buyers care for; the broader, the less alike; and a
    narrower one lies within a broader.
    """
    topic = topic_vectors(town.client)[:1]
    match = town.people.match(np.arange(len(town.people)), topic)[:, 0]
    buyers = np.flatnonzero(match > 0.8)[::2]
    means = [match[_like(town, buyers, share)].mean() for share in (0.01, 0.05, 0.10)]
    assert means[0] > means[1] > means[2] > 1.2 * match.mean()
    assert set(_like(town, buyers, 0.01)) <= set(_like(town, buyers, 0.02))


def test_law_few_buyers_make_a_poor_likeness(town: World) -> None:
    """Law: the luck in a look-alike falls with the root of the buyers."""
    match = town.people.match(np.arange(len(town.people)), topic_vectors(town.client)[:1])[:, 0]
    buyers = np.flatnonzero(match > 0.8)
    few = [match[_like(town, buyers[at :: len(buyers) // 100][:100], 0.02)].mean() for at in range(6)]
    assert match[_like(town, buyers, 0.02)].mean() > np.mean(few) > match.mean()


def test_extreme_a_lookalike_of_too_few_is_refused(town: World) -> None:
    """Extreme: 99 buyers, or one counted often, are refused with their number; 100 are taken."""
    audience = Audience(inclusions=(("lookalike 2%",),))
    for buyers in (np.arange(99), np.zeros(500, np.int64), np.zeros(0, np.int64)):
        refused = audience.refusal(town, PageGroups(buyers=buyers), line=3)
        assert refused is not None
        assert (refused.rule, refused.line) == ("audience.few_buyers", 3)
        assert f"{len(np.unique(buyers))} people have bought from the page" in str(refused)
        with pytest.raises(PlaybookError):
            audience.members(town, PageGroups(buyers=buyers))
    assert audience.refusal(town, PageGroups(buyers=np.arange(100))) is None


def test_invariant_lookalikes_live_where_the_client_serves() -> None:
    """Invariant: a look-alike is a share of the people served and of nobody else."""
    found = _like(WORLD, np.arange(0, 3_000, 10), 0.10)
    assert len(found) == round(0.10 * WORLD.served_count)
    assert all(any(start <= person < stop for start, stop in WORLD.served) for person in found)


@pytest.mark.parametrize(
    ("audience", "words"),
    [
        (Audience(), "everybody aged 18 and over"),
        (
            Audience(25, 44, "women", cities=("Bandariva", "Milimaro"), exclusions=("followers", "games")),
            "women aged 25 to 44 in Bandariva or Milimaro; without followers or games",
        ),
        (
            Audience(
                13, 80, "men", stations=("Maktaba",), within_km=1.5, points=(Pin(0, 2.5, 3),),
                inclusions=(("cooking", "home"), ("buyers", "lookalike 2%")), districts_not=("Reliwe",),
            ),
            "men aged 13 and over near Maktaba station within 1.5 km or the point 0 2.5 within 3 km, listed "
            "for cooking or home and also among buyers or lookalike 2%; without Reliwe",
        ),
    ],
)  # fmt: skip
def test_golden_an_audience_in_words(audience: Audience, words: str) -> None:
    """Golden: one line that a report can show."""
    assert audience.describe() == words
