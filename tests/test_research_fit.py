"""The fit to a page's own posts: made-up pages whose rows are known, and the real one where it is."""

from __future__ import annotations

import os
from datetime import datetime, timedelta
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.real_page import CLIENT, PROFILE, dated, figures, find_file, main, read_posts
from simulator.errors import SimulatorError
from simulator.network.appeal import PARTS
from simulator.parameters import model_parameters
from simulator.playbook.captions import read_caption
from simulator.research.findings import (
    CAUSES,
    causes,
    median_regression,
    spread_beyond_chance,
    true_ratio,
    unpaid,
)
from simulator.research.fit import fit
from simulator.research.profile import Profile, read_profile
from simulator.research.rehearsal import COLUMNS, Rehearsal, made_up_text
from simulator.world.clients import load_client

DATA = Path(os.environ.get("MSIMAMIZI_REAL_PAGE", "no-such-folder"))
needs_data = pytest.mark.skipif(
    find_file(DATA) is None, reason="the real posts are not here (MSIMAMIZI_REAL_PAGE names their folder)"
)


def made_up_rows(months: tuple[int, ...] = (5, 7), posts: int = 14, followers: int = 3000) -> pd.DataFrame:
    """A calendar without outcomes: every other post sells, every fifth is a text."""
    rows = [
        {
            "month": month,
            "posting_time": datetime(2014, month, 1, 12) + timedelta(days=2 * k, hours=k % 5),
            "format": "text" if k % 5 == 4 else "photo",
            "purpose": "sell" if k % 2 else "inform",
            "paid": k == 3,
            "followers": followers,
        }
        for month in months
        for k in range(posts)
    ]
    empty = dict.fromkeys(COLUMNS[6:], 100)
    return pd.DataFrame(rows).assign(**empty)


def a_page(changes: dict[str, float]) -> Rehearsal:
    """A page whose outcomes the model made under ``changes``, to be fitted without knowing them."""
    rehearsal = Rehearsal(made_up_rows(), load_client(CLIENT), scale=1.0)
    played = rehearsal.pooled(dict.fromkeys((5, 7), changes), (8, 9))
    return Rehearsal(played, load_client(CLIENT), scale=1.0)


def test_a_fit_finds_a_level_it_was_not_told():
    """Theory: posts made under other rows have their medians met by the fit, far from the defaults."""
    told = {"feed.competition": 4.0, "response.like": -3.6, "response.open": -1.6}
    page = a_page(told)
    rounds: list[tuple[int, int]] = []
    profile = fit(page, (5, 7), seeds=(1,), rounds=3, round_done=lambda *done: rounds.append(done))
    assert rounds == [(1, 3), (2, 3), (3, 3)]
    again = page.pooled({month: profile.at(month) for month in (5, 7)}, (1,))
    real, found = figures(unpaid(page.rows, (5, 7))), figures(unpaid(again, (5, 7)))
    for name in ("reach_share", "engaged_rate", "interaction_rate"):
        assert abs(np.log(np.median(found[name]) / np.median(real[name]))) < 0.3, name
    assert profile.values["feed.competition"] > model_parameters()["feed.competition"] + 0.6


@pytest.mark.parametrize("told", [0.1, 1.5])
def test_a_fit_finds_how_much_posts_differ_in_opens(told: float):
    """Theory: posts that differ less or more in opens than the model's: three rounds on 52 posts go a
    third of the way at least; comments and shares take their spread from the counts.
    """
    usual = model_parameters()["appeal.open_spread"]
    page = a_page({"appeal.open_spread": told, "feed.competition": 1.0})
    found = fit(page, (5, 7), seeds=(1,), rounds=3).values
    assert abs(np.log(found["appeal.open_spread"] / told)) < abs(np.log(usual / told)) * 2 / 3
    liked = unpaid(page.rows, (5, 7)).query("reactions > 0")
    for action, column in (("comment", "comments"), ("share", "shares")):
        counts, likes = (liked[name].to_numpy(float) for name in (column, "reactions"))
        assert found[f"appeal.{action}_spread"] == spread_beyond_chance(counts, likes)


