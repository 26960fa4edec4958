"""Sizes of audiences before anything is bought."""

from __future__ import annotations

from dataclasses import replace

import pytest

from simulator.errors import problem
from simulator.network.audience_sizes import audience_sizes, is_about_size, with_day_one
from simulator.network.month import day_one
from simulator.network.staging import DayOne
from simulator.playbook.ads import Ad, AdPlan, AdSet, UnfinishedSet
from simulator.playbook.audiences import Audience
from simulator.world.clients import load_client

AD = Ad("a", "photo", "sell", "", "Hair", "hair")


@pytest.fixture(scope="module")
def start() -> DayOne:
    """A salon as found in a town of four thousand."""
    return day_one(load_client("salon"), people=4_000)


def test_law_sizes_hold_the_members_and_refusals_say_why(start: DayOne) -> None:
    """Law: the range holds the true number; followers are counted; too few are refused with a way out."""
    sets = (
        AdSet("c", "all", "REACH", Audience(age_min=13)),
        AdSet("c", "ours", "REACH", Audience(inclusions=(("followers",),))),
        AdSet("c", "few", "REACH", Audience(inclusions=(("lookalike 1%",),))),
    )
    everybody, ours, few = audience_sizes(start, AdPlan(sets))
    assert everybody.size is not None
    assert everybody.size.low <= 4_000 <= everybody.size.high
    assert ours.size is not None
    assert ours.size.low <= len(start.page.known.followers()) <= ours.size.high
    assert few.size is None
    assert few.as_dict()["refused"]["way_out"] in few.words
    assert "people have bought from the page" in few.words


def test_law_a_set_that_is_too_small_does_not_hide_the_others(start: DayOne) -> None:
    """Law: each set has its row in the order of the sheet: its size, what makes a small one large enough,
    or which columns must be mended first.
    """
    small = Audience(gender="men", districts=("Mitendera",), age_min=60)
    sets = (
        AdSet("c", "small", "REACH", small, line=4),
        AdSet("c", "all", "REACH", Audience(), line=2),
    )
    unfinished = (
        UnfinishedSet(AdSet("c", "boost", "REACH", Audience(gender="women"), line=3)),
        UnfinishedSet(AdSet("c", "torn", "REACH", line=5), ("Cities", "Gender")),
    )
    found = audience_sizes(start, AdPlan(sets, unfinished))
    assert [one.ad_set for one in found] == ["all", "boost", "small", "torn"]
    everybody, boost, few, torn = found
    assert everybody.size is not None
    assert boost.size is not None
    assert few.size is None
    assert [way.columns for way in few.wider] == [("Districts",)]
    assert 'without "Districts"' in few.words
    row = few.as_dict()["wider"][0]
    assert row["columns"] == ["Districts"]
    assert 100 <= row["low"] < row["high"]
    assert torn.words == 'not counted: "Cities" cannot be read; "Gender" cannot be read'


def test_law_once_buyers_are_counted_the_warning_says_how_many(start: DayOne) -> None:
    """Law: on day one a look-alike of too few buyers is a warning with their number, and only of sets that
    run; sets that are large enough are not spoken of.
    """
    alike = AdSet("c", "like", "REACH", Audience(inclusions=(("lookalike 2%",),)), ads=(AD,), line=2)
    sets = (
        alike,
        replace(alike, name="off", active=False, line=3),
        replace(alike, name="ours", audience=Audience(inclusions=(("followers",),)), line=4),
        replace(alike, name="not", audience=Audience(exclusions=("lookalike 1%",)), line=5),
        replace(alike, name="few", audience=Audience(age_min=64, inclusions=(("buyers",),)), line=6),
    )
    uncounted = problem("ads.uncounted_likeness", file="ads.csv", line=2, least=100)
    other = problem("plan.empty_text", file="plan.csv", line=9)
    found = with_day_one([uncounted, other], start, AdPlan(sets))
    assert [(one.rule, one.line, one.column, one.value) for one in found] == [
        ("audience.few_buyers", 2, "Flexible Inclusions", "lookalike 2%"),
        ("audience.few_buyers", 5, "Flexible Exclusions", "lookalike 1%"),
        ("audience.small_on_day_one", 6, "Ad Set Name", "few"),
        ("plan.empty_text", 9, None, ""),
    ]
    assert [one.severity for one in found[:3]] == ["warning"] * 3
    assert [is_about_size(one) for one in (uncounted, other, *found[:3])] == [True, False, True, True, True]


def test_law_what_is_an_error_already_is_not_told_again(start: DayOne) -> None:
    """Law: an audience refused in any case is one problem."""
    small = AdSet("c", "s", "REACH", Audience(gender="men", districts=("Mitendera",)), ads=(AD,), line=7)
    small = replace(small, audience=replace(small.audience, age_min=60))
    error = problem("audience.too_small", file="ads.csv", line=7, count=1, people=2, least=3, hint="")
    assert with_day_one([error], start, AdPlan((small,))) == [error]
    assert len(with_day_one([], start, AdPlan((small,)))) == 1


def test_edge_no_ads_no_sizes() -> None:
    """Edge: a playbook without ads has no audiences."""
    assert audience_sizes(day_one(load_client("salon"), people=600), None) == []
