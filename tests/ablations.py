"""Ablations: take a mechanism away, and the lesson that rests on it must go (model 9.4)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

import numpy as np

from simulator.world.clients import Client
from tests.experiments import Plan, one_chronotype
from tests.laws import (
    BLOCK,
    BY_SHARE,
    EIGHT_IN_A_ROW,
    EIGHT_SPREAD,
    MIX,
    SINGLE,
    SPREAD,
    Results,
    worth_gain,
)

NO_HOURS_LIMIT = {f"production.half_{kind}": 1e-4 for kind in ("photo", "video", "link", "text")}
NO_COST_OF_SELLING = {
    "people.nuisance_mean": 0.02,
    "following.leave_base": 0.0,
    "following.leave_after_hide": 0.0,
    "feed.affinity_weight": 0.0,
    "feed.engagement_weight": 0.0,
    "purchase.goodwill": 0.0,
    "purchase.half_trust": 1e-6,
    "offers.streak_deafness": 0.0,
}
FEW, MANY = Plan(posts=28), Plan(posts=112)
MORNING, EVENING = Plan(hours=(7,)), Plan(hours=(18,))


@dataclass(frozen=True)
class Ablation:
    """What is taken away, and the number per world that is above zero without it."""

    name: str
    says: str
    above_zero: Callable[[Results], np.ndarray]
    plans: tuple[Plan, ...]
    changes: Mapping[str, float] = field(default_factory=dict)
    chronotype: int | None = None

    def client(self, client: Client) -> Client:
        """The client without the mechanism."""
        client = client.with_parameters(self.changes)
        return client if self.chronotype is None else one_chronotype(client, self.chronotype)


def _gain(a: Plan, b: Plan, figure: str) -> Callable[[Results], np.ndarray]:
    return lambda r: r[a][figure] - r[b][figure]


ABLATIONS: tuple[Ablation, ...] = (
    Ablation(
        "offers_need_not_be_told",
        "A1: if nobody needs to hear of offers, only informing is best",
        worth_gain(BY_SHARE[0.0], MIX),
        (BY_SHARE[0.0], MIX),
        {"purchase.offers": 0.0, "purchase.deal": 0.0, "purchase.impulse": -30.0},
    ),
    Ablation(
        "selling_costs_nothing",
        "A2: without nuisance, leaving, feed feedback and trust, only selling is best",
        worth_gain(BY_SHARE[1.0], MIX),
        (BY_SHARE[1.0], MIX),
        NO_COST_OF_SELLING,
    ),
    Ablation(
        "only_nuisance_off",
        "A3: with only the nuisance off, all selling still loses to a mix",
        worth_gain(MIX, BY_SHARE[1.0]),
        (BY_SHARE[1.0], MIX),
        {"people.nuisance_mean": 0.02},
    ),
    Ablation(
        "only_leaving_off",
        "A3: with only the leaving off, all selling still loses to a mix",
        worth_gain(MIX, BY_SHARE[1.0]),
        (BY_SHARE[1.0], MIX),
        {"following.leave_base": 0.0, "following.leave_after_hide": 0.0},
    ),
    Ablation(
        "only_feedback_off",
        "A3: with only the feed's feedback off, all selling still loses to a mix",
        worth_gain(MIX, BY_SHARE[1.0]),
        (BY_SHARE[1.0], MIX),
        {"feed.affinity_weight": 0.0, "feed.engagement_weight": 0.0},
    ),
    Ablation(
        "no_streak",
        "without the streak, selling posts in a row cost far fewer followers (at most .9 more)",
        lambda r: 1.9 * r[SPREAD]["unfollows"] - r[BLOCK]["unfollows"],
        (BLOCK, SPREAD),
        {"following.streak": 0.0},
    ),
    Ablation(
        "no_streak_in_the_middle",
        "without the streak, eight in a row in mid-month cost hardly more followers than eight spread out",
        lambda r: 1.3 * r[EIGHT_SPREAD]["unfollows"] - r[EIGHT_IN_A_ROW]["unfollows"],
        (EIGHT_IN_A_ROW, EIGHT_SPREAD),
        {"following.streak": 0.0},
    ),
    Ablation(
        "no_satiation",
        "A4: without satiation informing alone is as good as variety",
        lambda r: r[SINGLE["inform"]]["worth"] - 0.98 * r[MIX]["worth"],
        (SINGLE["inform"], MIX),
        {"following.purpose_satiation": 0.0, "response.purpose_satiation": 0.0},
    ),
    Ablation(
        "no_production_limit",
        "A5: if posts needed no work, four a day would beat one a day",
        worth_gain(MANY, FEW),
        (MANY, FEW),
        NO_HOURS_LIMIT,
    ),
    Ablation(
        "no_crowding",
        "A6: without crowding each of four posts a day reaches over half as many as one a day (else .38)",
        lambda r: r[MANY]["reach"] - 0.5 * r[FEW]["reach"],
        (MANY, FEW),
        {"feed.crowding": 0.0, "appeal.feed_spread": 0.0},
    ),
    Ablation(
        "only_early_birds",
        "A7: in a town of early birds the morning beats the evening",
        _gain(MORNING, EVENING, "reach"),
        (MORNING, EVENING),
        chronotype=0,
    ),
    Ablation(
        "only_night_owls",
        "A7: in a town of night owls the evening beats the morning",
        _gain(EVENING, MORNING, "reach"),
        (MORNING, EVENING),
        chronotype=4,
    ),
)
