"""The country people live in: cities, their districts, metro lines and stations.

It is fictional and stands in ``simulator/data/country.toml``. Coordinates are kilometres
east and north of the first city's centre, for all of the country, so that a radius round a
pin means the same everywhere.
"""

from __future__ import annotations

import tomllib
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from importlib import resources
from itertools import accumulate
from typing import Any, Protocol, TypeVar

import numpy as np
from numpy.typing import NDArray

from simulator.errors import SimulatorError, did_you_mean
from simulator.texts import say

Floats = NDArray[np.float32]

NO_STATION = -1
"""The station of a person in a city without a metro; it is infinitely far."""

PEOPLE_AT_ONCE = 65_536


class PlaceError(SimulatorError):
    """A place that is not on the map, or a map that cannot be used."""


@dataclass(frozen=True, slots=True)
class Station:
    """A metro station; ``index`` is its row in the country's station arrays."""

    index: int
    name: str
    city: str
    x_km: float
    y_km: float
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class District:
    """A part of a city; ``index`` is its row in the country's district arrays.

    ``people_share``: of the city's people. ``income_factor``: median income against the
    country's. ``age_tilt_years``: added to people's ages. ``spread_km``: standard deviation,
    east and north, of homes round the centre. ``metro_km``: median way to a station.
    """

    index: int
    name: str
    city: str
    x_km: float
    y_km: float
    people_share: float
    income_factor: float
    age_tilt_years: float
    spread_km: float
    metro_km: float


@dataclass(frozen=True, slots=True)
class City:
    """A city with its districts and its metro; ``people_share`` is of the country's people."""

    index: int
    name: str
    x_km: float
    y_km: float
    people_share: float
    districts: tuple[District, ...]
    stations: tuple[Station, ...]

    @property
    def lines(self) -> tuple[str, ...]:
        """The names of the city's metro lines, in order of appearance."""
        return tuple(dict.fromkeys(line for station in self.stations for line in station.lines))


@dataclass(frozen=True)
class Country:
    """All places; arrays for vector work have one row per district or station, in order.

    >>> country = load_country()
    >>> country.district("Sokoleni").city
    'Bandariva'
    >>> country.station("maktaba").lines
    ('Nyekundu', 'Kijani')
    """

    name: str
    cities: tuple[City, ...]

    @classmethod
    def from_table(cls, table: Mapping[str, Any]) -> Country:
        """The country of a table such as ``country.toml``; raises PlaceError if it cannot be."""
        rows = table["cities"]
        _check_shares(table["name"], rows)
        for row in rows:
            _check_shares(row["name"], row["districts"])
        first_district = accumulate((len(row["districts"]) for row in rows[:-1]), initial=0)
        first_station = accumulate((len(row["stations"]) for row in rows[:-1]), initial=0)
        cities = map(_city, rows, range(len(rows)), first_district, first_station)
        country = cls(table["name"], tuple(cities))
        _check_unique("city", country.cities)
        _check_unique("district", country.districts)
        _check_unique("station", country.stations)
        return country

    @cached_property
    def districts(self) -> tuple[District, ...]:
        """The districts of all cities, city by city."""
        return tuple(district for city in self.cities for district in city.districts)

    @cached_property
    def stations(self) -> tuple[Station, ...]:
        """The stations of all cities, city by city."""
        return tuple(station for city in self.cities for station in city.stations)

    def city(self, name: str) -> City:
        """The city so called; raises PlaceError with the nearest name."""
        return _called(name, self.cities, "city")

    def district(self, name: str) -> District:
        """The district so called; raises PlaceError with the nearest name."""
        return _called(name, self.districts, "district")

    def station(self, name: str) -> Station:
        """The station so called; raises PlaceError with the nearest name."""
        return _called(name, self.stations, "station")

    @cached_property
    def district_city(self) -> NDArray[np.uint8]:
        """(districts,) the index of each district's city."""
        return _column([self.city(district.city).index for district in self.districts], np.uint8)

    @cached_property
    def district_xy(self) -> Floats:
        """(districts, 2) centres, km east and north."""
        return _column([(district.x_km, district.y_km) for district in self.districts], np.float32)

    @cached_property
    def district_share(self) -> NDArray[np.float64]:
        """(districts,) share of the country's people, sum 1."""
        shares = np.array(
            [city.people_share * part.people_share for city in self.cities for part in city.districts]
        )
        return _column(shares / shares.sum(), np.float64)

    @cached_property
    def district_income_factor(self) -> Floats:
        """(districts,) median income against the country's."""
        return _column([district.income_factor for district in self.districts], np.float32)

    @cached_property
    def district_age_tilt_years(self) -> Floats:
        """(districts,) years added to the ages of its people."""
        return _column([district.age_tilt_years for district in self.districts], np.float32)

    @cached_property
    def district_spread_km(self) -> Floats:
        """(districts,) standard deviation of homes round the centre, east and north."""
        return _column([district.spread_km for district in self.districts], np.float32)

    @cached_property
    def district_metro_km(self) -> Floats:
        """(districts,) median way to the nearest station."""
        return _column([district.metro_km for district in self.districts], np.float32)

    @cached_property
    def station_city(self) -> NDArray[np.uint8]:
        """(stations,) the index of each station's city."""
        return _column([self.city(station.city).index for station in self.stations], np.uint8)

    @cached_property
    def station_xy(self) -> Floats:
        """(stations, 2) km east and north."""
        pairs = [(station.x_km, station.y_km) for station in self.stations]
        return _column(np.array(pairs).reshape(-1, 2), np.float32)


