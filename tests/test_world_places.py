"""Places: the map is whole, arrays agree with it, and the nearest station is the nearest."""

from __future__ import annotations

import tomllib
from importlib import resources
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from simulator.world.places import NO_STATION, Country, PlaceError, load_country, nearest_station


@pytest.fixture
def table() -> dict[str, Any]:
    return tomllib.loads((resources.files("simulator") / "data" / "country.toml").read_text("utf-8"))


def homes(people: int, seed: int = 1) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """District, city and home of people spread over the country as its file says."""
    country, generator = load_country(), np.random.default_rng(seed)
    district = generator.choice(len(country.districts), size=people, p=country.district_share)
    jitter = generator.standard_normal((people, 2), np.float32)
    xy = country.district_xy[district] + country.district_spread_km[district, None] * jitter
    return district, country.district_city[district], xy


def test_invariant_map_is_whole():
    """Four cities of 45, 25, 18 and 12 %, each with 5-9 districts; shares sum to 1."""
    country = load_country()
    assert [city.people_share for city in country.cities] == [0.45, 0.25, 0.18, 0.12]
    assert all(5 <= len(city.districts) <= 9 for city in country.cities)
    assert country.district_share.sum() == pytest.approx(1)
    by_city = np.bincount(country.district_city, country.district_share)
    assert by_city == pytest.approx([0.45, 0.25, 0.18, 0.12])


def test_invariant_three_cities_have_a_metro():
    """At least three cities have a metro, and every line has two stations or more."""
    cities = [city for city in load_country().cities if city.stations]
    assert len(cities) >= 3
    for city in cities:
        for line in city.lines:
            assert sum(line in station.lines for station in city.stations) >= 2


def test_invariant_arrays_follow_the_places():
    """Row k of every array is the place whose index is k."""
    country = load_country()
    for k, district in enumerate(country.districts):
        assert district.index == k
        assert country.cities[country.district_city[k]].name == district.city
        assert country.district_xy[k] == pytest.approx((district.x_km, district.y_km))
    for k, station in enumerate(country.stations):
        assert station.index == k
        assert country.cities[country.station_city[k]].name == station.city
        assert country.station_xy[k] == pytest.approx((station.x_km, station.y_km))


def test_invariant_nobody_writes_to_the_map():
    """The arrays of a country are read-only: a run changes no input."""
    with pytest.raises(ValueError, match="read-only"):
        load_country().district_xy[0] = 0


def test_invariant_cities_lie_apart():
    """A radius of 40 km round a centre touches one city only."""
    centres = np.array([(city.x_km, city.y_km) for city in load_country().cities])
    apart = np.hypot(*(centres[:, None] - centres[None]).transpose(2, 0, 1))
    assert apart[~np.eye(len(centres), dtype=bool)].min() > 80


@pytest.mark.parametrize(
    ("kind", "wrong", "says"),
    [
        ("city", "Bandarivo", 'there is no city "Bandarivo": did you mean "Bandariva"?'),
        ("district", "sokolini", 'there is no district "sokolini": did you mean "Sokoleni"?'),
        ("station", "Maktba", 'there is no metro station "Maktba": did you mean "Maktaba"?'),
    ],
)
def test_dirty_input_unknown_place(kind, wrong, says):
    """An unknown place is refused with the nearest name there is."""
    with pytest.raises(PlaceError) as refused:
        getattr(load_country(), kind)(wrong)
    assert str(refused.value) == says


def test_dirty_input_case_and_blanks_do_not_matter():
    """A place is found however its name is cased."""
    assert load_country().district(" SOKOLENI ").name == "Sokoleni"


def test_dirty_input_shares_must_sum_to_one(table):
    """A map whose people_share do not sum to 1 is refused by name."""
    table["cities"][1]["districts"][0]["people_share"] += 0.1
    with pytest.raises(PlaceError, match=r"Milimaro.*1\.1"):
        Country.from_table(table)


@pytest.mark.parametrize(("kind", "rows"), [("district", "districts"), ("metro station", "stations")])
def test_dirty_input_names_stand_once(table, kind, rows):
    """Two places of a kind cannot have one name, even in two cities."""
    table["cities"][1][rows][0]["name"] = table["cities"][0][rows][0]["name"]
    with pytest.raises(PlaceError, match=f"two places are the {kind}"):
        Country.from_table(table)


def test_theory_metro_km_follows_from_the_map():
    """The stated median way to a station is that of homes spread round the centre, 0.5-2.5 km."""
    country = load_country()
    district, city, xy = homes(60_000)
    _, distance_km = nearest_station(xy, city, country)
    for place in country.districts:
        assert np.median(distance_km[district == place.index]) == pytest.approx(place.metro_km, rel=0.12)
    assert (country.district_metro_km >= 0.5).all()
    assert (country.district_metro_km <= 2.5).all()


def test_theory_typical_district_is_typical():
    """Income factors and age tilts are against the country's: on average about 1 and 0."""
    country = load_country()
    assert country.district_share @ country.district_income_factor == pytest.approx(1, abs=0.05)
    assert country.district_share @ country.district_age_tilt_years == pytest.approx(0, abs=1)


@settings(deadline=None)
@given(seed=st.integers(0, 2**32), people=st.integers(1, 300))
def test_invariant_nearest_station_is_nearest(seed, people):
    """The station found lies in the own city, and no other of that city is nearer."""
    country = load_country()
    _, city, xy = homes(people, seed)
    station, distance_km = nearest_station(xy, city, country)
    ways = np.hypot(*(xy[:, None, :] - country.station_xy[None]).transpose(2, 0, 1))
    ways[city[:, None] != country.station_city[None]] = np.inf
    assert (country.station_city[station] == city).all()
    assert distance_km == pytest.approx(ways.min(axis=1), abs=1e-3)


def test_extreme_city_without_a_metro(table):
    """In a city without stations the nearest is none, infinitely far."""
    table["cities"][3]["stations"] = []
    country = Country.from_table(table)
    station, distance_km = nearest_station(np.zeros((2, 2), np.float32), np.array([3, 0]), country)
    assert station[0] == NO_STATION
    assert np.isinf(distance_km[0])
    assert np.isfinite(distance_km[1])


def test_extreme_nobody():
    """Nobody has no station."""
    station, distance_km = nearest_station(np.zeros((0, 2), np.float32), np.zeros(0, int), load_country())
    assert station.size == distance_km.size == 0
    assert station.dtype == np.int16


def test_extreme_a_million_people():
    """Everybody of a million people has a station, and the same one as when asked alone."""
    _, city, xy = homes(1_000_000)
    station, distance_km = nearest_station(xy, city, load_country())
    few = slice(0, None, 10_007)
    alone = nearest_station(xy[few], city[few], load_country())
    assert station[few].tolist() == alone[0].tolist()
    assert distance_km[few].tolist() == alone[1].tolist()
