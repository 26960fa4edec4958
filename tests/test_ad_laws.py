"""Laws of advertising: they hold in paired worlds, and go when their mechanism is taken away.

Twelve worlds a law (thirty for one of few sales), as in ``tests/test_laws.py``; counts by age and gender
are pooled over worlds of a larger town, because clicks are few. More worlds:
``python benchmarks/ad_laws.py``.
"""

from __future__ import annotations

import pytest

from simulator.world.clients import load_client
from tests.ad_experiments import Results, age_ratio, run_ads
from tests.ad_laws import (
    ABLATED_BROAD,
    ABLATED_FITTING,
    ADS_AT_WARM,
    CAMPAIGNS,
    EVERYBODY,
    LAWS,
    POSTS,
    SURE,
    UNMOVED,
    AdLaw,
    pooled_ratio,
    wear_out,
)
from tests.laws import ERROR_RATE, chance_of_luck

SEEDS = range(1, 13)
MORE_SEEDS = range(1, 31)
NEEDS_MORE = "warm_people_bought_anyway"
"""A law of sales that ads report, which are three or four a month: twelve worlds are too few to tell."""


@pytest.fixture(scope="module")
def results() -> Results:
    """Every campaign of every law, played in the same twelve worlds."""
    return run_ads(CAMPAIGNS, SEEDS)


@pytest.fixture(scope="module")
def segments() -> Results:
    """One wide campaign in four larger towns, with and without what interests do, and with many sales."""
    return run_ads((EVERYBODY, UNMOVED, SURE), range(1, 5), people=60_000)


@pytest.mark.parametrize("law", [law for law in LAWS if law.name != NEEDS_MORE], ids=lambda law: law.name)
def test_ad_law(law: AdLaw, results: Results) -> None:
    """The law's number is above zero by more than luck."""
    assert chance_of_luck(law.above_zero(results)) < ERROR_RATE, law.says


def test_ad_law_in_more_worlds() -> None:
    """L25: beside posts, ads at warm people report more sales than they bring; in thirty worlds."""
    law = next(law for law in LAWS if law.name == NEEDS_MORE)
    assert chance_of_luck(law.above_zero(run_ads((ADS_AT_WARM, POSTS), MORE_SEEDS))) < ERROR_RATE, law.says


def test_ad_law_a_text_wears_out(results: Results) -> None:
    """L23: the fourth sight of one text is clicked on 35 to 55 % less than the first."""
    assert 0.3 <= wear_out(results) <= 0.6


def test_ad_law_women_click_more_and_buy_less_a_click(segments: Results) -> None:
    """Kitchen ads: women over men on clicks (a real advertiser: 1.35-1.40), men over women a click (1.5)."""
    assert 1.15 <= pooled_ratio(segments, EVERYBODY, "clicks", "views", "women", "men") <= 1.65
    assert pooled_ratio(segments, SURE, "sales", "clicks", "men", "women") > 1.2


def test_ad_law_older_people_click_more_and_buy_less_a_click(segments: Results) -> None:
    """45-49 over 30-34 on clicks (1.5 on a real advertiser), under 35 over 45 and more a click."""
    assert 1.05 <= pooled_ratio(segments, EVERYBODY, "clicks", "views", "older", "young") <= 1.8
    assert pooled_ratio(segments, SURE, "sales", "clicks", "under_35", "from_45") > 1.2


@pytest.mark.parametrize("seed", [1, 101, 401])
def test_ad_law_older_people_click_more_by_their_interests(seed: int) -> None:
    """In any world 45-49 are expected to click a fifth or more oftener than 30-34 on what is cooked with, and
    no oftener on machines, in which they are less interested; where interests do nothing age does nothing.
    """
    assert 1.2 <= age_ratio(seed, "cookware") <= 1.4
    assert 0.85 <= age_ratio(seed, "appliances") <= 1.05
    of_posts = load_client("online-shop").hidden.parameters["response.match"]
    assert 0.9 <= age_ratio(seed, "cookware", ads__match=-of_posts) <= 1.1


def test_ablation_without_interests_age_and_gender_say_little(segments: Results) -> None:
    """No coefficient knows age or gender: where interests do nothing, they do not matter for clicks."""
    with_interests = pooled_ratio(segments, EVERYBODY, "clicks", "views", "women", "men")
    without = pooled_ratio(segments, UNMOVED, "clicks", "views", "women", "men")
    assert without < 1.1 < with_interests


def test_ablation_a_platform_that_knows_everybody_makes_targeting_needless() -> None:
    """A8: then the broad audience sells at least as much for the money as the fitting one."""
    found = run_ads((ABLATED_BROAD, ABLATED_FITTING), SEEDS)
    gain = found[ABLATED_BROAD]["per_money"] - 0.9 * found[ABLATED_FITTING]["per_money"]
    assert chance_of_luck(gain) < ERROR_RATE
