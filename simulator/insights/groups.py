"""Groups of people: how audiences are split in tables."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Final

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from simulator.world.world import World

AGE_BANDS: Final[Mapping[str, int]] = {
    "13-17": 0,
    "18-24": 18,
    "25-34": 25,
    "35-44": 35,
    "45-54": 45,
    "55-64": 55,
    "65+": 65,
}
"""The bands of the trade's audience reports, each with its youngest age."""

GENDERS: Final = ("men", "women")

AUDIENCE_BY: Final = ("age", "gender", "city")
"""What the audience table is split by; the breakdowns of ads also know districts."""


def groupings(world: World) -> dict[str, tuple[tuple[str, ...], NDArray[Any]]]:
    """Of each way to split the town: the names of its groups and everybody's group."""
    ages = np.searchsorted(list(AGE_BANDS.values()), world.people.age, side="right") - 1
    cities = tuple(str(city.name) for city in world.country.cities)
    district_city = np.asarray(world.country.district_city)
    districts = tuple(str(district.name) for district in world.country.districts)
    return {
        "age": (tuple(AGE_BANDS), ages),
        "gender": (GENDERS, np.asarray(world.people.female).astype(np.int64)),
        "city": (cities, district_city[world.people.district]),
        "district": (districts, np.asarray(world.people.district).astype(np.int64)),
    }
