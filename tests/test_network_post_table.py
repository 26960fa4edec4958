"""The table of posts: columns by hand, keys of luck, texts taken for the same."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import numpy as np
import pytest

from simulator.network.appeal import KINDS, draw_appeal
from simulator.network.log import ACTIONS
from simulator.network.post_table import SELL, PostTable, published_posts, tabulate
from simulator.playbook.captions import read_caption
from simulator.playbook.posts import Post
from simulator.randomness import Luck
from tests.experiments import neutral_text
from tests.small_months import shop

CLIENT = shop()
P = CLIENT.hidden.parameters
START = datetime.combine(CLIENT.file.month_start, datetime.min.time())
PER_POST = [name for name in PostTable.__slots__ if name != "published"]


def post(number: int = 0, **changes: Any) -> Post:
    usual = Post(START, neutral_text(number), "photo", "inform", CLIENT.topic_names[0])
    return replace(usual, posting_time=START + timedelta(hours=12 + number), **changes)


def table(*posts: Post, seed: int = 1) -> PostTable:
    return tabulate(CLIENT, published_posts(CLIENT, posts, CLIENT.file.hours_per_week), Luck(seed))


def test_invariant_every_column_has_a_row_a_post() -> None:
    """Invariant: columns are as long as the list of posts, in order of time whatever the order of
    the plan.
    """
    found = table(post(2), post(0), post(1))
    assert {len(getattr(found, name)) for name in PER_POST} == {3} == {len(found)}
    assert found.post_time.tolist() == [720, 780, 840]
    assert found.base.shape == (3, len(ACTIONS))


def test_extreme_no_posts() -> None:
    """Extreme: an empty plan is an empty table."""
    found = table()
    assert len(found) == 0
    assert found.base.shape == (0, len(ACTIONS))


def test_theory_log_odds_by_hand() -> None:
    """Theory: levels, moved by purpose, format and what the text has, each by its row, and appeal."""
    text = f"{neutral_text(0)} 24?"
    appeal = draw_appeal(Luck(1), text, read_caption(text, client=None, purpose="talk", topic=""), P)
    assert 0 not in (appeal.comment, appeal.share, appeal.open)
    found = table(post(text=text, format="text", purpose="talk"))
    for action, odds in zip(ACTIONS, found.base[0], strict=True):
        name = "like" if action == "reaction" else action
        causes = ("purpose.talk", "format.text", "caption.question", "caption.number")
        expected = P[f"response.{name}"] + sum(P.get(f"{cause}.{name}", 0.0) for cause in causes)
        expected += {"comment": appeal.comment, "share": appeal.share, "open": appeal.open}.get(name, 0.0)
        assert odds == pytest.approx(expected, rel=1e-5), action


def test_theory_predicted_engagement_by_hand() -> None:
    """Theory: the platform's value of a post: odds of each action times its weight, in log."""
    found = table(post())
    weights = [P[f"feed.{name}_weight"] for name in ("like", "comment", "share", "click", "save")]
    value = sum(np.exp(odds) * weight for odds, weight in zip(found.base[0], weights, strict=False))
    assert found.engagement[0] == pytest.approx(np.log(value), rel=1e-4)


def test_invariant_only_selling_posts_have_an_offer() -> None:
    """Invariant: an offer in a row that does not sell is no offer."""
    found = table(post(0, offer=0.2), post(1, offer=0.2, purpose="sell"))
    assert found.offer.tolist() == pytest.approx([0, 0.2])
    assert (found.purpose == SELL).tolist() == [False, True]


def test_theory_a_voice_of_its_own_moves_selling_texts_only() -> None:
    """Theory: humour in a selling text raises its likes by up to the row's size; elsewhere it changes
    nothing.
    """
    dry_words, funny = (
        f"{neutral_text(0)} order now, discount",
        f"{neutral_text(0)} order now, discount, joke",
    )
    dry, voiced = (table(post(text=text, purpose="sell")) for text in (dry_words, funny))
    assert voiced.published[0].reading.purpose == "sell"
    voice = min(1.0, voiced.published[0].reading.humour / P["brand_voice.full"])
    assert voice > 0
    moved = voiced.base[0, 0] - dry.base[0, 0]
    assert moved == pytest.approx(voice * P["brand_voice.like"], rel=1e-4)
    other, plain = (
        table(post(text=f"{neutral_text(0)}{more}", purpose="entertain")) for more in (" joke", "")
    )
    assert other.base[0, 0] == pytest.approx(plain.base[0, 0])


