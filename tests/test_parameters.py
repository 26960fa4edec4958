"""Parameters: every constant a row with unit and source, drawn by name."""

from __future__ import annotations

import math
import re
import sys
from dataclasses import replace
from importlib import resources
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from simulator.errors import SimulatorError
from simulator.insights.month import run_month
from simulator.network.month import day_one, play
from simulator.network.portfolio import Assignment, play_portfolio
from simulator.parameters import Parameters, Row, drawn, model_parameters, model_rows
from simulator.playbook.ads import GOALS, Ad, AdPlan, AdSet
from simulator.playbook.audiences import Audience
from simulator.playbook.page_groups import PageGroups
from simulator.playbook.patterns import Pattern
from simulator.playbook.plan import ContentPlan
from simulator.playbook.playbook import Playbook
from simulator.playbook.posts import FORMATS
from simulator.playbook.replies import ReplyRule, ReplyRules
from simulator.playbook.replies_sheet import read_replies, write_replies
from simulator.playbook.shifts import Shift, ShiftPlan
from simulator.randomness import Luck
from simulator.world.clients import Client, load_client
from simulator.world.world import draw_world
from tests.experiments import FULL_PAGE, Plan, neutral_text, playbook

ROWS = list(model_rows().values())
CODE = "\n".join(path.read_text("utf-8") for path in Path("simulator").rglob("*.py"))
PRIORS = [row for row in ROWS if row.prior != "none"]


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.name)
def test_invariant_every_row_is_whole(row: Row) -> None:
    """Invariant: a value, a unit, a mark of how sure it is and a source; a spread exactly where there is a
    prior.
    """
    assert math.isfinite(row.value)
    assert row.unit.strip()
    assert row.mark in {"V", "V2", "M", "T", "C", "F"}
    assert len(row.source) >= 5
    assert row.prior in {"none", "normal", "lognormal"}
    assert (row.spread > 0) == (row.prior != "none")
    assert row.prior != "lognormal" or row.value > 0


