"""The laws of the inbox, of shifts and of several pages, as tests of paired worlds.

As in ``tests/laws.py`` a law is a statement and a number per world that must be above zero; it holds
when a one-sided t-test over the worlds rejects "not above zero". Constants of the model and settings of these
plans were chosen while looking at worlds 1 to 12, so those tests guard against change and prove
little; worlds from 101 on are kept for ``python benchmarks/inbox_laws.py --first 101``.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from simulator.playbook.replies import ReplyRule
from tests.experiments import Plan
from tests.inbox_experiments import WORKING_DAYS, Results, Way, contains, rules, shifts

QUIET = (("incident.crisis_chance", 0.0), ("incident.pile_on_chance", 0.0))
CRISIS = (("incident.crisis_chance", 1.0), ("incident.pile_on_chance", 0.0))
PILE_ON = (("incident.crisis_chance", 0.0), ("incident.pile_on_chance", 1.0))
CROWDED = (*QUIET, ("inbox.followers_question", 3.0), ("inbox.followers_complaint", 0.75))

SPAM_WORDS = "check out|check * out|subscri*|follow for follow|loan*|mkopo|forex|crypto|whatsapp"
HIDE_SPAM = rules(ReplyRule("links", link=True, action="hide"), contains("hide", SPAM_WORDS))
HIDE_ALL = rules(ReplyRule("everything", action="hide"))
COMPLAINTS = (
    "not|si|siyo|wrong|wrote|mbovu|bad|refund|return*|cancel*|mbaya|quality|ubora|heard|promised|said|mlisema|"
    "answer*|missing|laughed|faulty|nobody|nothing|terrible|worst|rude*|rotten|expired|broke|broken|where is|"
    "how long|queue|mmekosea|nirudishieni|tatizo|kimya|came off|came loose|late|wait*|same here|paid|money|"
    "shouted|pesa yangu|nimelipa|hamjibu|hakuna aliye*|mpaka sasa|imevunjika|aibu|kuchelewa|umechelewa|never|"
    "half of|two weeks|charged|itakuja lini|iko wapi|sikupata|sijapata|is it coming"
)

ROBOTS = (*QUIET, ("inbox.spam", 1.5))
"""A page that robots have found."""

NOTHING, ALL_HIDDEN, SPAM_HIDDEN = (
    Way(f"{name} among robots", found, changes=ROBOTS)
    for name, found in (("nothing", None), ("hide everything", HIDE_ALL), ("hide spam", HIDE_SPAM))
)
NOBODY = Way("nobody there", changes=QUIET)
QUIET_ALL_HIDDEN, QUIET_SPAM_HIDDEN = (
    Way(f"{name}", found, changes=QUIET)
    for name, found in (("hide everything", HIDE_ALL), ("hide spam", HIDE_SPAM))
)

DAILY = Way("three hours every day", shifts=shifts((9, 10.5), (19, 20.5)), changes=QUIET)
RARE = Way("the same hours twice a week", shifts=shifts((8, 18.5), days=(0, 3)), changes=QUIET)
OFFICE = Way("office hours", shifts=shifts((9, 14), days=WORKING_DAYS), changes=QUIET)
SPLIT = Way(
    "the same hours, split",
    shifts=shifts(*((hour, hour + 5 / 7) for hour in (8.5, 12, 15, 18.5, 21))),
    changes=QUIET,
)

PASS_ON = rules(contains("escalate", COMPLAINTS, 1))
AT_ONCE = shifts(*((hour, hour + 1 / 6) for hour in range(24)))
NEXT_DAY = shifts((5, 9))
CRISES = {
    (name, changes): Way(f"{name} {changes[0][1]:g}", PASS_ON, rota, changes)
    for name, rota in (("at once", AT_ONCE), ("next day", NEXT_DAY), ("nobody", None))
    for changes in (CRISIS, QUIET)
}

SCARCE = shifts((9, 9.25), (14, 14.25), (20, 20.25))
FEW_POSTS = Plan(posts=12, production_hours=0.1)
CROWDED_PAGES = ("online-shop", "salon", "supermarket")
FIRST_COME = {
    name: Way(f"first come, {name}", None, SCARCE, CROWDED, FEW_POSTS, name) for name in CROWDED_PAGES
}
COMPLAINTS_FIRST = {
    name: Way(
        f"complaints first, {name}",
        rules(contains("personal reply", COMPLAINTS, 1)),
        SCARCE,
        CROWDED,
        FEW_POSTS,
        name,
    )
    for name in CROWDED_PAGES
}
TROLLS_FED = Way(
    "trolls answered", rules(ReplyRule("all", action="reply", reply="Thank you!")), changes=PILE_ON
)
TROLLS_LEFT = Way("trolls left", changes=PILE_ON)
BLOCK_WORDS = "useless|rubbish|shame|stupid|idiots|clowns|liars|thieves|wezi|wajinga|takataka|aibu"
TROLLS_BLOCKED = Way("trolls blocked", rules(contains("block", BLOCK_WORDS)), changes=PILE_ON)

WAYS: tuple[Way, ...] = (
    NOTHING,
    ALL_HIDDEN,
    SPAM_HIDDEN,
    NOBODY,
    QUIET_ALL_HIDDEN,
    QUIET_SPAM_HIDDEN,
    DAILY,
    RARE,
    OFFICE,
    SPLIT,
    *CRISES.values(),
    *FIRST_COME.values(),
    *COMPLAINTS_FIRST.values(),
    TROLLS_FED,
    TROLLS_LEFT,
    TROLLS_BLOCKED,
)


@dataclass(frozen=True)
class InboxLaw:
    """One law: what it says and the number per world that must be above zero."""

    name: str
    says: str
    above_zero: Callable[[Results], np.ndarray]


def more(figure: str, a: Way, b: Way, times: float = 1.0) -> Callable[[Results], np.ndarray]:
    """``a`` has more than ``times`` as much of ``figure`` as ``b``."""
    return lambda r: r[a][figure] - times * r[b][figure]


def crisis_costs(r: Results, name: str) -> np.ndarray:
    """What a crisis takes from the worth of a page run in that way."""
    return r[CRISES[name, QUIET]]["worth"] - r[CRISES[name, CRISIS]]["worth"]


def complaints_gain(r: Results) -> np.ndarray:
    """What priority to complaints adds to worth, as a share, on average over three crowded pages."""
    gains = [r[COMPLAINTS_FIRST[name]]["worth"] / r[FIRST_COME[name]]["worth"] - 1 for name in CROWDED_PAGES]
    return np.mean(gains, axis=0)


def more_talk(r: Results) -> np.ndarray:
    """Log of how many times as many comment where spam is hidden."""
    hidden, standing = (np.log1p(r[way]["comments"]) for way in (SPAM_HIDDEN, NOTHING))
    return hidden - standing


LAWS: tuple[InboxLaw, ...] = (
    InboxLaw(
        "slow_answers_displease",
        "L27: the same hours every day please more",
        more("satisfaction", DAILY, RARE),
    ),
    InboxLaw("slow_answers_sell_less", "L27: and keep more of the sales", more("sales_kept", DAILY, RARE)),
    InboxLaw("slow_answers_lose_followers", "L28: and lose fewer", more("unfollows", RARE, DAILY)),
    InboxLaw("slow_answers_cost", "L27: and are worth more", more("worth", DAILY, RARE)),
    InboxLaw("nobody_there_costs", "a page that nobody answers earns less", more("earned", DAILY, NOBODY)),
    InboxLaw(
        "shifts_fit_the_inbox",
        "L29: the same hours spread to the evening and the weekend answer at least three times as fast",
        more("reply_minutes", OFFICE, SPLIT, 3.0),
    ),
    InboxLaw(
        "hiding_everything_beats_nothing",
        "L31: hiding all keeps the page clean",
        more("worth", ALL_HIDDEN, NOTHING),
    ),
    InboxLaw(
        "hiding_everything_loses_customers",
        "L31: and loses customers",
        more("unfollows", ALL_HIDDEN, SPAM_HIDDEN),
    ),
    InboxLaw(
        "hiding_spam_is_better",
        "L31: hiding spam alone is worth more",
        more("worth", QUIET_SPAM_HIDDEN, QUIET_ALL_HIDDEN),
    ),
    InboxLaw(
        "spam_kills_talk",
        "L31: where spam stands fewer comment",
        more_talk,
    ),
    InboxLaw(
        "spam_repels_visitors", "L31: and fewer visitors stay", more("visits_kept", SPAM_HIDDEN, NOTHING)
    ),
    InboxLaw(
        "complaints_first",
        "priority to complaints beats first come, first served when there is too little time",
        complaints_gain,
    ),
    InboxLaw(
        "a_crisis_answered_at_once_is_small",
        "a crisis answered within the hour brings at most two thirds of the complaints of a night's wait",
        lambda r: 0.67 * r[CRISES["next day", CRISIS]]["trouble"] - r[CRISES["at once", CRISIS]]["trouble"],
    ),
    InboxLaw(
        "a_crisis_answered_at_once_costs_less",
        "and costs less than half as much",
        lambda r: 0.5 * crisis_costs(r, "next day") - crisis_costs(r, "at once"),
    ),
    InboxLaw(
        "a_crisis_nobody_answers_costs_most",
        "and one nobody answers costs most",
        lambda r: crisis_costs(r, "nobody") - crisis_costs(r, "next day"),
    ),
    InboxLaw("trolls_feed", "answering trolls brings more of them", more("trouble", TROLLS_FED, TROLLS_LEFT)),
    InboxLaw("blocking_ends_it", "blocking brings fewer", more("trouble", TROLLS_LEFT, TROLLS_BLOCKED)),
)
