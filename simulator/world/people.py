"""People as arrays: who lives in the town, what they care about, when they are online.

At most 64 bytes a person. Log-coded bytes hold positive numbers to within 2 %:
``LOG_BYTE[code]`` is the number. People stand in order of (city, district, age band, main
interest), which is what the friendship graph is built on.
"""

from __future__ import annotations

import math
import tomllib
from dataclasses import dataclass, fields
from functools import cache
from importlib import resources
from typing import Any

import numpy as np
from numpy.typing import NDArray

from simulator.parameters import Parameters
from simulator.world.interests import CHRONOTYPES, INTERESTS
from simulator.world.places import Country, nearest_station

LOG_BYTE: NDArray[np.float32] = np.exp((np.arange(256) - 128) / 32).astype(np.float32)
"""The number a log-coded byte stands for: 0.018 to 53, in steps of 3 %."""

AGE_BANDS: tuple[int, ...] = (14, 18, 25, 35, 45, 55, 65)
"""Where the bands of age begin; the last runs to 80."""

TASTE_PURPOSES: tuple[str, ...] = ("inform", "entertain", "talk")
INTEREST_SCALE = 255
_CHUNK = 200_000

Bytes = NDArray[np.uint8]


@dataclass(frozen=True, slots=True)
class People:
    """Everybody in the town; all arrays have one row a person.

    ``interests``: (people, 16) bytes that sum to about 255. ``income``: 0 poorest - 255
    richest. ``activity``: sessions a day; ``deal_proneness``, ``nuisance``, ``need``,
    ``taste`` (people, 3): log-coded. ``metro_km``: in steps of 50 m. ``x_km``, ``y_km``.
    """

    age: Bytes
    female: NDArray[np.bool_]
    district: Bytes
    income: Bytes
    x_km: NDArray[np.float16]
    y_km: NDArray[np.float16]
    station: NDArray[np.uint8]
    metro_steps: Bytes
    interests: Bytes
    chronotype: Bytes
    activity: Bytes
    deal_proneness: Bytes
    nuisance: Bytes
    need: Bytes
    taste: Bytes

    def __len__(self) -> int:
        return len(self.age)

    @property
    def bytes_per_person(self) -> float:
        """Memory of all arrays, bytes a person."""
        return float(sum(getattr(self, f.name).nbytes for f in fields(self))) / max(1, len(self))

    @property
    def age_band(self) -> NDArray[np.uint8]:
        """Index into :data:`AGE_BANDS`, one per person."""
        band: NDArray[np.uint8] = (np.searchsorted(AGE_BANDS, self.age, side="right") - 1).astype(np.uint8)
        return band

    def metro_km(self, ids: NDArray[Any]) -> NDArray[np.float32]:
        """Kilometres from home to the nearest station."""
        km: NDArray[np.float32] = self.metro_steps[ids].astype(np.float32) * np.float32(0.05)
        return km

    def match(self, ids: NDArray[Any], topics: NDArray[np.float32]) -> NDArray[np.float32]:
        """How well each person's interests fit each topic: cosine, (ids, topics) in 0-1.

        ``topics``: (topics, 16) non-negative weights.
        """
        theta = self.interests[ids].astype(np.float32)
        theta /= np.sqrt(np.einsum("ij,ij->i", theta, theta))[:, None] + np.float32(1e-9)
        unit = (topics / np.linalg.norm(topics, axis=1, keepdims=True)).astype(np.float32)
        # einsum, not @: a threaded product of so thin a matrix burns more CPU than it saves.
        cosine: NDArray[np.float32] = np.einsum("ij,kj->ik", theta, unit)
        return cosine


def draw_people(
    country: Country,
    count: int,
    parameters: Parameters,
    chronotype_mix: NDArray[np.float64],
    interest_pull: NDArray[np.float64],
    generator: np.random.Generator,
) -> People:
    """``count`` people of the country, sorted by city, district, age band and main interest."""
    chunks = [
        _draw_chunk(country, min(_CHUNK, count - done), parameters, chronotype_mix, interest_pull, generator)
        for done in range(0, count, _CHUNK)
    ]
    columns = {name: np.concatenate([chunk[name] for chunk in chunks]) for name in chunks[0]}
    columns |= _home(country, columns["district"], generator)
    order = np.argsort(
        block_of(columns["district"], columns["age"], columns["interests"], country), kind="stable"
    )
    return People(**{name: column[order] for name, column in columns.items()})


