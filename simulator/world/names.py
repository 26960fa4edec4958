"""Names, handles and bios of people: decoration, made on demand, that no result reads.

A card is drawn from the luck of its person alone, so it is the same in any order and on any
number of calls (with the same version of Faker, whose lists of names it uses). Most names
are Swahili, some English, as on the coast the country is made after.
"""

from __future__ import annotations

import random
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Literal

import numpy as np

from simulator.randomness import Luck
from simulator.texts import DEFAULT_LANGUAGE, catalogue, say

if TYPE_CHECKING:
    from faker import Faker

Gender = Literal["female", "male"]

FIRST_NAME_LOCALES: tuple[str, ...] = ("sw", "sw", "sw", "en_US")
LAST_NAME_LOCALES: tuple[str, ...] = ("sw", "sw", "sw", "sw", "sw", "en_US")
DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"


@dataclass(frozen=True, slots=True)
class PersonCard:
    """How a person shows on the network; no two people of a town share a ``handle``."""

    name: str
    handle: str
    bio: str


def person_card(
    luck: Luck, person: int, gender: Gender, age: int, city: str, interests: Sequence[str] = ()
) -> PersonCard:
    """The card of ``person``, for one who shows it to somebody.

    ``interests``: of ``INTERESTS``, the strongest first; the bio speaks of the first two.

    >>> card = person_card(Luck(7), 4021, "female", 34, "Bandariva", ["cooking", "travel"])
    >>> card == person_card(Luck(7), 4021, "female", 34, "Bandariva", ["cooking", "travel"])
    True
    >>> card.handle.endswith(".33p")
    True
    """
    bits = int(luck.stream("name").bits(np.array([person]))[0])
    choices = random.Random(bits)
    first = _first_name(choices, gender)
    last = _faker(choices.choice(LAST_NAME_LOCALES), choices).last_name()
    return PersonCard(
        name=f"{first} {last}",
        handle=f"{_plain(first)}.{_plain(last)}.{_base36(person)}",
        bio=_bio(choices, age, city, interests),
    )


def first_names(locale: str, choices: random.Random, count: int) -> list[str]:
    """``count`` first names of a language's list, women's and men's in turn; some come twice.

    >>> len(first_names("sw", random.Random(7), 3))
    3
    """
    faker = _faker(locale, choices)
    return [str(faker.first_name_male() if at % 2 else faker.first_name_female()) for at in range(count)]


def _first_name(choices: random.Random, gender: Gender) -> str:
    faker = _faker(choices.choice(FIRST_NAME_LOCALES), choices)
    return str(faker.first_name_female() if gender == "female" else faker.first_name_male())


def _bio(choices: random.Random, age: int, city: str, interests: Sequence[str]) -> str:
    """A sentence of the catalogue for as many interests as the person shows (0, 1 or 2)."""
    shown = interests[:2]
    keys = _bio_keys(("none", "one", "two")[len(shown)])
    words = [say(f"names.interests.{interest}") for interest in shown]
    named = dict(zip(("first", "second"), words, strict=False))
    bio = say(choices.choice(keys), age=age, city=city, **named)
    return bio[:1].upper() + bio[1:]


@cache
def _bio_keys(interests: str) -> tuple[str, ...]:
    prefix = f"names.bios.{interests}."
    return tuple(key for key in catalogue(DEFAULT_LANGUAGE) if key.startswith(prefix))


def _faker(locale: str, choices: random.Random) -> Faker:
    """The Faker of ``locale``, seeded anew from ``choices``."""
    faker = _unseeded_faker(locale)
    faker.seed_instance(choices.getrandbits(64))
    return faker


@cache
def _unseeded_faker(locale: str) -> Faker:
    from faker import Faker

    return Faker(locale)


def _plain(name: str) -> str:
    """``name`` as small Latin letters only.

    >>> _plain("Ng'ang'a Zoë")
    'ngangazoe'
    """
    letters = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    return "".join(letter for letter in letters if letter.isalpha())


def _base36(number: int) -> str:
    """A whole number from 0 in base 36.

    >>> _base36(0), _base36(35), _base36(36)
    ('0', 'z', '10')
    """
    number = int(number)
    digits = ""
    while number or not digits:
        number, digit = divmod(number, 36)
        digits = DIGITS[digit] + digits
    return digits