def test_invariant_every_row_is_used(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Invariant: no constant without a mechanism: a month with every kind of post, and ads looked at, read
    every row.
    """
    asked: set[str] = set()
    read = Parameters.__getitem__

    def noted(parameters: Parameters, name: str) -> float:
        reader = sys._getframe(1)
        room = reader.f_globals["__name__"]
        if reader.f_code.co_name == "get" or (
            room.startswith("simulator.") and room != "simulator.parameters"
        ):
            asked.add(name)
        return read(parameters, name)

    monkeypatch.setattr(Parameters, "__getitem__", noted)
    client = load_client("salon:77").with_parameters({"response.share": -2.0})
    words = "giveaway story joke? 24! https://kikapu.co.tz order now " + " ".join(
        f"#tag{k}" for k in range(12)
    )
    for kind in FORMATS:
        plan = playbook(client, Plan(posts=8, share=0.5, format=kind, words=words, page=FULL_PAGE)).plan.posts
        silent = replace(plan[0], text="")
        play(day_one(client, people=600), Playbook(FULL_PAGE, ContentPlan((*plan, silent))), days=7)
    _look_at_ads(client)
    _advertise(load_client("online-shop"))
    _answer_mail(load_client("salon:77"))
    _read_rules(tmp_path / "replies.csv")
    assert {row.name for row in ROWS} - asked == set()


def _read_rules(path: Path) -> None:
    """A sheet of one reply rule, written and read."""
    write_replies(ReplyRules((ReplyRule("Prices", Pattern.parse("price*")),)), path)
    assert read_replies(path)[1] == []


def _answer_mail(client: Client) -> None:
    """Months in which all goes wrong: everything done by rule, by hand, by tired hands, by nobody."""
    mail = {f"inbox.followers_{kind}": 5.0 for kind in ("question", "complaint", "chat")}
    client = client.with_parameters(
        {"incident.crisis_chance": 1.0, "incident.pile_on_chance": 1.0, "inbox.abuse": 5.0, **mail}
    )
    start, plan = day_one(client, people=1_000), playbook(client, Plan(posts=6))
    answers = ("It costs 780.", "Hello!", "Sorry for the wait, the quality, the refund, the wrong piece.")
    told = [ReplyRule("all", action="reply", reply=text) for text in answers]
    for rule in (*told, *(ReplyRule("all", action=action) for action in ("like", "hide", "block"))):
        play(start, replace(plan, replies=ReplyRules((rule,))))
    play(start, plan)
    play(start, replace(plan, shifts=ShiftPlan((Shift((0, 1), 660, 665),))))
    pass_on = replace(plan, replies=ReplyRules((ReplyRule("all", action="escalate"),)))
    pages = [Assignment(name, client, book, 3) for name, book in (("one", pass_on), ("two", plan))]
    long_days = ShiftPlan((Shift(tuple(range(7)), 360, 1_320),))
    assert play_portfolio(pages, long_days, people=1_000).expected_income_per_hour_cents > 0


def _look_at_ads(client: Client) -> None:
    """The sizes of an audience and of a look-alike, and a sheet read."""
    world = draw_world(client, 1, 3_000)
    buyers = PageGroups(buyers=np.arange(0, 3_000, 10))
    Audience(inclusions=(("cooking", "lookalike 10%"),)).estimate(world, buyers)
    with resources.as_file(resources.files("simulator") / "data" / "examples" / "online-shop") as folder:
        Playbook.read(folder)


def _advertise(client: Client) -> None:
    """A month with an ad set for every goal, and its results."""
    ad = Ad("one", "photo", "sell", "", neutral_text(1), client.topic_names[0], offer=0.1)
    sets = [AdSet("c", goal, goal, daily_budget_cents=3_000, ads=(ad,)) for goal in GOALS]
    month = run_month(client, Playbook(ads=AdPlan(tuple(sets))), people=8_000, days=7)
    assert month.insights.summary["ad_clicks"]


def test_invariant_code_asks_for_constants_that_are_there() -> None:
    """Invariant: every p["table.name"] in the code is a row."""
    asked = set(re.findall(r'(?:\bp|parameters|base)\["([a-z_]+\.[a-z_.]+)"\]', CODE))
    assert len(asked) > 50
    assert asked <= set(model_rows())


@given(st.sampled_from(PRIORS), st.floats(-10, 10))
@settings(max_examples=60, deadline=None)
def test_invariant_draws_stay_within_two_spreads(row: Row, normal: float) -> None:
    """Invariant: however unlikely the luck, a client's constant is at most two spreads away and keeps its
    sign.
    """
    value = row.draw(normal)
    if row.prior == "normal":
        assert abs(value - row.value) <= 2 * row.spread + 1e-12
    else:
        assert abs(math.log(value / row.value)) <= 2 * row.spread + 1e-12


@pytest.mark.parametrize("row", PRIORS, ids=lambda row: row.name)
def test_theory_draws_are_centred_on_the_row(row: Row) -> None:
    """Theory: over client seeds the median is the row's value."""
    values = [row.draw(Luck(seed).stream("hidden", "shop", row.name).normal()) for seed in range(800)]
    share = np.mean(np.array(values) > row.value)
    assert share == pytest.approx(0.5, abs=4 * 0.5 / np.sqrt(800))


def test_invariant_draws_are_keyed_by_name() -> None:
    """Invariant: a constant laid otherwise by a client leaves the draws of all others as they were."""
    base = model_parameters()
    other = base.changed({"feed.competition": 5.0})
    one, two = drawn(base, Luck(3), "shop"), drawn(other, Luck(3), "shop")
    assert {name for name in one if one[name] != two[name]} == {"feed.competition"}
    neighbour = drawn(base, Luck(3), "salon")
    assert all(one[row.name] != neighbour[row.name] for row in PRIORS)
    assert two["feed.competition"] - one["feed.competition"] == pytest.approx(5 - base["feed.competition"])


def test_invariant_a_change_leaves_the_original() -> None:
    """Invariant: changing gives a copy; the defaults are the rows for everybody after."""
    base = model_parameters()
    before = dict(base)
    assert base.changed({"feed.crowding": 9.0})["feed.crowding"] == 9
    assert dict(model_parameters()) == before == {row.name: row.value for row in ROWS}
    assert len(base) == len(ROWS)


def test_extreme_an_unknown_name_gets_the_nearest() -> None:
    """Extreme: a misspelt constant is refused with the one that was meant."""
    with pytest.raises(SimulatorError, match=r"feed\.competition"):
        model_parameters().changed({"feed.competitoin": 1.0})
    with pytest.raises(KeyError):
        _ = model_parameters()["feed.nothing"]


def test_invariant_parameters_are_a_mapping() -> None:
    """Invariant: they can be listed, counted and asked with a default."""
    parameters = Parameters({"a.b": 1.0})
    assert dict(parameters) == {"a.b": 1.0}
    assert parameters.get("a.c", 0.5) == 0.5
