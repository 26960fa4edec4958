"""The tables: every figure of a small month by hand, and what must hold in any month."""

from __future__ import annotations

import csv
import io
import json
import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from simulator.insights.columns import DAILY, POST_FACTS, POST_FIGURES
from simulator.insights.counting import different
from simulator.insights.table_files import write_tables
from simulator.insights.tables import SUMMARY
from tests.example_months import empty_month, large_month, small_month


@pytest.fixture(scope="module")
def small():
    return small_month().insights


@pytest.fixture(scope="module")
def large():
    return large_month().insights


def test_posts_of_the_small_month(small):
    """Theory: counted on paper."""
    posts = small.posts
    expected = {
        "impressions": [4, 4, 0],
        "reach": [3, 2, 0],
        "follower_reach": [2, 1, 0],
        "friend_reach": [1, 0, 0],
        "recommended_reach": [0, 1, 0],
        "reactions": [1, 0, 0],
        "comments": [1, 0, 0],
        "shares": [0, 0, 0],
        "clicks": [0, 1, 0],
        "saves": [0, 0, 0],
        "hides": [0, 1, 0],
        "opens": [1, 0, 0],
        "interactions": [2, 0, 0],
        "engagements": [2, 1, 0],
        "engaged_people": [2, 2, 0],
        "unfollows": [0, 1, 0],
        "visits": [1, 0, 0],
        "new_followers": [1, 0, 0],
        "sales": [0, 1, 0],
        "made": [True, True, False],
    }
    assert {name: posts[name].tolist() for name in expected} == expected
    assert posts["frequency"].tolist()[:2] == pytest.approx([4 / 3, 2])
    assert posts["engagement_rate"].tolist()[:2] == pytest.approx([2 / 3, 1 / 2])
    assert math.isnan(posts["engagement_rate"][2])


def test_days_of_the_small_month(small):
    """Theory: counted on paper; a person reached twice on a day is one person."""
    daily = small.daily
    expected = {
        "weekday": ["Mon", "Tue"],
        "followers": [4, 3],
        "new_followers": [1, 0],
        "unfollows": [0, 1],
        "visits": [1, 1],
        "impressions": [4, 4],
        "reach": [3, 2],
        "interactions": [2, 0],
        "engagements": [2, 1],
        "posts": [1, 1],
        "sales": [0, 2],
        "sales_to_others": [0, 1],
        "revenue_cents": [0, 4500],
        "margin_cents": [0, 1500],
        "expected_margin_cents": [120.5, 900.0],
    }
    assert {name: daily[name].tolist() for name in expected} == expected
    assert daily["date"].dt.strftime("%Y-%m-%d").tolist() == ["2027-03-01", "2027-03-02"]


def test_audience_of_the_small_month(small):
    """Theory: who follows, by the bands of the trade, gender and city."""
    groups = small.audience.set_index(["by", "group"])
    assert groups.loc["age", "followers_start"].tolist() == [2, 1, 0, 0, 0, 0, 0]
    assert groups.loc["age", "followers"].tolist() == [1, 1, 1, 0, 0, 0, 0]
    assert groups.loc["gender", "followers"].to_dict() == {"men": 1, "women": 2}
    assert groups.loc["city", "followers"].to_dict() == {"Mwanga": 1, "Kijani": 2}
    assert groups.loc["city", "reach"].to_dict() == {"Mwanga": 2, "Kijani": 1}


def test_heat_map_of_the_small_month(small):
    """Theory: Monday 09, 10 and 16 o'clock once each, Tuesday 18 o'clock twice."""
    cells = small.heat_map
    assert cells.loc["Mon", [9, 10, 16]].tolist() == [1, 1, 1]
    assert cells.loc["Tue", 18] == 2
    assert cells.to_numpy().sum() == 5


def test_summary_of_the_small_month(small):
    """Golden: the keys in their order, the pooled rate, the reach of different people."""
    summary = small.summary
    assert tuple(summary) == SUMMARY
    assert summary["reach"] == 3
    assert summary["engagements"] == 3
    assert summary["engagement_rate"] == pytest.approx(3 / 5)
    assert summary["engaged_people"] == 2
    assert summary["hours_worked"] == 3.0
    assert (summary["sales"], summary["revenue_cents"], summary["margin_cents"]) == (2, 4500, 1500)
    assert (summary["seed"], summary["world_seed"], summary["client_seed"]) == (11, 11, 7)
    assert all(type(value) in (int, float, str) for value in summary.values())