def test_counts_at_the_size_of_the_page_know_what_a_post_is_talked_about():
    """Theory: in a small town comments are drawn at the page's size, with the post's own luck in them."""
    page = Rehearsal(made_up_rows(followers=20_000), load_client(CLIENT), scale=0.2)
    rows = page.played({"appeal.comment_spread": 3.0, "response.comment": -1.0, "response.like": -2.0}, 5, 1)
    model = page.client.hidden.parameters
    assert model["appeal.comment_spread"] < 2
    assert np.log((rows["comments"] + 1) / (rows["reactions"] + 1)).std() > 1.5


def test_a_rehearsal_is_the_same_every_time():
    """Golden: the same rows, rows of the model, month and world give the same outcomes."""
    page = Rehearsal(made_up_rows(posts=4), load_client(CLIENT), scale=0.5)
    pd.testing.assert_frame_equal(page.played({}, 5, 1), page.played({}, 5, 1))


def test_nobody_reacts_who_was_not_reached():
    """Invariant: reactions <= engaged <= reach <= impressions for every post."""
    rows = Rehearsal(made_up_rows(posts=6), load_client(CLIENT), scale=1.0).played({}, 5, 1)
    assert (rows["reactions"] <= rows["engaged"]).all()
    assert (rows["engaged"] <= rows["reach"]).all()
    assert (rows["reach"] <= rows["impressions"]).all()


def test_over_several_worlds_a_post_meets_every_part_of_its_luck():
    """Invariant: with four worlds the four lucks of a post lie in the four quarters."""
    page = Rehearsal(made_up_rows(), load_client(CLIENT))
    for number in (5003, 7001):
        luck, quarters = page._world(1).luck, []
        for place in range(4):
            text = page._text(number, luck, (place, 4))
            quarters.append([int(4 * share) for share in page._luck_shares(text, luck)])
        assert np.array(quarters).shape == (4, len(PARTS))
        for part in zip(*quarters, strict=True):
            assert sorted(part) == [0, 1, 2, 3]


@given(st.integers(1, 10**6))
def test_made_up_texts_say_nothing(number: int):
    """Invariant: what is declared of a made-up text stands, and no two are alike."""
    text = made_up_text(number)
    assert text != made_up_text(number + 1)
    assert read_caption(text, client=None, purpose="talk", topic="x").purpose == "talk"


def test_rows_without_a_column_are_refused_by_name():
    """Extreme: a table that lacks columns is refused with all their names."""
    with pytest.raises(SimulatorError, match="paid, shares"):
        Rehearsal(made_up_rows().drop(columns=["paid", "shares"]), load_client(CLIENT))


@settings(max_examples=20)
@given(st.floats(-3, 3), st.floats(-1, 1), st.integers(0, 1000))
def test_a_median_regression_finds_the_line(level: float, slope: float, seed: int):
    """Theory: wild posts on one side do not move the line through the others."""
    generator = np.random.default_rng(seed)
    x = generator.uniform(-3, 3, 200)
    outcome = level + slope * x + generator.normal(0, 0.05, 200)
    outcome[:20] += 50
    found = median_regression(outcome, np.column_stack([np.ones(200), x, np.zeros(200)]))
    assert found == pytest.approx([level, slope, 0], abs=0.1)


@settings(max_examples=20)
@given(st.floats(0.02, 0.5), st.integers(0, 1000))
def test_a_ratio_is_found_behind_small_counts(ratio: float, seed: int):
    """Theory: the ratio behind Poisson counts, though the median of count ratios is not it."""
    generator = np.random.default_rng(seed)
    common = generator.integers(40, 400, 3000).astype(float)
    assert true_ratio(generator.poisson(ratio * common).astype(float), common) == pytest.approx(
        ratio, rel=0.15
    )


