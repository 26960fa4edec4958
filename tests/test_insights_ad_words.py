"""What is said of ads: verdicts, wear, money that is left, people reached."""

from __future__ import annotations

import re
from dataclasses import replace
from xml.etree import ElementTree

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.insights.ab_test import ab_verdict, tries_needed, wilson
from simulator.insights.ad_charts import AD_CHARTS
from simulator.insights.ad_tables import people_reached
from simulator.insights.ad_words import MOST_VERDICTS, ad_sentences, verdicts
from simulator.insights.drawing import WIDTH_INCHES
from simulator.insights.headline import key_figures
from simulator.insights.month import run_month
from simulator.insights.wear import MOST_STEPS, worn
from simulator.playbook.ads import Ad, AdPlan, AdSet
from simulator.playbook.playbook import Playbook
from simulator.world.clients import load_client
from tests.advertised_months import SELLING, advertised, log_with, six_texts
from tests.experiments import Plan, playbook


def test_law_money_that_is_left_is_explained() -> None:
    """Law: the set with too few people and the one the platform refused are named, the other is not."""
    said = " ".join(ad_sentences(advertised().insights))
    assert "few: " in said
    assert "nobody: " in said
    assert "everybody: " not in said


def test_law_pennies_are_named_as_such() -> None:
    """Law: a budget of less than an impression a day is not blamed on the audience."""
    client = load_client("online-shop")
    ad = Ad("one", "photo", "sell", "", SELLING, client.topic_names[1])
    shown = AdSet("c", "pennies", "REACH", daily_budget_cents=8, ads=(ad,))
    month = run_month(client, Playbook(ads=AdPlan((shown,))), people=2_000, days=7)
    assert re.search("pennies: .*hardly pays for one impression", " ".join(ad_sentences(month.insights)))


def test_law_a_boosted_post_that_was_never_made_is_named() -> None:
    """Law: money for a post that there was no time for is left for that reason."""
    client = load_client("online-shop")
    posts = playbook(client, Plan(posts=260, days=7, last_day=7)).plan
    late = max(posts.posts, key=lambda post: post.posting_time)
    shown = AdSet("c", "late", "REACH", daily_budget_cents=5_000, ads=(Ad.boosting("one", late),))
    month = run_month(client, Playbook(plan=posts, ads=AdPlan((shown,))), people=1_000, days=7)
    assert "was not made while the set ran, as there was no time" in " ".join(ad_sentences(month.insights))


def test_law_ads_that_start_apart_are_no_test() -> None:
    """Law: a boosted post that comes out later is not held against one that people have long seen."""
    client = load_client("online-shop")
    posts = playbook(client, Plan(posts=2)).plan
    boosts = tuple(Ad.boosting(f"post {k}", post) for k, post in enumerate(posts.posts))
    shown = AdSet("c", "s", "REACH", daily_budget_cents=5_000, ads=boosts)
    month = run_month(client, Playbook(plan=posts, ads=AdPlan((shown,))), people=2_000)
    assert len(month.insights.ads) == 2
    (told,) = verdicts(month.insights)
    assert "post 0 and post 1 did not start together" in told.says[0]


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
    assert "what it shows was out only after the set had begun" in said
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


def test_invariant_pictures_of_ads_fit_the_page() -> None:
    """Invariant: as narrow as the others, colours left to the page, long names cut in their middle."""
    month = advertised()
    name = "A long and honest name of an ad set for women aged 23 who like braids"
    named = tuple(replace(ad, ad_set=replace(ad.ad_set, name=name)) for ad in month.log.ads)
    insights = replace(month, log=replace(month.log, ads=named)).insights
    for draw in AD_CHARTS.values():
        svg = draw(insights).svg
        assert float(ElementTree.fromstring(svg).get("viewBox", "").split()[2]) == pytest.approx(
            72 * WIDTH_INCHES
        )
        assert not re.search(r"(?<!, )#(?:009e73|6b7f99)", svg, re.IGNORECASE)
    assert "aged 23 who like braids" in AD_CHARTS["ad-spend"](insights).svg
