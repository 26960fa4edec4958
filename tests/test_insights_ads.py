"""Results of ads: counted by hand, adding up, and said in words that are true."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import datetime
from functools import cache
from itertools import pairwise
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.insights.ad_report import ad_section
from simulator.insights.ad_spend import shared
from simulator.insights.ad_tables import BREAKDOWNS, AdTables, all_breakdowns
from simulator.insights.ad_words import few, verdicts
from simulator.insights.attribution import attributed_sales
from simulator.insights.month import Month, run_month
from simulator.insights.report import report_html
from simulator.insights.table_files import write_tables
from simulator.network.billing import largest_remainder
from simulator.playbook.ads import Ad, AdPlan, AdSet
from simulator.playbook.plan import ContentPlan
from simulator.playbook.playbook import Playbook
from simulator.world.clients import load_client
from tests.advertised_months import CLICK, SELLING, advertised, log_with, small
from tests.experiments import Plan, playbook


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
    early = month.insights.ads_known(10)
    assert early.ads["impressions"].sum() == (month.log.ad_views.time < 10 * 1_440).sum()
    assert early.ads["spend"].sum() < month.insights.ads["spend"].sum()


DAY = 9


@cache
def begun_alike() -> tuple[Month, Month]:
    """Two months that are one until the morning of day 9, and have other sets and posts from then on."""
    client = load_client("online-shop")
    kind = ("photo", "sell", "Pans", SELLING, client.topic_names[1])
    shown = AdSet("s", "all", "LINK_CLICKS", daily_budget_cents=40_000, ads=(Ad("a", *kind), Ad("b", *kind)))
    spent = AdSet("s", "sum", "PURCHASES", lifetime_budget_cents=90_000, ads=(Ad("c", *kind),))
    later = replace(shown, name="later", goal="FOLLOWS", start=datetime(2027, 3, 10))
    busy = playbook(client, Plan(posts=12)).plan
    turn = datetime(2027, 3, 10)
    until_then = ContentPlan(tuple(post for post in busy.posts if post.posting_time < turn))
    plans = (
        Playbook(None, busy, AdPlan((later, shown, spent))),
        Playbook(None, until_then, AdPlan((shown, spent))),
    )
    first, second = (run_month(client, plan, people=6_000) for plan in plans)
    return first, second


def tables_of(known: AdTables) -> dict[str, pd.DataFrame]:
    return {"ads": known.ads, "sets": known.ad_sets, "wear": known.wear, "groups": all_breakdowns(known)}


@pytest.mark.parametrize("day", [0, 1, 5, DAY])
def test_invariant_nothing_that_comes_later_is_known(day: int) -> None:
    """Invariant: every ad table of a morning is the same whatever happens from then on."""
    one, other = (tables_of(month.insights.ads_known(day)) for month in begun_alike())
    for name, table in one.items():
        pd.testing.assert_frame_equal(table, other[name])
    assert one["sets"]["adset_name"].tolist() == (["all", "sum"] if day else [])


def test_invariant_the_last_morning_knows_the_month() -> None:
    """Invariant: what is known grows from morning to morning and is all there is in the end; the months of
    the test above did differ by then.
    """
    first, second = begun_alike()
    for name, table in tables_of(first.insights.ads_known(28)).items():
        pd.testing.assert_frame_equal(table, tables_of(first.insights.advertising)[name])
    assert len(first.insights.ads) == 5
    assert first.insights.ads["purchase"].sum() != second.insights.ads["purchase"].sum()
    grown = [
        first.insights.ads_known(day).ads.reset_index()[["purchase", "reach", "spend"]].sum()
        for day in range(29)
    ]
    assert all((now >= before).all() for before, now in pairwise(grown))


def test_worked_example_a_sale_is_known_from_the_morning_after() -> None:
    """Worked example: of a click on day 0 that sells on day 1 the first morning knows the click alone."""
    month = log_with(
        {"time": [100], "person": [1], "ad": [0], "actions": [CLICK], "micros": [100_000]},
        {"time": [1_500], "person": [1]},
    )
    known = [month.insights.ads_known(day).ads.loc[0] for day in (1, 2)]
    assert [row["inline_link_clicks"] for row in known] == [1, 1]
    assert [row["purchase"] for row in known] == [0, 1]
    assert [str(row["date_stop"].date()) for row in known] == ["2027-03-01", "2027-03-02"]


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
    assert month.worth_cents == pytest.approx(
        added + month.carry_over.cents - month.ad_spend_cents - month.worth.hours
    )


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
