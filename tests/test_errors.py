"""Problems: name, place, rule, value and way out; and words that are near."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from simulator.errors import (
    ClientError,
    PlaybookError,
    Problem,
    SimulatorError,
    did_you_mean,
    problem,
    shorten,
)

WORDS = st.lists(st.text("abcdefghij", min_size=1, max_size=8), min_size=1, max_size=6, unique=True)


def example(**changes: Any) -> Problem:
    place = {"file": "plan.csv", "line": 14, "column": "Posting Time", "value": "2027-03-09 25:00"}
    return problem("plan.bad_hour", **(place | changes))  # type: ignore[arg-type]


def test_invariant_a_problem_says_place_value_rule_and_way_out() -> None:
    """Invariant: one line holds file, line, column, value, what is wrong and what to do."""
    found = example()
    assert str(found).startswith('plan.csv line 14, "Posting Time": "2027-03-09 25:00" - ')
    assert str(found).endswith(f"{found.says}; {found.way_out}")
    assert found.says
    assert found.way_out
    assert (found.rule, found.severity) == ("plan.bad_hour", "error")


@pytest.mark.parametrize(
    ("changes", "start"),
    [
        ({"line": None}, 'plan.csv, "Posting Time": "2027'),
        ({"column": None}, 'plan.csv line 14: "2027'),
        ({"line": None, "column": None, "value": ""}, "plan.csv: "),
    ],
)
def test_extreme_what_is_not_known_is_left_out(changes: dict[str, object], start: str) -> None:
    """Extreme: a place without line or column, and no value, leave no gap behind."""
    assert str(example(**changes)).startswith(start)
    assert "None" not in str(example(**changes))


def test_invariant_a_problem_is_plain_data() -> None:
    """Invariant: what goes out as JSON comes back as the same problem."""
    found = example(severity="warning")
    assert Problem(**json.loads(json.dumps(found.as_dict()))) == found


def test_extreme_an_unknown_rule_is_a_defect() -> None:
    """Extreme: a rule without a sentence is not passed over."""
    with pytest.raises(KeyError):
        problem("plan.no_such_rule", file="plan.csv")


def test_invariant_an_error_carries_every_problem() -> None:
    """Invariant: all problems stand in the error, in order, one a line; and every error is the
    package's own.
    """
    problems = [example(), example(line=15)]
    error = PlaybookError(iter(problems))
    assert error.problems == tuple(problems)
    assert str(error).splitlines() == [str(found) for found in problems]
    assert issubclass(PlaybookError, SimulatorError)
    assert issubclass(ClientError, SimulatorError)


@given(WORDS, st.data())
@settings(max_examples=60, deadline=None)
def test_invariant_a_known_word_is_its_own_nearest(words: list[str], data: st.DataObject) -> None:
    """Invariant: whatever the case and blanks around it, a known word is what was meant."""
    meant = data.draw(st.sampled_from(words))
    assert did_you_mean(f"  {meant.upper()} ", words) == f'did you mean "{meant}"?'


@pytest.mark.parametrize(
    ("value", "known", "says"),
    [
        ("ofers", ["offers", "recipes"], 'did you mean "offers"?'),
        ("OFFERS", ["Offers"], 'did you mean "Offers"?'),
        ("zzz", ["offers", "recipes"], "choose one of: offers, recipes"),
        ("", ["offers"], "choose one of: offers"),
    ],
)
def test_theory_the_nearest_word(value: str, known: list[str], says: str) -> None:
    """Theory: a slip of the pen finds its word; what resembles nothing gets the whole list."""
    assert did_you_mean(value, known) == says


@given(st.text(max_size=300), st.integers(4, 80))
@settings(max_examples=80, deadline=None)
def test_invariant_shortened_text_is_one_short_line(value: str, longest: int) -> None:
    """Invariant: one line, at most so long, and unchanged when it was both already."""
    found = shorten(value, longest)
    assert len(found) <= longest
    assert len(found.splitlines()) <= 1
    assert shorten(found, longest) == found
