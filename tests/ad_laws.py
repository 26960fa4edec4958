"""The laws of advertising that the simulation must obey, as tests of paired worlds.

No coefficient says any of this. As in ``tests/laws.py`` a law is a statement and a number per world that
must be above zero; it holds when a one-sided t-test over the worlds rejects "not above zero".
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from itertools import combinations

import numpy as np

from simulator.playbook.audiences import Audience
from simulator.playbook.page import Page
from simulator.world.clients import load_client
from tests.ad_experiments import STRANGERS, Campaign, Results, interests_of_buyers
from tests.experiments import FULL_PAGE

SMALL, MIDDLE, LARGE = 150, 1_500, 5_000
SALON_BUYERS = interests_of_buyers(load_client("salon"))
SHOP_BUYERS = interests_of_buyers(load_client("online-shop"))

# ------------------------------------------------------------------ breadth: a salon in one city of four
CITY = replace(STRANGERS, cities=("Bandariva",))
AUDIENCES = {
    "country": STRANGERS,
    "city": CITY,
    "interest": replace(CITY, inclusions=(SALON_BUYERS[:1],)),
    "narrow": replace(CITY, inclusions=(SALON_BUYERS[:1],), gender="women", age_min=25, age_max=44),
}
BY_BREADTH = {
    (name, budget): Campaign("salon", audience=audience, budget=budget)
    for name, audience in AUDIENCES.items()
    for budget in (SMALL, LARGE)
}
ELSEWHERE = Campaign("salon", budget=MIDDLE, audience=replace(STRANGERS, cities=("Milimaro",)))
HERE = Campaign("salon", budget=MIDDLE, audience=CITY)

# ------------------------------------------------------------------ the shop
BROAD = Campaign(budget=MIDDLE)
BROAD_TENFOLD = Campaign(budget=10 * MIDDLE)
WRONG = Campaign(budget=MIDDLE, audience=replace(STRANGERS, inclusions=(("beauty", "fashion"),)))
FITTING = Campaign(budget=MIDDLE, audience=replace(STRANGERS, inclusions=(SHOP_BUYERS[:1],)))
CLICKS = Campaign(goal="LINK_CLICKS", budget=20_000)
LOW, HIGH = 800, 1_600
LOW_BID, HIGH_BID = (replace(CLICKS, bid_cents=cents) for cents in (LOW, HIGH))
FEW = replace(STRANGERS, inclusions=(("cooking",), ("home",)))
FEW_ONCE = Campaign(goal="REACH", audience=FEW, budget=150)
FEW_TWICE = replace(FEW_ONCE, budget=300)
FEW_ONE_TEXT, FEW_OTHER_TEXT = (replace(FEW_ONCE, creatives=1, first_text=text) for text in (0, 1))
COOKS = Campaign(audience=replace(STRANGERS, inclusions=(("cooking",),)), budget=LARGE)
COOKS_OTHER_TOPIC = replace(COOKS, topic="appliances")
COMPLETE_PAGE, BARE_PAGE = (replace(BROAD_TENFOLD, page=page) for page in (FULL_PAGE, Page()))
COLD = Campaign(budget=SMALL)
WARM = replace(COLD, audience=Audience(inclusions=(("visitors",),), exclusions=("buyers",)))
WARM_TENFOLD = replace(WARM, budget=10 * SMALL)
WARM_LARGE = Campaign(budget=LARGE, audience=replace(WARM.audience, inclusions=(("visitors", "engaged"),)))
ALIKE = tuple(replace(BROAD, name=name) for name in ("one", "two", "three", "four"))
POSTS = Campaign(budget=0, posts=12)
POSTS_AND_ADS = replace(POSTS, budget=MIDDLE)
ADS_AT_WARM = replace(POSTS, budget=LARGE, audience=WARM_LARGE.audience)
ADS_AT_FOLLOWERS = replace(POSTS_AND_ADS, audience=Audience(inclusions=(("followers",),)))
EVERYBODY = Campaign(goal="REACH", topic="cookware", budget=LARGE)

CAMPAIGNS: tuple[Campaign, ...] = tuple(
    dict.fromkeys(
        (
            *BY_BREADTH.values(),
            ELSEWHERE,
            HERE,
            BROAD,
            BROAD_TENFOLD,
            WRONG,
            FITTING,
            LOW_BID,
            HIGH_BID,
            FEW_ONCE,
            FEW_TWICE,
            FEW_ONE_TEXT,
            FEW_OTHER_TEXT,
            COOKS,
            COOKS_OTHER_TOPIC,
            COMPLETE_PAGE,
            BARE_PAGE,
            COLD,
            WARM,
            WARM_TENFOLD,
            WARM_LARGE,
            *ALIKE,
            POSTS,
            POSTS_AND_ADS,
            ADS_AT_WARM,
            ADS_AT_FOLLOWERS,
            EVERYBODY,
        )
    )
)


@dataclass(frozen=True)
class AdLaw:
    """One law: what it says and the number per world that must be above zero."""

    name: str
    says: str
    above_zero: Callable[[Results], np.ndarray]


def better(figure: str, a: Campaign, b: Campaign, times: float = 1.0) -> Callable[[Results], np.ndarray]:
    """``a`` has more than ``times`` as much of ``figure`` as ``b``."""
    return lambda r: r[a][figure] - times * r[b][figure]


def breadth(figure: str, a: str, b: str, budget: int, times: float = 1.0) -> Callable[[Results], np.ndarray]:
    """The same for two audiences of the salon."""
    return better(figure, BY_BREADTH[a, budget], BY_BREADTH[b, budget], times)


LAWS: tuple[AdLaw, ...] = (
    AdLaw(
        "narrow_costs_more",
        "L21: a narrow audience costs at least twice the CPM of everybody",
        breadth("cpm", "narrow", "country", LARGE, 2.0),
    ),
    AdLaw(
        "fitting_converts_better",
        "L21: an impression at fitting people of the city sells at least twice as much as one at everybody",
        breadth("per_impression", "interest", "country", SMALL, 2.0),
    ),
    AdLaw(
        "narrow_starves",
        "L22: a narrow audience cannot spend a large budget",
        lambda r: 0.95 * LARGE - r[BY_BREADTH["narrow", LARGE]]["spend"],
    ),
    AdLaw(
        "narrow_is_seen_too_often",
        "L22: and sees the same ads three times as often as the whole city does",
        breadth("frequency", "narrow", "city", LARGE, 3.0),
    ),
    AdLaw(
        "small_budget_fitting_beats_country",
        "L22: with little money fitting people of the city beat everybody by half",
        breadth("per_money", "interest", "country", SMALL, 1.5),
    ),
    AdLaw(
        "small_budget_fitting_beats_city",
        "L22: and everybody in the city",
        breadth("per_money", "interest", "city", SMALL),
    ),
    AdLaw(
        "small_budget_fitting_beats_narrow",
        "L22: and the narrowest",
        breadth("per_money", "interest", "narrow", SMALL),
    ),
    AdLaw(
        "large_budget_city_beats_fitting",
        "L22: with much money the whole city beats its fitting people: the best breadth moves",
        breadth("per_money", "city", "interest", LARGE),
    ),
    AdLaw(
        "large_budget_city_beats_country",
        "L22: but the whole country is still too broad",
        breadth("per_money", "city", "country", LARGE),
    ),
    AdLaw(
        "wrong_interests_waste",
        "wrong interests sell less for the money than no interests at all",
        better("per_money", BROAD, WRONG, 1.2),
    ),
    AdLaw(
        "wrong_city_wastes",
        "L26: a city that is not served costs at least twice as much a sale",
        better("per_money", HERE, ELSEWHERE, 2.0),
    ),
    AdLaw(
        "higher_bids_win_more",
        "a higher bid wins more impressions",
        better("impressions", HIGH_BID, LOW_BID, 1.2),
    ),
    AdLaw(
        "higher_bids_pay_more",
        "and pays more for each",
        better("cpm", HIGH_BID, LOW_BID),
    ),
    AdLaw(
        "a_bid_is_kept",
        "but a click costs at most what was bid for it",
        lambda r: HIGH / 100 * r[HIGH_BID]["clicks"] - r[HIGH_BID]["spend"],
    ),
    AdLaw(
        "one_text_wears_out",
        "L23: two texts in turn are clicked more than the mean of the two, each alone and seen as often",
        lambda r: r[FEW_ONCE]["ctr"] - (r[FEW_ONE_TEXT]["ctr"] + r[FEW_OTHER_TEXT]["ctr"]) / 2,
    ),
    AdLaw(
        "reach_runs_out",
        "L24: twice the money reaches at most 1.5 times as many of few",
        lambda r: 1.5 * r[FEW_ONCE]["reach"] - r[FEW_TWICE]["reach"],
    ),
    AdLaw(
        "returns_diminish",
        "L24: ten times the money sells at most 6.3 times as much (an elasticity of .8)",
        lambda r: 10**0.8 * r[BROAD]["gain"] - r[BROAD_TENFOLD]["gain"],
    ),
    AdLaw(
        "more_money_sells_more",
        "L24: but at least twice as much",
        better("gain", BROAD_TENFOLD, BROAD, 2.0),
    ),
    AdLaw(
        "matched_creative_lowers_cpc",
        "who cooks clicks cheaper on recipes than on machines",
        better("cpc", COOKS_OTHER_TOPIC, COOKS),
    ),
    AdLaw(
        "complete_page_lowers_cpc",
        "a complete page pays less a click",
        better("cpc", BARE_PAGE, COMPLETE_PAGE),
    ),
    AdLaw(
        "complete_page_sells",
        "and less a sale",
        better("per_money", COMPLETE_PAGE, BARE_PAGE),
    ),
    AdLaw(
        "warm_people_convert",
        "a click of somebody who visited the page brings at least 1.5 times the sales of a stranger's",
        better("per_click", WARM, COLD, 1.5),
    ),
    AdLaw(
        "warm_people_run_out",
        "but much money for who visited or engaged is clicked less in the second half of the month",
        lambda r: r[WARM_LARGE]["ctr_first_half"] - r[WARM_LARGE]["ctr_late"],
    ),
    AdLaw(
        "warm_people_are_soon_sold_to",
        "and ten times the money sells them at most three times as much",
        lambda r: 3 * r[WARM]["gain"] - r[WARM_TENFOLD]["gain"],
    ),
    AdLaw(
        "warm_people_bought_anyway",
        "L25: beside posts, ads at who visited or engaged report more sales than they bring",
        lambda r: r[ADS_AT_WARM]["reported"] - brought(r),
    ),
    AdLaw(
        "ads_reach_strangers",
        "a month with ads reaches at least twice as many who do not follow",
        better("strangers", POSTS_AND_ADS, POSTS, 2.0),
    ),
    AdLaw(
        "ads_at_followers_cost_followers",
        "a month whose ads go to the page's own followers loses at least half as many more of them",
        better("unfollows", ADS_AT_FOLLOWERS, POSTS_AND_ADS, 1.5),
    ),
    AdLaw(
        "reports_are_noisy",
        "L32: what two identical campaigns report of cost per sale differs by over 20 % (mean of six pairs)",
        lambda r: (
            np.mean([_apart(r[a]["reported"], r[b]["reported"]) for a, b in combinations(ALIKE, 2)], axis=0)
            - 0.2
        ),
    ),
)

# ------------------------------------------------------------------ ablations
NO_MATCH = (("ads.match", 0.0), ("response.match", 0.0))
KNOWS_ALL = (("ads.learning_best", 1.0), ("ads.learning_results", 0.0))
UNMOVED = replace(EVERYBODY, changes=NO_MATCH)
SURE = replace(EVERYBODY, changes=(("ads.landing", 3.0),))
"""Where nearly all buy who come in need: the same clicks, and of each group enough sales to compare."""

ABLATED_BROAD, ABLATED_FITTING = (
    replace(campaign, budget=SMALL, changes=KNOWS_ALL) for campaign in (BROAD, FITTING)
)


def pooled_ratio(results: Results, campaign: Campaign, over: str, under: str, group: str, than: str) -> float:
    """``over`` for each of ``under`` in ``group`` against ``than``, all worlds together."""
    sums = {name: numbers.sum() for name, numbers in results[campaign].items()}
    a = sums[f"{group}_{over}"] / max(sums[f"{group}_{under}"], 1)
    b = sums[f"{than}_{over}"] / max(sums[f"{than}_{under}"], 1)
    return float(a / max(b, 1e-12))


def ratio_range(
    results: Results, campaign: Campaign, over: str, under: str, group: str, than: str
) -> tuple[float, float]:
    """Where the ratio of :func:`pooled_ratio` lies in 19 of 20 draws of worlds, by leaving out one at a time.

    Clicks of a group in a world are some tens, and come in clusters: a person in need clicks again.
    """
    figures = results[campaign]
    sums = {name: numbers.sum() - numbers for name, numbers in figures.items()}
    parts = [sums[f"{who}_{what}"] for who in (group, than) for what in (over, under)]
    logs = np.log(parts[0] / parts[1]) - np.log(parts[2] / parts[3])
    worlds = len(logs)
    error = np.sqrt((worlds - 1) / worlds * ((logs - logs.mean()) ** 2).sum())
    centre = np.log(pooled_ratio(results, campaign, over, under, group, than))
    low, high = np.exp(centre + np.array([-1.96, 1.96]) * error)
    return float(low), float(high)


def brought(results: Results) -> np.ndarray:
    """Sales that ads at warm people brought, beside the same posts without them."""
    return results[ADS_AT_WARM]["gain"] - results[POSTS]["gain"]


def wear_out(results: Results) -> float:
    """How much less the fourth sight of one text is clicked than the first, all worlds together."""
    sums = {name: numbers.sum() for name, numbers in results[EVERYBODY].items()}
    first, fourth = (sums[f"{name}_clicks"] / sums[f"{name}_views"] for name in ("first", "fourth"))
    return float(1 - fourth / first)


def _apart(a: np.ndarray, b: np.ndarray) -> np.ndarray:
    """Difference of the costs per sale of two equal budgets, as a share of their mean."""
    costs = 1 / np.maximum(a, 0.5), 1 / np.maximum(b, 0.5)
    return np.abs(costs[0] - costs[1]) / (0.5 * (costs[0] + costs[1]))