def block_of(district: Bytes, age: Bytes, interests: Bytes, country: Country) -> NDArray[np.int64]:
    """The block of each person: city, district, age band and main interest in one number."""
    band = np.searchsorted(AGE_BANDS, age, side="right").astype(np.int64)
    place = country.district_city[district].astype(np.int64) * 256 + district
    block: NDArray[np.int64] = (place * 16 + band) * len(INTERESTS) + interests.argmax(axis=1)
    return block


def _draw_chunk(
    country: Country,
    count: int,
    parameters: Parameters,
    chronotype_mix: NDArray[np.float64],
    interest_pull: NDArray[np.float64],
    generator: np.random.Generator,
) -> dict[str, NDArray[Any]]:
    district = generator.choice(len(country.district_share), size=count, p=country.district_share)
    female = generator.random(count) < parameters["people.female_share"]
    age = np.clip(generator.gamma(4.2, 9.0, count) + country.district_age_tilt_years[district] + 1, 14, 80)
    income_log = np.log(country.district_income_factor[district]) + parameters["people.income_spread"] * (
        generator.standard_normal(count) + 0.3 * (1 - ((age - 45) / 30) ** 2)
    )
    income = np.argsort(np.argsort(income_log)) / max(1, count - 1)
    lognormal = _log_coder(parameters, generator, count)
    return {
        "age": age.astype(np.uint8),
        "female": female,
        "district": district.astype(np.uint8),
        "income": (income * 255).astype(np.uint8),
        "interests": _interests(female, age, income, parameters, interest_pull, generator),
        "chronotype": generator.choice(len(CHRONOTYPES), size=count, p=chronotype_mix).astype(np.uint8),
        "activity": lognormal("activity_mean", "activity_spread"),
        "deal_proneness": lognormal("deal_proneness_mean", "deal_proneness_spread"),
        "nuisance": lognormal("nuisance_mean", "nuisance_spread"),
        "need": _code(
            generator.gamma(parameters["people.need_shape"], 1 / parameters["people.need_shape"], count)
        ),
        "taste": _code(
            np.exp(
                parameters["people.taste_spread"] * generator.standard_normal((count, len(TASTE_PURPOSES)))
            )
        ),
    }


def _log_coder(parameters: Parameters, generator: np.random.Generator, count: int) -> Any:
    def coded(mean: str, spread: str) -> Bytes:
        sigma = parameters[f"people.{spread}"]
        centre = math.log(parameters[f"people.{mean}"]) - sigma**2 / 2
        return _code(np.exp(centre + sigma * generator.standard_normal(count)))

    return coded


def _code(numbers: NDArray[np.float64]) -> Bytes:
    code: Bytes = np.clip(np.rint(32 * np.log(np.maximum(numbers, 1e-9))) + 128, 0, 255).astype(np.uint8)
    return code


@cache
def _interest_table() -> NDArray[np.float64]:
    """(16, 4): base, female, age and income tilt of every interest."""
    text = (resources.files("simulator") / "data" / "interests.toml").read_text("utf-8")
    table = tomllib.loads(text)
    return np.array([[table[name][key] for key in ("base", "female", "age", "income")] for name in INTERESTS])


def _interests(
    female: NDArray[np.bool_],
    age: NDArray[np.float64],
    income: NDArray[np.float64],
    parameters: Parameters,
    interest_pull: NDArray[np.float64],
    generator: np.random.Generator,
) -> Bytes:
    """Dirichlet interests around the profile of a person's segment (model 1.2), as bytes."""
    base, by_female, by_age, by_income = _interest_table().T
    tilt = (
        np.outer(female - 0.5, by_female)
        + np.outer((age - 40) / 20, by_age)
        + np.outer(income - 0.5, by_income)
    )
    profile = np.exp(tilt + base) * interest_pull
    profile /= profile.mean(axis=1, keepdims=True)
    draws = generator.standard_gamma(parameters["people.interest_focus"] * profile)
    draws += 1e-6
    draws /= draws.sum(axis=1, keepdims=True)
    interests: Bytes = np.rint(draws * INTEREST_SCALE).astype(np.uint8)
    return interests


def _home(country: Country, district: Bytes, generator: np.random.Generator) -> dict[str, NDArray[Any]]:
    away = country.district_spread_km[district][:, None] * generator.standard_normal(
        (len(district), 2), np.float32
    )
    xy = country.district_xy[district] + away
    station, km = nearest_station(xy, country.district_city[district], country)
    return {
        "x_km": xy[:, 0].astype(np.float16),
        "y_km": xy[:, 1].astype(np.float16),
        "station": station.astype(np.uint8),
        "metro_steps": np.clip(np.rint(km * 20), 0, 255).astype(np.uint8),
    }
