"""Results of ads: counted by hand, adding up, and said in words that are true."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache
from itertools import combinations
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.insights.ab_test import ab_verdict, tries_needed, wilson
from simulator.insights.ad_report import ad_section
from simulator.insights.ad_tables import BREAKDOWNS, AdTables
from simulator.insights.ad_words import ad_sentences, few, verdicts
from simulator.insights.attribution import attributed_sales
from simulator.insights.month import Month, run_month
from simulator.insights.report import report_html
from simulator.insights.tables import write_tables
from simulator.network.log import AdViews, Purchases
from simulator.playbook.ads import Ad, AdPlan, AdSet
from simulator.playbook.audiences import Audience
from simulator.playbook.playbook import Playbook
from simulator.world.clients import load_client
from tests.experiments import Plan, playbook

SELLING = "Pans at a tenth off until Sunday. Order by message."


@cache
def advertised() -> Month:
    """A month of two ads taking turns, few people with much money, hardly any money, and too few people."""
    client = load_client("online-shop")
    topic = client.topic_names[1]
    texts = (SELLING, "Cast iron for twenty years: order yours this week.")
    kind = ("photo", "sell", "Pans")
    ads = tuple(Ad(f"ad {k}", *kind, text, topic, offer=0.1) for k, text in enumerate(texts))
    few_people = Audience(age_min=38, age_max=50, inclusions=(("games",),))
    sets = (
        AdSet("spring", "everybody", "LINK_CLICKS", daily_budget_cents=12_000, ads=ads),
        AdSet("spring", "few", "PURCHASES", few_people, daily_budget_cents=90_000, ads=ads[:1]),
        AdSet("spring", "nobody", "REACH", Audience(inclusions=(("lookalike 1%",),)), 1_000, ads=ads[:1]),
        AdSet("spring", "pennies", "REACH", daily_budget_cents=8, ads=ads[:1]),
    )
    return run_month(client, Playbook(ads=AdPlan(sets)), people=8_000)


def log_with(views: dict[str, Any], sales: dict[str, Any]) -> Month:
    """The advertised month with made-up impressions and sales."""
    month = advertised()
    count = len(sales["person"])
    bought = Purchases(
        time=np.array(sales["time"], float),
        person=np.array(sales["person"], np.int32),
        product=np.zeros(count, np.int16),
        post=np.full(count, -1),
        ad=np.full(count, -1),
        price_cents=np.full(count, 50_000),
        margin_cents=np.full(count, 20_000),
        follower=np.zeros(count, bool),
    )
    seen = AdViews(
        time=np.array(views["time"], float),
        person=np.array(views["person"], np.int32),
        ad=np.array(views["ad"], np.int32),
        actions=np.array(views["actions"], np.uint8),
        micros=np.array(views["micros"], np.int32),
    )
    client = month.client.with_parameters({"ads.match_rate": 1.0})
    return replace(month, client=client, log=replace(month.log, ad_views=seen, purchases=bought))


CLICK, LIKE = 0b1000, 0b1


def small() -> Month:
    """Five impressions and four sales, to be counted on paper."""
    views = {
        "time": [10, 20, 30, 1_500, 1_600],
        "person": [1, 1, 2, 2, 3],
        "ad": [0, 0, 1, 2, 2],
        "actions": [0, CLICK, LIKE, CLICK, 0],
        "micros": [100_000, 150_000, 120_000, 300_000, 90_000],
    }
    day = 1_440.0
    sales = {"time": [15, 7 * day, 8.5 * day, 1_700], "person": [1, 1, 1, 2]}
    return log_with(views, sales)


def test_worked_example_sales_are_of_the_last_click_within_seven_days() -> None:
    """Worked example: before the click no, within 7 days yes, after 8 days no; without a click no."""
    found = attributed_sales(small())
    assert sorted(zip(found.sale.tolist(), found.ad.tolist(), strict=True)) == [(1, 0), (3, 2)]


def test_worked_example_the_table_of_ads() -> None:
    """Worked example: impressions, reach, spend, clicks and rates of four ads."""
    ads = small().insights.ads[:4]
    assert ads["impressions"].tolist() == [2, 1, 2, 0]
    assert ads["reach"].tolist() == [1, 1, 2, 0]
    assert ads["inline_link_clicks"].tolist() == [1, 0, 1, 0]
    assert ads["clicks"].tolist() == [1, 1, 1, 0]
    assert ads["post_engagement"].tolist() == [0, 1, 0, 0]
    assert ads["spend"].tolist() == [0.25, 0.12, 0.39, 0.0]
    assert ads["purchase"].tolist() == [1, 0, 1, 0]
    assert ads["purchase_value"].tolist() == [500.0, 0.0, 500.0, 0.0]
    assert ads["ctr"].tolist()[:3] == [0.5, 0.0, 0.5]
    assert ads["cpm"][0] == pytest.approx(125.0)
    assert ads["cpc"][2] == pytest.approx(0.39)
    assert ads["purchase_roas"][0] == pytest.approx(2_000.0)


def test_invariant_parts_add_up_to_the_summary() -> None:
    """Invariant: ads, sets and every breakdown have the impressions, clicks and follows of the whole."""
    insights = advertised().insights
    summary = insights.summary
    tables = [insights.ads, insights.advertising.ad_sets]
    tables += [insights.advertising.breakdown(by) for by in BREAKDOWNS]
    for table in tables:
        assert table["impressions"].sum() == summary["ad_impressions"]
        assert table["inline_link_clicks"].sum() == summary["ad_clicks"]
        assert table["follow"].sum() == summary["ad_follows"]
        assert table["purchase"].sum() == summary["ad_conversions"]
        assert (table["reach"] <= table["impressions"]).all()
        assert round(table["spend"].sum() * 100) == summary["ad_spend_cents"]
    assert summary["ad_reach"] <= insights.ads["reach"].sum()
    assert insights.advertising.wear["impressions"].sum() == summary["ad_impressions"]


def test_invariant_sales_outside_the_hours_of_an_ad_are_counted_too() -> None:
    """Invariant: by hour and day a sale stands at its click, so breakdowns of a set with hours add up."""
    client = load_client("online-shop").with_parameters({"ads.landing": 3.0})
    ad = Ad("one", "photo", "sell", "", SELLING, client.topic_names[1])
    hours = tuple(8 <= hour < 12 for hour in range(24))
    shown = AdSet("c", "s", "PURCHASES", daily_budget_cents=60_000, hours=hours, ads=(ad,))
    month = run_month(client, Playbook(ads=AdPlan((shown,))), people=8_000)
    sold = month.insights.summary["ad_conversions"]
    assert sold > 20
    assert all(month.insights.advertising.breakdown(by)["purchase"].sum() == sold for by in BREAKDOWNS)


def test_invariant_yesterday_is_a_part_of_the_whole() -> None:
    """Invariant: what is known after ten days is what the first ten days of the log hold."""
    month = advertised()
    early = AdTables(month, month.insights.advertising.groupings, until_day=10)
    assert early.ads["impressions"].sum() == (month.log.ad_views.time < 10 * 1_440).sum()
    assert early.ads["spend"].sum() < month.insights.ads["spend"].sum()


def test_law_money_that_is_left_is_explained() -> None:
    """Law: sets with too few people, too little money or a refused audience are named, the other is not."""
    said = " ".join(ad_sentences(advertised().insights))
    assert re.search("few: .*the audience has too few places", said)
    assert re.search("nobody: .*nobody could be reached", said)
    assert re.search("pennies: .*hardly pays for one impression", said)
    assert "everybody: " not in said


def test_law_the_report_has_a_section_only_when_ads_ran() -> None:
    """Law: with its tables, a script allowed by its hash alone, and a verdict on the pair of ads."""
    page = report_html(advertised().insights)
    section = ad_section(advertised().insights)
    assert section.script_hash in page
    assert 'id="ad-sets"' in page
    assert len(verdicts(advertised().insights)) == 1
    silent = run_month(load_client("salon"), Playbook(), people=1_000, days=7)
    assert "script-src" not in report_html(silent.insights)
    assert silent.insights.summary["ad_spend_cents"] == 0


def test_law_ads_that_start_apart_are_no_test() -> None:
    """Law: a boosted post that comes out later is not held against one that people have long seen."""
    client = load_client("online-shop")
    posts = playbook(client, Plan(posts=2)).plan
    boosts = tuple(Ad.boosting(f"post {k}", post) for k, post in enumerate(posts.posts))
    shown = AdSet("c", "s", "REACH", daily_budget_cents=5_000, ads=boosts)
    month = run_month(client, Playbook(plan=posts, ads=AdPlan((shown,))), people=2_000)
    assert len(month.insights.ads) == 2
    (said,) = verdicts(month.insights)
    assert "post 0 and post 1 did not start together" in said


def test_worked_example_files_are_written(tmp_path: Path) -> None:
    """Worked example: the tables of ads lie beside the others."""
    names = {path.name for path in write_tables(advertised().insights, tmp_path)}
    assert {"ads_results.csv", "ad_breakdowns.csv"} <= names


def test_invariant_worth_has_the_spend_taken_off() -> None:
    """Invariant: worth = margin added + carry-over - what was charged."""
    month = advertised()
    added = month.log.expected_margin_by_day.sum() - month.log.expected_anyway_by_day.sum()
    assert month.worth_cents == pytest.approx(added + month.carry_over_cents - month.ad_spend_cents)


@given(st.integers(1, 400), st.integers(1, 400), st.integers(400, 20_000), st.integers(400, 20_000))
def test_invariant_verdicts_turn_round(a: int, b: int, m: int, n: int) -> None:
    """Invariant: the other way round the verdict is the same, the interval holds the difference."""
    one, other = ab_verdict(("x", a, m), ("y", b, n)), ab_verdict(("y", b, n), ("x", a, m))
    assert one.low <= one.difference <= one.high
    assert one.difference == pytest.approx(-other.difference)
    assert {"a": "b", "b": "a", "": ""}[one.winner] == other.winner


def test_theory_the_interval_holds_the_truth_in_95_of_100() -> None:
    """Theory: over repeated tests with a true difference the interval covers it in about 95 %."""
    draw = np.random.default_rng(5)
    a, b = draw.binomial(3_000, 0.01, 2_000), draw.binomial(3_000, 0.014, 2_000)
    held = 0
    for x, y in zip(a.tolist(), b.tolist(), strict=True):
        verdict = ab_verdict(("a", x, 3_000), ("b", y, 3_000))
        held += verdict.low <= 0.004 <= verdict.high
    assert 0.93 <= held / 2_000 <= 0.98


def test_theory_of_many_ads_alike_none_wins() -> None:
    """Theory: among five ads alike, whose ten pairs are compared, one seems to win in 5 sets of 100."""
    draw = np.random.default_rng(7)
    misled = 0
    for counts in draw.binomial(3_000, 0.01, (400, 5)).tolist():
        ads = [(str(k), count, 3_000) for k, count in enumerate(counts)]
        misled += any(ab_verdict(a, b, pairs=10).winner for a, b in combinations(ads, 2))
    assert misled <= 0.07 * 400


def test_theory_the_tries_asked_for_show_the_difference() -> None:
    """Theory: with so many tries a difference of a fifth is found about four times in five."""
    tries = tries_needed(0.02)
    draw = np.random.default_rng(6)
    pairs = zip(draw.binomial(tries, 0.02, 1_000), draw.binomial(tries, 0.024, 1_000), strict=True)
    found = [ab_verdict(("a", int(x), tries), ("b", int(y), tries)).winner == "b" for x, y in pairs]
    assert 0.72 <= np.mean(found) <= 0.88


@given(st.integers(0, 500), st.integers(1, 500))
def test_invariant_wilson_stays_within_shares(successes: int, more: int) -> None:
    """Invariant: an interval of a share lies within 0 and 1 and holds it."""
    low, high = wilson(successes, successes + more)
    assert 0 <= low <= successes / (successes + more) <= high <= 1


def test_worked_example_few_sales_are_not_told_exactly() -> None:
    """Worked example: one to four are "<5"."""
    assert [few(n) for n in (0, 1, 4, 5)] == ["0", "<5", "<5", "5"]
