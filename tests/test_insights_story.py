"""The story: computed, said only when true, at most twelve sentences."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import numpy as np
import pytest

from simulator.insights.story import MOST_SENTENCES, PARTS, story
from simulator.insights.story_audience import FEW_LOSSES
from simulator.insights.told import FEW_POSTS
from simulator.insights.words import ranked, when
from simulator.parameters import Parameters
from tests.example_months import START, empty_month, large_month, published, small_month, with_posts


def told(month, **against):
    """The whole story as one text with plain spaces."""
    parts = story(month.insights, **against).values()
    return " ".join(sentence for part in parts for sentence in part).replace("\N{NO-BREAK SPACE}", " ")


def changed(month, **facts):
    """The month with other facts on its posts."""
    posts = (replace(one, post=replace(one.post, **facts)) for one in month.log.posts)
    return with_posts(month, tuple(posts))


def at_hour(month, hour):
    """The month with every post at one hour of its day."""
    posts = []
    for one in month.log.posts:
        moment = one.post.posting_time.replace(hour=hour)
        posts.append(replace(one, post=replace(one.post, posting_time=moment)))
    return with_posts(month, tuple(posts))


@pytest.mark.parametrize("month", [small_month(), large_month(), empty_month()])
def test_at_most_twelve_sentences_under_known_headings(month):
    """Invariant: the story is short, its headings are in order, and no sentence is empty."""
    parts = story(month.insights, nothing=1_000.0, before=large_month(days=56).insights)
    assert list(parts) == [name for name in PARTS if name in parts]
    assert sum(map(len, parts.values())) <= MOST_SENTENCES
    assert all(sentence for part in parts.values() for sentence in part)


def test_best_and_worst_come_with_a_word_about_luck():
    """Theory: the best post is the first of the ranking, the worst the last; both are mostly luck."""
    month = large_month()
    order, words = ranked(month.insights.posts), told(month)
    assert when(order.iloc[0]["posting_time"]) in words
    assert when(order.iloc[-1]["posting_time"]) in words
    assert "mostly luck" in words
    assert "hours had run out: 1" in words


def test_an_empty_month_is_told_in_short():
    """Extreme: nothing happened, and that is what is told."""
    parts = story(empty_month().insights)
    assert sum(map(len, parts.values())) == 4
    assert "visits" not in " ".join(parts["audience"])
    assert parts["posts"] == ["Nothing went out."]


def test_losses_are_told_for_a_thousand_reached():
    """Theory: one follower left over two people reached by selling posts, none over three others."""
    words, caveat = told(small_month()), "is decided by chance more than by the posts"
    assert "selling posts cost 500.0 followers for every 1,000 people reached (1 of 2)" in words
    assert "other posts 0.0 (0 of 3)" in words
    assert caveat in words
    large = large_month()
    posts = large.insights.posts.query("made")
    few = min(posts.groupby(posts["purpose"] == "sell")["unfollows"].sum()) < FEW_LOSSES
    assert (caveat in told(large)) is few


def test_worth_is_split_and_set_against_nothing():
    """Theory: 523 = 113 + 410, which is 23 more than 500; a forecast has no cents."""
    words = told(small_month(), nothing=50_000.0)
    assert "worth 523 to" in words
    assert "113 of margin" in words
    assert "added 23," in words
    assert "took 77 away" in told(small_month(), nothing=60_000.0)
    assert "worth the same" in told(small_month(), nothing=52_346.0)
    assert "nothing been posted" not in told(small_month())


def test_sales_name_margin_revenue_and_where_they_came_from():
    """Theory: the small month's two sales."""
    words = told(small_month())
    assert "2 sales for 45.00, of which 15.00 is margin" in words
    assert "1 to followers, 1 to other people" in words
    assert "1 on the spot from a selling post, 1 later" in words


@pytest.mark.parametrize(("offer", "loses"), [(0.39, False), (0.4, False), (0.41, True)])
def test_an_offer_deeper_than_the_margin_is_named(offer, loses):
    """Extreme: the pan's margin is 40 %; a deeper offer loses money, an equal one does not."""
    month = changed(small_month(), topic="kitchen", purpose="sell", offer=offer)
    assert ("lose money" in told(month)) is loses
    assert ("pan: margin 40 %" in told(month)) is loses


def test_an_offer_on_a_post_that_does_not_sell_is_no_offer():
    """Extreme: only selling posts carry offers."""
    assert "lose money" not in told(changed(small_month(), topic="kitchen", purpose="inform", offer=0.5))


