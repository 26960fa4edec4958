"""Posts by purpose and by topic: they add up, topics have the client's titles, and luck is called luck."""

from __future__ import annotations

import re
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from simulator.insights.post_groups import GROUP_FIGURES, GROUPED_BY, PostGroup, by_luck, post_groups
from simulator.insights.post_groups_report import group_section
from simulator.insights.report import report_html
from simulator.playbook.posts import PURPOSES
from tests.example_months import MadeMonth, empty_month, large_month, small_month, with_posts

SUMMED = [name for name in GROUP_FIGURES if name not in ("reach_per_post", "engagement_rate")]


@pytest.mark.parametrize("by", GROUPED_BY)
@pytest.mark.parametrize("month", [small_month(), large_month(), empty_month()])
def test_groups_add_up_to_all_posts_that_went_out(month: MadeMonth, by: str) -> None:
    """Invariant: each post that went out stands in one group; posts that were not made in none."""
    made = month.insights.posts[month.insights.posts["made"]]
    groups, whole = post_groups(month.insights, by), PostGroup("", made)
    for name in SUMMED:
        assert sum(group.figure(name) for group in groups) == whole.figure(name)
    assert whole.posts == len(made)
    names = [group.name for group in groups]
    assert names == [*(PURPOSES if by == "purpose" else month.client.topic_names)]


def test_figures_of_a_group_known_on_paper() -> None:
    """Theory: the selling post reached two people, of whom one engaged and one left; talk has none."""
    groups = {group.name: group for group in post_groups(small_month().insights, "purpose")}
    sold = groups["sell"]
    assert [sold.figure(name) for name in ("posts", "reach_per_post", "sales", "unfollows")] == [1, 2, 1, 1]
    assert not sold.told
    assert groups["talk"].posts == 0
    assert np.isnan(groups["talk"].figure("engagement_rate"))
    assert np.isnan(groups["talk"].figure("reach_per_post"))


def test_topics_are_named_as_the_client_names_them() -> None:
    """Law: a topic has the client's title, with plan.csv's word for it where that is another."""
    month = small_month()
    first, *others = month.client.file.topics
    file = month.client.file.model_copy(
        update={"topics": [first.model_copy(update={"title": "Stews & sauces"}), *others]}
    )
    named = replace(month, client=replace(month.client, file=file))
    rows = group_section(named.insights).tables[1].rows
    assert [(row.title, row.code) for row in rows[:2]] == [("Stews & sauces", "recipes"), ("Offers", "")]
    assert 'Stews &amp; sauces <span class="code">recipes</span>' in report_html(named.insights)


def test_few_posts_are_said_to_be_few() -> None:
    """Extreme: two posts are nothing to compare, their rates are grey, and an empty month has no table."""
    section = group_section(small_month().insights)
    assert all("Little can be told from 2 posts" in table.says for table in section.tables)
    html = report_html(small_month().insights)
    table = html[html.index('id="kinds"') : html.index('id="posts"')]
    assert re.search(r'class="number faint">66\.7', table)
    assert 'id="kinds"' not in report_html(empty_month().insights)


def test_differences_that_luck_makes_are_called_so() -> None:
    """Law: topics drawn by lot differ by luck; one whose posts nobody answers differs beyond it."""
    month = large_month(seed=6)
    by_topic = group_section(month.insights).tables[1].says
    assert "Luck alone may well make such differences" in by_topic
    ours = np.array([one.post.topic == "kitchen" for one in month.log.posts])
    seen = month.log.exposures
    idle = replace(seen, actions=np.where(ours[seen.post], 0, seen.actions))
    unanswered = replace(month, log=replace(month.log, exposures=idle))
    says = group_section(unanswered.insights).tables[1].says
    assert "lowest that of Kitchen (0.0" in says
    assert "fewer than one month of twenty" in says


def test_luck_is_put_at_its_own_rate() -> None:
    """Theory: without a difference one month in twenty falls below .05."""
    luck = np.random.default_rng(8)

    def group(posts: int) -> PostGroup:
        reach = luck.integers(500, 3_000, posts)
        engagements = np.round(reach * 0.05 * luck.lognormal(0, 0.5, posts))
        return PostGroup("", pd.DataFrame({"reach": reach, "engagements": engagements}))

    found = [by_luck([group(4), group(6), group(9)]) for _ in range(1_000)]
    assert 0.035 <= np.mean(np.array(found) < 0.05) <= 0.065


def test_nothing_to_compare_is_luck() -> None:
    """Extreme: no group, one, groups of one post, and posts without any difference."""
    even = pd.DataFrame({"reach": [200] * 4, "engagements": [10] * 4})
    for groups in ([], [PostGroup("", even)], [PostGroup("", even[:1])] * 2, [PostGroup("", even)] * 2):
        assert by_luck(groups) == 1.0


def test_a_made_up_topic_has_a_row_of_its_own() -> None:
    """Extreme: a topic the client does not have, as a plan written in code may name it, is not lost."""
    month = small_month()
    first, *others = month.log.posts
    odd = with_posts(month, (replace(first, post=replace(first.post, topic="<i>x")), *others))
    assert [group.name for group in post_groups(odd.insights, "topic")][-1] == "<i>x"
    assert "<i>x" not in report_html(odd.insights)
