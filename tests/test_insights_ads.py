"""Results of ads: counted by hand, adding up, and said in words that are true."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.insights.ab_test import ab_verdict, tries_needed, wilson
from simulator.insights.ad_report import ad_section
from simulator.insights.ad_spend import shared
from simulator.insights.ad_tables import BREAKDOWNS, AdTables, people_reached
from simulator.insights.ad_words import MOST_VERDICTS, ad_sentences, few, verdicts
from simulator.insights.attribution import attributed_sales
from simulator.insights.headline import key_figures
from simulator.insights.month import Month, run_month
from simulator.insights.report import report_html
from simulator.insights.table_files import write_tables
from simulator.insights.wear import MOST_STEPS, worn
from simulator.network.billing import largest_remainder
from simulator.network.log import AdViews, Purchases
from simulator.playbook.ads import Ad, AdPlan, AdSet
from simulator.playbook.audiences import Audience
from simulator.playbook.playbook import Playbook
from simulator.world.clients import load_client

SELLING = "Pans at a tenth off until Sunday. Order by message."


@cache
def advertised() -> Month:
    """A month with three sets: two ads taking turns, few people with much money, and too few people."""
    client = load_client("online-shop")
    topic = client.topic_names[1]
    texts = (SELLING, "Cast iron for twenty years: order yours this week.")
    kind = ("photo", "sell", "Pans")
    ads = tuple(Ad(f"ad {k}", *kind, text, topic, offer=0.1) for k, text in enumerate(texts))
    few_people = Audience(age_min=40, age_max=41, inclusions=(("games",),))
    sets = (
        AdSet("spring", "everybody", "LINK_CLICKS", daily_budget_cents=12_000, ads=ads),
        AdSet("spring", "few", "PURCHASES", few_people, daily_budget_cents=90_000, ads=ads[:1]),
        AdSet("spring", "nobody", "REACH", Audience(inclusions=(("lookalike 1%",),)), 1_000, ads=ads[:1]),
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
    """Worked example: impressions, reach, spend, clicks and rates of three ads."""
    ads = small().insights.ads
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
    assert round(insights.ads["spend"].sum() * 100) == summary["ad_spend_cents"]
    assert summary["ad_reach"] <= insights.ads["reach"].sum()
    assert insights.advertising.wear["impressions"].sum() == summary["ad_impressions"]


def test_invariant_yesterday_is_a_part_of_the_whole() -> None:
    """Invariant: what is known after ten days is what the first ten days of the log hold."""
    month = advertised()
    early = AdTables(month, month.insights.advertising.groupings, until_day=10)
    assert early.ads["impressions"].sum() == (month.log.ad_views.time < 10 * 1_440).sum()
    assert early.ads["spend"].sum() < month.insights.ads["spend"].sum()


def test_law_money_that_is_left_is_explained() -> None:
    """Law: the set with too few people and the one the platform refused are named, the other is not."""
    said = " ".join(ad_sentences(advertised().insights))
    assert "few: " in said
    assert "nobody: " in said
    assert "everybody: " not in said


def test_law_the_report_has_a_section_only_when_ads_ran() -> None:
    """Law: with its tables, a script allowed by its hash alone, and a verdict on the pair of ads."""
    page = report_html(advertised().insights)
    section = ad_section(advertised().insights)
    assert section.script_hash in page
    assert 'id="ads-sets-asked"' in page
    assert len(verdicts(advertised().insights)) == 1
    silent = run_month(load_client("salon"), Playbook(), people=1_000, days=7)
    assert "script-src" not in report_html(silent.insights)
    assert silent.insights.summary["ad_spend_cents"] == 0


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


@pytest.mark.parametrize("by", BREAKDOWNS)
def test_invariant_the_groups_have_what_was_charged_to_the_cent(by: str) -> None:
    """Invariant: by any split, over the whole month and of its first days, groups add up to the bill."""
    month = advertised()
    for until in (None, 10, 28):
        tables = AdTables(month, month.insights.advertising.groupings, until_day=until)
        cents = (tables.breakdown(by)["spend"] * 100).round(6)
        assert (cents == cents.round()).all()
        assert round(cents.sum()) == round(tables.ads["spend"].sum() * 100)
    assert round(month.insights.advertising.breakdown(by)["spend"].sum() * 100) == month.ad_spend_cents


@given(st.lists(st.lists(st.integers(0, 40_000), min_size=1, max_size=6), min_size=1, max_size=6))
def test_invariant_shares_of_bills_are_whole_and_near(bills: list[list[int]]) -> None:
    """Invariant: shares add up to each bill, and none is a cent or more from what its impressions cost."""
    micros = np.array([cost for bill in bills for cost in bill])
    bill = np.repeat(np.arange(len(bills)), [len(costs) for costs in bills])
    charged = largest_remainder(np.array([sum(costs) for costs in bills]))
    cents = shared(charged, bill, micros)
    assert np.bincount(bill, cents, minlength=len(bills)).tolist() == charged.tolist()
    assert (np.abs(cents * 10_000 - micros) < 10_000).all()


def test_worked_example_few_sales_are_hidden_all_over_the_page() -> None:
    """Worked example: a set with one reported sale shows "<5" and no cost; the file has the number."""
    month = small()
    section = ad_section(month.insights)
    cells = {
        (table.name, heading, name): cell.text
        for table in (*section.tables, *section.folded)
        for name, row in table.rows
        for heading, cell in zip(table.headings, row, strict=True)
    }
    assert cells["ads-sets-asked", "results", "few"] == "<5"
    assert cells["ads-sets-asked", "cost per result", "few"] == "–"
    for heading in ("cost per purchase", "purchase value", "return on ad spend (ROAS)"):
        assert cells["ads-sets-brought", heading, "few"] == "–"
    assert cells["ads-sets-asked", "asked for", "few"] == "purchases"
    html = report_html(month.insights)
    assert "&lt;5 purchases" in html
    assert not re.findall(r"\b[1-4] (?:purchases?|sales as the platform)\b", html)
    assert month.insights.ads["purchase"].tolist() == [1, 0, 1, 0]


def test_worked_example_what_each_set_was_asked_for() -> None:
    """Worked example: clicks of the one, sales of the other, none of the one that could not run."""
    sets = small().insights.advertising.ad_sets
    assert sets["goal"].tolist() == ["LINK_CLICKS", "PURCHASES", "REACH"]
    assert sets["results"].tolist() == [1, 1, 0]
    assert sets["cost_per_result"].tolist()[:2] == pytest.approx([0.37, 0.39])
    assert small().insights.ads["results"].tolist() == [1, 0, 1, 0]


def test_worked_example_the_dates_of_a_set_are_its_own() -> None:
    """Worked example: the file tells the days reported and those on which the set ran."""
    client = load_client("online-shop")
    ad = Ad("jars", "photo", "sell", "Jars", SELLING, client.topic_names[1])
    start, stop = datetime(2027, 3, 3, 18), datetime(2027, 3, 6)
    ad_set = AdSet("spring", "short", "REACH", daily_budget_cents=500, start=start, stop=stop, ads=(ad,))
    row = run_month(client, Playbook(ads=AdPlan((ad_set,))), people=1_000, days=7).insights.ads.iloc[0]
    dates = [f"{row[name]:%m-%d}" for name in ("date_start", "date_stop", "adset_start", "adset_end")]
    assert dates == ["03-01", "03-07", "03-03", "03-05"]


@cache
def six_texts() -> Month:
    """Six ads of one set, in two campaigns that call their sets alike."""
    client = load_client("online-shop")
    topic = client.topic_names[1]
    ads = tuple(Ad(f"ad {k}", "photo", "sell", "Pans", f"{SELLING} {k}", topic) for k in range(6))
    sets = tuple(
        AdSet(name, "all", "LINK_CLICKS", daily_budget_cents=2_000, ads=ads) for name in ("spring", "summer")
    )
    return run_month(client, Playbook(ads=AdPlan(sets)), people=1_000, days=7)


def test_law_every_pair_is_told_or_counted_under_the_name_of_its_set() -> None:
    """Law: of 30 pairs twelve are told, and the others are said to be missing."""
    found = verdicts(six_texts().insights)
    assert [told.ad_set for told in found] == ["spring / all", "summer / all"]
    more = [int(told.more.rpartition(" ")[2].rstrip(".") or 0) if told.more else 0 for told in found]
    assert sum(len(told.says) for told in found) == MOST_VERDICTS
    assert [len(told.says) + left for told, left in zip(found, more, strict=True)] == [15, 15]


def test_extreme_an_interval_that_touches_nought_names_no_winner() -> None:
    """Extreme: what would be shown as "between 0.00 and ..." is no difference; nor are few clicks."""
    close = ab_verdict(("Rice", 7, 5_500), ("Pans", 17, 5_500))
    assert 0 < close.low < 0.00005
    assert close.winner == ""
    assert ab_verdict(("a", 0, 50), ("b", 9, 50)).winner == ""
    assert "too few" in ab_verdict(("a", 0, 50), ("b", 9, 50)).says


def test_theory_of_many_pairs_luck_names_few_winners() -> None:
    """Theory: twelve pairs of equal ads; any winner at all in about one report of twenty, or fewer."""
    draw = np.random.default_rng(7)
    named = 0
    for _ in range(400):
        clicks = draw.binomial(4_000, 0.012, (12, 2)).tolist()
        named += any(ab_verdict(("a", a, 4_000), ("b", b, 4_000), 12).winner for a, b in clicks)
    assert named / 400 <= 0.08


def test_worked_example_wear_is_put_together_until_it_can_be_believed() -> None:
    """Worked example: ten clicks make a point; what is left at the end joins the last."""
    wear = pd.DataFrame(
        {
            "nth": [1, 2, 3, 4, 5],
            "impressions": [1_000, 500, 400, 300, 9],
            "inline_link_clicks": [20, 6, 5, 0, 1],
        }
    )
    steps = worn(wear)
    assert [(step.title, step.impressions, step.clicks) for step in steps] == [
        ("1", 1_000, 20),
        ("2–5", 1_209, 12),
    ]
    assert all(low <= step.rate <= high for step in steps for low, high in [step.interval])
    assert worn(wear.head(0)) == []
    many = pd.DataFrame(
        {"nth": range(1, 101), "impressions": [1_000] * 100, "inline_link_clicks": [15] * 100}
    )
    assert 2 <= len(worn(many)) <= MOST_STEPS


def test_law_money_left_by_a_late_post_is_explained() -> None:
    """Law: a set that waited a week for its post says so; a small rest is said to be usual."""
    month = advertised()
    late = tuple(
        replace(ad, published=replace(ad.published, post_time=7 * 1_440))
        if ad.ad_set.name == "everybody"
        else ad
        for ad in month.log.ads
    )
    said = " ".join(ad_sentences(replace(month, log=replace(month.log, ads=late)).insights))
    assert "the post that it shows came out after the set had begun" in said
    left = month.insights.advertising.ad_sets.set_index("adset_name")["unspent"]
    assert ("everybody (" in " ".join(ad_sentences(month.insights))) is bool(left["everybody"] >= 0.01)


def test_law_nothing_spent_is_said_in_words() -> None:
    """Law: ads that were never shown cost nothing, and no sum of 0.00 is told."""
    none = log_with(
        {name: [] for name in ("time", "person", "ad", "actions", "micros")}, {"time": [], "person": []}
    )
    said = ad_sentences(none.insights)
    assert said[0].startswith("Nothing was spent on ads")
    assert "0.00 was spent" not in " ".join(said)


def test_invariant_people_who_saw_an_ad_are_in_the_reach_told() -> None:
    """Invariant: the large number is of posts, and says how many saw a post or an ad."""
    insights = advertised().insights
    words = {figure.title: figure.of_what for figure in key_figures(insights)}
    assert f"{people_reached(insights.month):,} saw a post or an ad" in words["reach"]
    assert f"{insights.summary['ad_reach']:,} people saw an ad" in words["spent on ads"]
    assert people_reached(insights.month) >= insights.summary["ad_reach"]