@pytest.mark.parametrize(
    "month", [small_month(), large_month(), empty_month()], ids=["small", "large", "empty"]
)
def test_columns_are_the_promised_ones(month):
    """Invariant: the same columns whatever happened."""
    insights = month.insights
    assert tuple(insights.posts) == POST_FACTS + POST_FIGURES
    assert tuple(insights.daily) == DAILY
    assert insights.heat_map.shape == (7, 24)
    assert len(insights.daily) == month.days
    assert len(insights.posts) == len(month.log.posts)


def test_what_holds_in_any_month(large):
    """Invariant: reach <= impressions, sources sum to reach, days sum to the month, nobody is lost."""
    posts, daily, summary = large.posts, large.daily, large.summary
    assert (posts["reach"] <= posts["impressions"]).all()
    assert (posts["engaged_people"] <= posts["reach"]).all()
    sources = posts["follower_reach"] + posts["friend_reach"] + posts["recommended_reach"]
    assert (sources == posts["reach"]).all()
    for name in ("impressions", "interactions", "engagements"):
        assert posts[name].sum() == daily[name].sum() == summary[name]
    for name in ("new_followers", "unfollows", "sales", "revenue_cents", "margin_cents"):
        assert daily[name].sum() == summary[name]
    assert daily["reach"].max() <= summary["reach"] <= daily["reach"].sum()
    assert daily["followers"].iloc[-1] == summary["followers_end"]
    assert large.heat_map.to_numpy().sum() == posts["reach"].sum()


def test_the_audience_adds_up(large):
    """Invariant: each way to split the town holds everybody; start + won - lost = end."""
    audience = large.audience
    change = audience["new_followers"] - audience["unfollows"]
    assert (audience["followers_start"] + change == audience["followers"]).all()
    sums = audience.groupby("by")[["followers", "reach", "people"]].sum()
    assert set(sums["followers"]) == {large.summary["followers_end"]}
    assert set(sums["reach"]) == {large.summary["reach"]}
    assert set(sums["people"]) == {20_000}
    assert np.allclose(audience.groupby("by")["share"].sum(), 1)


def test_an_empty_month_has_zeros_and_undefined_shares():
    """Extreme: nobody did anything: no warning, no error, NaN where a share has no whole."""
    insights = empty_month(days=3).insights
    assert insights.daily["impressions"].tolist() == [0, 0, 0]
    assert math.isnan(insights.summary["engagement_rate"])
    assert insights.audience["share"].isna().all()


@settings(max_examples=50, deadline=None)
@given(st.lists(st.integers(0, 30), max_size=60))
def test_different_counts_as_a_set_does(people):
    """Theory: the one-pass count equals the size of the set."""
    assert different(np.array(people, np.int32), 31) == len(set(people))


def _rows(path):
    return list(csv.DictReader(io.StringIO(path.read_text(encoding="utf-8"))))


def test_files_are_what_the_tables_are(tmp_path, small):
    """Golden: CSV and JSON read back give the tables' figures; undefined is empty, and null."""
    paths = write_tables(small, tmp_path / "new" / "folder")
    assert [path.name for path in paths] == ["posts.csv", "daily.csv", "summary.json"]
    rows = _rows(paths[0])
    assert [row["posting_time"] for row in rows][:1] == ["2027-03-01 09:00"]
    assert [row["posted_time"] for row in rows if row["made"] == "True"][:1] == ["2027-03-01 09:00"]
    assert {row["posted_time"] for row in rows if row["made"] == "False"} <= {""}
    assert rows[0]["engagement_rate"] == "0.666667"
    assert rows[2]["engagement_rate"] == ""
    assert _rows(paths[1])[0]["date"] == "2027-03-01"
    assert json.loads(paths[2].read_text(encoding="utf-8"))["reach"] == 3
    write_tables(empty_month().insights, tmp_path)
    assert json.loads((tmp_path / "summary.json").read_text(encoding="utf-8"))["engagement_rate"] is None


def test_writing_twice_gives_the_same_bytes_and_leaves_nothing_else(tmp_path):
    """Golden: same month, same files; no temporary file stays behind."""
    first = [path.read_bytes() for path in write_tables(large_month().insights, tmp_path)]
    second = [path.read_bytes() for path in write_tables(large_month().insights, tmp_path)]
    assert first == second
    assert sorted(path.name for path in tmp_path.iterdir()) == ["daily.csv", "posts.csv", "summary.json"]


def test_tables_of_an_earlier_month_with_ads_are_taken_away(tmp_path):
    """Invariant: a month without ads leaves no table of ads, and touches nothing else."""
    for name in ("ads_results.csv", "ad_breakdowns.csv", "notes.csv"):
        (tmp_path / name).write_text("old", encoding="utf-8")
    write_tables(small_month().insights, tmp_path)
    found = sorted(path.name for path in tmp_path.iterdir())
    assert found == ["daily.csv", "notes.csv", "posts.csv", "summary.json"]