@settings(max_examples=10, deadline=None)
@given(st.floats(0.3, 1.2), st.integers(0, 1000))
def test_a_spread_is_found_behind_small_counts(spread: float, seed: int):
    """Theory: posts that differ by a lognormal are told from posts that differ by chance, and their
    median ratio is found all the same.
    """
    generator = np.random.default_rng(seed)
    common = generator.integers(40, 400, 1500).astype(float)
    ratios = 0.05 * np.exp(spread * generator.normal(size=len(common)))
    rare = generator.poisson(ratios * common).astype(float)
    found = spread_beyond_chance(rare, common)
    assert found == pytest.approx(spread, abs=0.1)
    assert true_ratio(rare, common, found) == pytest.approx(0.05, rel=0.2)


def test_counts_that_differ_by_chance_alone_have_no_spread():
    """Extreme: one ratio for all posts leaves nothing to explain; no counts at all neither."""
    common = np.full(800, 150.0)
    rare = np.random.default_rng(2).poisson(0.1 * common).astype(float)
    assert spread_beyond_chance(rare, common) < 0.12
    assert np.isfinite(spread_beyond_chance(np.zeros(30), np.full(30, 20.0)))


def test_causes_are_one_where_they_are():
    """Invariant: level everywhere, trend from the middle of the year, ones for format and purpose."""
    table = causes(made_up_rows(months=(7,), posts=5))
    assert table[:, 0].tolist() == [1] * 5
    assert table[:, 1].tolist() == [1] * 5
    assert table[:, CAUSES.index("purpose.sell")].tolist() == [0, 1, 0, 1, 0]
    assert table[:, CAUSES.index("format.text")].tolist() == [0, 0, 0, 0, 1]


def test_a_profile_is_read_as_it_was_written(tmp_path: Path):
    """Invariant: writing and reading keep values and drift."""
    profile = Profile({"feed.competition": 3.25, "format.text.feed": -0.5}, {"feed.competition": 0.125})
    profile.write(tmp_path / "page.toml", "a test", ["on top"])
    assert read_profile(tmp_path / "page.toml") == profile


def test_the_shipped_profile_is_one_the_model_takes():
    """Invariant: every row is one of the model's; the client of the benchmark is played with them."""
    shipped = read_profile(PROFILE)
    parameters = model_parameters("facebook_2014")
    assert {name: parameters[name] for name in shipped.values} == dict(shipped.values)
    assert load_client(CLIENT).file.profile == "facebook_2014"


def test_without_the_posts_the_benchmark_says_so(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    """Extreme: no data gives exit code 2 and the name of the file that is missed."""
    assert main(["--data", str(tmp_path)]) == 2
    assert "posts_odd_months.csv" in capsys.readouterr().err


def test_dates_keep_order_and_weekday():
    """Invariant: the earliest dates in order; spare weeks go where followers grow."""
    month = pd.DataFrame(
        {"month": 3, "weekday": [7, 1, 1, 3], "hour": [5, 2, 10, 9], "followers": [100, 101, 140, 141]}
    )
    times = dated(month)["posting_time"]
    assert [time.isoweekday() % 7 + 1 for time in times - pd.Timedelta(hours=8)] == [7, 1, 1, 3]
    assert times.is_monotonic_increasing
    assert times[2] - times[1] > pd.Timedelta(days=7)


@needs_data
def test_the_real_calendar_is_read_whole():
    """Invariant: 231 posts in six months, in order, inside their month."""
    path = find_file(DATA)
    assert path is not None
    rows = read_posts(path)
    assert len(rows) == 231
    assert sorted(rows["month"].unique()) == [1, 3, 5, 7, 9, 11]
    for month, posts in rows.groupby("month"):
        assert posts["posting_time"].is_monotonic_increasing
        assert ((posts["posting_time"] - pd.Timedelta(hours=8)).dt.month == month).all()