def test_theory_a_giveaway_draws_visits() -> None:
    """Theory: strangers follow a commercial home less often than another post, a prize more often."""
    plain, selling, prize = table(post(0), post(1, purpose="sell"), post(2, text="giveaway kafix")).visit
    assert plain == pytest.approx(P["growth.visit"], rel=1e-5)
    assert selling == pytest.approx(P["growth.visit"] + P["purpose.sell.visit"], rel=1e-5)
    assert prize == pytest.approx(P["growth.visit"] + P["giveaway.visit"], rel=1e-5)
    assert table(post(text="giveaway kafix")).giveaway.tolist() == [True]


def test_invariant_changing_one_post_leaves_the_others_luck() -> None:
    """Invariant: another text for one post keeps salt, appeal and impressions of all others as they were."""
    before = table(*(post(k) for k in range(6)))
    after = table(*(post(k, text=neutral_text(99)) if k == 3 else post(k) for k in range(6)))
    others = np.arange(6) != 3
    for name in ("salt", "feed", "response", "impressions", "engagement"):
        assert np.array_equal(getattr(before, name)[others], getattr(after, name)[others]), name
        assert getattr(before, name)[3] != getattr(after, name)[3], name
    assert np.array_equal(before.base[others], after.base[others])


def test_invariant_moving_a_post_leaves_its_luck() -> None:
    """Invariant: a post at another hour is the same post: only its time changes."""
    before, after = table(post(0), post(1)), table(replace(post(0), posting_time=START), post(1))
    for name in ("salt", "feed", "response", "impressions"):
        assert np.array_equal(getattr(before, name), getattr(after, name)), name


def test_invariant_a_repeated_text_has_luck_of_its_own_each_time() -> None:
    """Invariant: the second post with one text is seen by other people, though its appeal is the same."""
    found = table(post(0), post(1, text=neutral_text(0)))
    assert found.salt[0] != found.salt[1]
    assert found.feed[0] == found.feed[1]


def test_invariant_worlds_have_luck_of_their_own() -> None:
    """Invariant: another world seed changes luck and nothing that was planned."""
    here, there = table(post(0), seed=1), table(post(0), seed=2)
    assert here.salt[0] != there.salt[0]
    assert here.feed[0] != there.feed[0]
    plain = [ACTIONS.index(action) for action in ("reaction", "click", "save", "hide")]
    assert np.array_equal(here.base[:, plain], there.base[:, plain])
    assert not np.isclose(here.base, there.base)[0, [ACTIONS.index(kind) for kind in KINDS]].any()
    assert here.quality[0] == there.quality[0]


@pytest.mark.parametrize(
    ("texts", "creative"),
    [
        (["kafix lodox mirex", "kafix lodox mirex", "pesux"], [0, 0, 1]),
        (["kafix lodox mirex pesux towax", "kafix lodox mirex pesux", "kafix lodox"], [0, 0, 1]),
        (["KAFIX lodox", "lodox, kafix!"], [0, 0]),
        (["", "", "!!!"], [0, 1, 2]),
    ],
)
def test_theory_texts_of_four_words_in_five_are_taken_for_the_same(
    texts: Sequence[str], creative: list[int]
) -> None:
    """Theory: texts that share at least .8 of their words have one number; texts without words each their
    own.
    """
    numbers = table(*(post(k, text=text) for k, text in enumerate(texts))).creative
    assert np.unique(numbers, return_inverse=True)[1].tolist() == creative


def test_extreme_a_post_a_minute_runs_out_of_hours() -> None:
    """Extreme: of a week's posts as many are made as its hours allow, the earliest; the rest is not made."""
    posts = [
        replace(post(), posting_time=START + timedelta(minutes=k), text=f"kafix{k}x") for k in range(1_440)
    ]
    made = [published.made for published in table(*posts).published]
    room = int(CLIENT.file.hours_per_week / P["production.least_hours"] + 1e-9)
    assert made == [True] * room + [False] * (1_440 - room)


def test_theory_impressions_of_posts_have_the_median_of_their_row() -> None:
    """Theory: further times on screen differ between posts, lognormal around the row's value."""
    columns = table(*(replace(post(k % 20), text=neutral_text(k)) for k in range(600)))
    extra = columns.impressions[[published.made for published in columns.published]]
    assert np.median(extra) == pytest.approx(P["feed.extra_impressions"], rel=0.06)
    assert np.log(extra).std() == pytest.approx(P["feed.extra_impressions_spread"], rel=0.15)
