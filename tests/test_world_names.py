"""Names: one card per person, the same whenever it is asked, and nobody else's handle."""

from __future__ import annotations

import subprocess
import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from simulator.randomness import Luck
from simulator.texts import catalogue
from simulator.world.interests import INTERESTS
from simulator.world.names import person_card

people = st.integers(0, 2**31 - 1)


def card(person, seed=7, gender="female", interests=("cooking", "travel")):
    return person_card(Luck(seed), person, gender, 34, "Bandariva", interests)


@settings(deadline=None)
@given(st.lists(people, min_size=1, max_size=8))
def test_invariant_order_does_not_matter(asked):
    """A person has the same card in any order, on any number of calls."""
    cards = [card(person) for person in asked]
    assert [card(person) for person in reversed(asked)] == cards[::-1]


def test_invariant_handles_differ():
    """No two people of a town share a handle, whatever they are called."""
    assert len({card(person).handle for person in range(3_000)}) == 3_000


@settings(deadline=None)
@given(people)
def test_invariant_handle_is_plain(person):
    """A handle is small Latin letters, dots and digits, and ends in the person's number."""
    first, last, number = card(person).handle.split(".")
    assert (first + last).isascii()
    assert (first + last).isalpha()
    assert int(number, 36) == person


def test_invariant_another_seed_another_town():
    """Two seeds give the same person two names (nearly always)."""
    assert sum(card(k, 1).name != card(k, 2).name for k in range(50)) > 40


@pytest.mark.parametrize("interest", INTERESTS)
def test_invariant_every_interest_has_words(interest):
    """A bio speaks of the strongest interest, in the catalogue's words."""
    words = catalogue("en")[f"names.interests.{interest}"]
    assert all(words in card(k, interests=[interest]).bio.lower() for k in range(20))


@pytest.mark.parametrize("count", [0, 1, 2, 16])
def test_extreme_any_number_of_interests(count):
    """A bio is a finished sentence for no interest and for all sixteen."""
    for person in range(30):
        bio = card(person, interests=INTERESTS[:count]).bio
        assert bio
        assert "{" not in bio


def test_theory_men_and_women_are_called_differently():
    """Gender picks the list of first names."""
    women, men = ({card(k, gender=g).name.split()[0] for k in range(300)} for g in ("female", "male"))
    assert len(women & men) < len(women) / 3


def test_law_names_cost_nothing_until_asked():
    """Importing the module does not load Faker."""
    code = "import sys, simulator.world.names; sys.exit('faker' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