@pytest.mark.parametrize(("length", "said"), [(2, False), (3, True), (6, True)])
def test_a_streak_of_selling_posts_is_named(length, said):
    """Extreme: two in a row are none, three are one, and its ends are named."""
    days = [datetime(START.year, START.month, START.day, 12) + timedelta(days=day) for day in range(9)]
    posts = [
        published(day, f"Text {number}", "sell" if 1 <= number <= length else "talk", "kitchen")
        for number, day in enumerate(days)
    ]
    words = told(with_posts(replace(small_month(), days=9), tuple(posts)))
    assert (f"{length} selling posts followed one another" in words) is said
    assert (f"from {when(days[1])} to {when(days[length])}" in words) is said


def test_quiet_hours_are_named_when_there_are_some():
    """Law: hardly anybody is online at three in the morning, many are in the evening."""
    assert "fewer than half as many followers are online" in told(at_hour(large_month(), 3))
    assert "fewer than half as many followers are online" not in told(at_hour(large_month(), 20))


def test_medians_are_said_and_so_is_that_they_are_of_few():
    """Extreme: one selling post against one other is a comparison of too few."""
    assert "medians" in told(small_month())
    assert "One of these two rests on 1 post: too few" in told(small_month())
    kinds = large_month().insights.posts["purpose"].value_counts()
    assert kinds["sell"] >= FEW_POSTS
    assert "too few to conclude" not in told(large_month())


def test_what_is_usual_is_told_for_as_many_days():
    """Theory: 140 won in 56 days are 70 in a usual month."""
    words = told(large_month(), before=large_month(days=56).insights)
    assert "In a usual month before: 70 won, 30 lost." in words


def test_expected_margin_is_told_beside_that_of_a_usual_month():
    """Theory: 1,020.50 cents of chances in two days, and as many cents of the usual two days before."""
    assert "like for like" not in told(small_month())
    same = told(small_month(), before=small_month().insights)
    assert "gave 10 of margin in these 2 days, and 10 in 2 usual days before: the same." in same
    before = large_month(days=56).insights
    usual = round(before.month.log.expected_margin.sum() / 28 / 100)
    words = told(small_month(), before=before)
    assert f"and {usual} in 2 usual days before: {usual - 10} less." in words


def test_quiet_hours_have_the_usual_reach_beside_them():
    """Law: a share of followers reached stands beside that of the months before, where they are known."""
    month, before = at_hour(large_month(), 3), large_month(days=56).insights
    posts = before.posts[before.posts["made"]]
    usual = float(posts["follower_reach"].median()) / before.summary["followers_start"]
    assert "the middle one of all posts" not in told(month)
    sentence = f"In a usual month before the middle one of all posts reached {100 * usual:.1f} %."
    assert sentence in told(month, before=before)


def test_online_followers_are_one_in_the_average_hour():
    """Theory: the relative curve has mean 1, and is 0 where nobody follows."""
    assert large_month().insights.online.mean() == pytest.approx(1, rel=1e-4)
    assert np.all(empty_month().insights.online == 0)


def test_where_followers_came_from_is_told():
    """Theory: the small month's one new follower came through a post; of two visitors one stayed."""
    words = told(small_month())
    assert "Of those won, 1 came through posts, and 0 looked the page up" in words
    assert "It had 2 visits by people who did not follow it; 50.0 % of them ended with a follow." in words
    assert "In a usual month before: 100.0 %." in told(large_month(), before=large_month(days=56).insights)


def worked(hours):
    """The small month where the work put into a photo and a post's hours are known."""
    month = small_month()
    hidden = replace(month.client.hidden, parameters=Parameters({"production.half_photo": 0.6}))
    posts = tuple(replace(one, hours=spent) for one, spent in zip(month.log.posts, hours, strict=True))
    return with_posts(replace(month, client=replace(month.client, hidden=hidden)), posts)


@pytest.mark.parametrize(
    ("hours", "said"), [((0.05, 3, 0), "0.05 hours"), ((0.05, 0.41, 0), "0.05–0.41 hours")]
)
def test_posts_with_too_little_work_are_named(hours, said):
    """Theory: 0.6 x ln 2 = 0.416 hours make a photo half as good as it can be; less is too little."""
    words = told(worked(hours))
    assert f"with {said} each" in words
    assert "Mon 1 Mar 09:00" in words


def test_enough_work_is_not_spoken_of():
    """Extreme: just enough, and posts that were not made."""
    assert "too little work" not in told(worked((0.42, 3, 0)))