@cache
def load_country() -> Country:
    """The country of ``country.toml``.

    >>> [city.name for city in load_country().cities]
    ['Bandariva', 'Milimaro', 'Ziwandu', 'Nyikale']
    """
    text = (resources.files("simulator") / "data" / "country.toml").read_text("utf-8")
    return Country.from_table(tomllib.loads(text))


def nearest_station(
    xy: Floats, city_index: NDArray[np.integer], country: Country
) -> tuple[NDArray[np.int16], Floats]:
    """Each person's nearest station of the own city, and how far it is in km.

    ``xy``: (people, 2) homes, km. ``city_index``: (people,). In a city without stations:
    NO_STATION, infinitely far.

    >>> country = load_country()
    >>> station, distance_km = nearest_station(country.station_xy[:2], np.zeros(2, int), country)
    >>> station.tolist(), distance_km.tolist()
    ([0, 1], [0.0, 0.0])
    """
    station = np.full(len(xy), NO_STATION, np.int16)
    distance_km = np.full(len(xy), np.inf, np.float32)
    for begin in range(0, len(xy), PEOPLE_AT_ONCE):
        part = slice(begin, begin + PEOPLE_AT_ONCE)
        for city in np.unique(city_index[part]):
            here = begin + np.flatnonzero(city_index[part] == city)
            rows = np.flatnonzero(country.station_city == city)
            station[here], distance_km[here] = _nearest(xy[here], rows, country)
    return station, distance_km


def _nearest(homes: Floats, rows: NDArray[np.intp], country: Country) -> tuple[NDArray[np.int16], Floats]:
    """The nearest of the stations ``rows``, one station at a time."""
    best = np.full(len(homes), NO_STATION, np.int16)
    least = np.full(len(homes), np.inf, np.float32)
    east, north = homes[:, 0].copy(), homes[:, 1].copy()
    for row in rows:
        x_km, y_km = country.station_xy[row]
        squared = (east - x_km) ** 2 + (north - y_km) ** 2
        best[squared < least] = row
        np.minimum(least, squared, out=least)
    return best, np.sqrt(least)


def _city(row: Mapping[str, Any], index: int, first_district: int, first_station: int) -> City:
    centre = {"city": row["name"]}
    districts = tuple(
        District(index=first_district + k, **centre, **_placed(place, row))
        for k, place in enumerate(row["districts"])
    )
    stations = tuple(
        Station(index=first_station + k, **centre, **_placed({**place, "lines": tuple(place["lines"])}, row))
        for k, place in enumerate(row["stations"])
    )
    plain = {name: value for name, value in row.items() if name not in ("districts", "stations")}
    return City(index=index, districts=districts, stations=stations, **plain)


def _placed(place: Mapping[str, Any], city: Mapping[str, Any]) -> dict[str, Any]:
    """A row with coordinates from the city's centre moved to those of the country."""
    return {**place, "x_km": city["x_km"] + place["x_km"], "y_km": city["y_km"] + place["y_km"]}


def _check_shares(name: str, rows: Iterable[Mapping[str, Any]]) -> None:
    total = sum(row["people_share"] for row in rows)
    if abs(total - 1) > 1e-6:
        raise PlaceError(say("places.shares", name=name, total=f"{total:g}"))


class _Named(Protocol):
    @property
    def name(self) -> str: ...


Place = TypeVar("Place", bound=_Named)


def _check_unique(kind: str, places: Iterable[_Named]) -> None:
    for name, times in Counter(place.name for place in places).items():
        if times > 1:
            raise PlaceError(say("places.twice", kind=say(f"places.kinds.{kind}"), name=name))


def _called(name: str, places: tuple[Place, ...], kind: str) -> Place:
    for place in places:
        if place.name.casefold() == name.strip().casefold():
            return place
    hint = did_you_mean(name, [place.name for place in places])
    raise PlaceError(say("places.unknown", kind=say(f"places.kinds.{kind}"), name=name, hint=hint))


def _column(values: Any, kind: type[np.generic]) -> NDArray[Any]:
    """An array nobody can write to."""
    column = np.array(values, kind)
    column.flags.writeable = False
    return column
