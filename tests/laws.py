"""The laws of the trade that the simulation must obey (organic part), as tests of paired worlds.

A law is a statement, the plans it compares, and a number per world that must be above zero.
It holds when a one-sided t-test over the worlds rejects "not above zero" at 5 %: that is the
chance that a law without any effect behind it passes.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np
from scipy import stats

from tests.experiments import FULL_PAGE, NOTHING, OTHERS, Plan

Results = Mapping[Plan, Mapping[str, np.ndarray]]
ERROR_RATE = 0.05

MIX = Plan()
SHARES = (0.0, 0.15, 0.3, 0.45, 0.7, 1.0)
BY_SHARE = {share: Plan(share=share) for share in SHARES}
BY_POSTS = {posts: Plan(posts=posts) for posts in (4, 8, 14, 20, 28, 56, 84, 168)}
BY_HOUR = {hour: Plan(hours=(hour,)) for hour in (3, 9, 12, 15, 18)}
BY_OFFER = {offer: Plan(offer=offer) for offer in (0.0, 0.35, 0.5)}
SINGLE = {purpose: Plan(purposes=(purpose,)) for purpose in OTHERS}
SPREAD, BLOCK = Plan(share=0.4), Plan(share=0.4, order="block")
EIGHT_SPREAD, EIGHT_IN_A_ROW = (Plan(posts=28, share=2 / 7, order=order) for order in ("alternate", "middle"))
ONE_TEXT = Plan(one_text=True)
COMPLETE, BARE = Plan(page=FULL_PAGE), Plan(page=type(FULL_PAGE)())
DRY = Plan(share=1.0, words="order now, discount")
VOICE = Plan(share=1.0, words="order now, discount, joke, true story")
GIVEAWAY = Plan(words="giveaway")
HURRIED, CAREFUL = Plan(production_hours=0.25), Plan(production_hours=1.5)


@dataclass(frozen=True)
class Law:
    """One law: what it says and the number per world that must be above zero."""

    name: str
    says: str
    above_zero: Callable[[Results], np.ndarray]


def worth_gain(a: Plan, b: Plan, times: float = 1.0) -> Callable[[Results], np.ndarray]:
    return lambda r: r[a]["worth"] - times * r[b]["worth"]


LAWS: tuple[Law, ...] = (
    Law(
        "mix_beats_all_informing",
        "L1: a mix is worth more than informing only",
        worth_gain(MIX, BY_SHARE[0.0]),
    ),
    Law(
        "mix_beats_all_selling",
        "L2: a mix is worth more than selling only",
        worth_gain(MIX, BY_SHARE[1.0], 1.5),
    ),
    Law(
        "all_selling_drives_people_off",
        "L2: selling only loses at least 2.5 times as many followers as a mix",
        lambda r: r[BY_SHARE[1.0]]["unfollow_rate"] - 2.5 * r[MIX]["unfollow_rate"],
    ),
    Law("mix_beats_mostly_selling", "L3: three in ten beat seven in ten", worth_gain(MIX, BY_SHARE[0.7])),
    Law(
        "alternating_beats_a_block",
        "L4: a month that begins with eight selling posts in a row loses at least 5 %",
        worth_gain(SPREAD, BLOCK, 1.05),
    ),
    Law(
        "a_block_loses_followers",
        "L4: by unfollows that people see",
        lambda r: r[BLOCK]["unfollows"] - 1.5 * r[SPREAD]["unfollows"],
    ),
    Law(
        "a_block_in_the_middle_loses_followers_too",
        "L4: eight selling posts in a row in mid-month are too many in a row as well",
        lambda r: r[EIGHT_IN_A_ROW]["unfollows"] - r[EIGHT_SPREAD]["unfollows"],
    ),
    Law("too_few_posts", "L5: a post a day beats one a week", worth_gain(BY_POSTS[28], BY_POSTS[4])),
    Law("too_many_posts", "L5: a post a day beats six a day", worth_gain(BY_POSTS[28], BY_POSTS[168])),
    Law(
        "response_per_post_falls",
        "L6: twice as many posts, each with at most .8 of the reactions",
        lambda r: 0.8 * r[BY_POSTS[28]]["reactions_per_post"] - r[BY_POSTS[56]]["reactions_per_post"],
    ),
    Law(
        "thrice_as_often_loses_followers",
        "L7: three times as many posts end with fewer followers",
        lambda r: r[BY_POSTS[28]]["followers"] - r[BY_POSTS[84]]["followers"],
    ),
    Law(
        "unfollows_rise_with_frequency",
        "L7: six a day lose at least 1.4 times as many as one a day",
        lambda r: r[BY_POSTS[168]]["unfollows"] - 1.4 * r[BY_POSTS[28]]["unfollows"],
    ),
    Law(
        "live_hours_beat_dead_hours",
        "L8: at the best hour a post reaches 1.2 times as many as at three in the night",
        lambda r: r[BY_HOUR[12]]["reach"] - 1.2 * r[BY_HOUR[3]]["reach"],
    ),
    Law(
        "daytime_hours_differ_little",
        "L8: two daytime hours differ by less than 20 %",
        lambda r: 0.2 - abs(r[BY_HOUR[9]]["reach"] / r[BY_HOUR[15]]["reach"] - 1),
    ),
    Law(
        "fitting_posts_engage",
        "L10: people whose interests fit respond at least 1.8 times as often",
        lambda r: r[MIX]["fitting_rate"] - 1.8 * r[MIX]["unfitting_rate"],
    ),
    *(
        Law(f"variety_beats_only_{purpose}", f"L11: a variety beats only {purpose}", worth_gain(MIX, plan))
        for purpose, plan in SINGLE.items()
    ),
    Law(
        "selling_posts_reach_less",
        "L12: selling posts are reacted to less",
        lambda r: 0.75 * r[MIX]["other_reactions"] - r[MIX]["selling_reactions"],
    ),
    Law(
        "selling_posts_are_clicked",
        "L12: selling posts are clicked at least 1.5 times as often",
        lambda r: r[MIX]["selling_clicks"] - 1.3 * r[MIX]["other_clicks"],
    ),
    Law(
        "a_voice_of_its_own",
        "L13: selling with humour gets more reactions than selling dry",
        lambda r: r[VOICE]["reactions_per_post"] - 1.2 * r[DRY]["reactions_per_post"],
    ),
    Law(
        "deep_offers_sell_now",
        "L14: deep offers sell more at once",
        lambda r: r[BY_OFFER[0.35]]["sales"] - 1.2 * r[BY_OFFER[0.0]]["sales"],
    ),
    Law(
        "too_deep_offers_cost",
        "L14: and half price costs more than it brings",
        worth_gain(MIX, BY_OFFER[0.5]),
    ),
    Law("work_shows", "L15: more work in each post is worth more", worth_gain(CAREFUL, HURRIED)),
    Law("a_text_wears_out", "one text again and again is worth less", worth_gain(MIX, ONE_TEXT)),
    Law(
        "a_giveaway_draws_followers",
        "L19: a giveaway wins followers",
        lambda r: r[GIVEAWAY]["new_followers"] - 1.3 * r[MIX]["new_followers"],
    ),
    Law(
        "who_comes_for_a_prize_goes",
        "L19: of whom 20 in 100 more have left after some weeks",
        lambda r: r[MIX]["prize_kept"] - 0.2 - r[GIVEAWAY]["prize_kept"],
    ),
    Law(
        "a_complete_page_converts",
        "L20: a complete page turns at least twice as many visits into follows",
        lambda r: r[COMPLETE]["visit_to_follow"] - 2 * r[BARE]["visit_to_follow"],
    ),
    Law("silence_gains_nothing", "nobody gains by posting nothing", worth_gain(MIX, NOTHING)),
)

HALF_YEAR = {"posts": 130, "days": 182, "last_day": 182}
LONG_MIX = Plan(**HALF_YEAR)
LONG_INFORM = Plan(share=0.0, **HALF_YEAR)
LONG_SELL = Plan(share=1.0, **HALF_YEAR)
LONG_BLOCK = Plan(order="block", **HALF_YEAR)
LONG_PLANS = (LONG_MIX, LONG_INFORM, LONG_SELL, LONG_BLOCK)

LONG_LAWS: tuple[Law, ...] = (
    Law(
        "half_a_year_of_informing",
        "L1: informing only is worth at most .9 of a mix",
        worth_gain(LONG_MIX, LONG_INFORM, 1 / 0.9),
    ),
    Law(
        "half_a_year_of_selling",
        "L2: selling only is worth at most .6 of a mix",
        worth_gain(LONG_MIX, LONG_SELL, 1 / 0.6),
    ),
    Law(
        "half_a_year_of_selling_empties_the_page",
        "L2: and loses at least three times as many followers",
        lambda r: r[LONG_SELL]["unfollow_rate"] - 3 * r[LONG_MIX]["unfollow_rate"],
    ),
    Law(
        "eight_weeks_of_selling_in_a_row",
        "L4: eight weeks of selling first lose 5 %",
        worth_gain(LONG_MIX, LONG_BLOCK, 1.05),
    ),
)

PLANS: tuple[Plan, ...] = tuple(
    dict.fromkeys(
        (
            NOTHING,
            MIX,
            *BY_SHARE.values(),
            *BY_POSTS.values(),
            *BY_HOUR.values(),
            *BY_OFFER.values(),
            *SINGLE.values(),
            SPREAD,
            BLOCK,
            EIGHT_SPREAD,
            EIGHT_IN_A_ROW,
            ONE_TEXT,
            COMPLETE,
            BARE,
            DRY,
            VOICE,
            GIVEAWAY,
            HURRIED,
            CAREFUL,
        )
    )
)


def chance_of_luck(numbers: np.ndarray) -> float:
    """Probability of a mean so far above zero if there were nothing behind it (one-sided t-test)."""
    return float(stats.ttest_1samp(numbers, 0.0, alternative="greater").pvalue)


def best_share(results: Results) -> float:
    """Where a parabola through worth by selling share peaks (least squares over all worlds)."""
    worth = np.array([results[plan]["worth"].mean() for plan in BY_SHARE.values()])
    a, b, _ = np.polyfit(SHARES, worth, 2)
    return float(-b / (2 * a))
