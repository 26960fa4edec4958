"""Response: what people who see a post do, and what it does to them (model 3).

No variable here knows the share of selling posts. A commercial costs a follower its nuisance,
more when the last things seen were commercials too; it teaches the offer; other posts
earn goodwill when they are worth the attention. What a plan is worth follows from that.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from simulator.network.known import Mind
from simulator.network.log import ACTIONS
from simulator.parameters import Parameters

Floats = NDArray[np.float32]
HIDE = ACTIONS.index("hide")
OPEN = ACTIONS.index("open")
CLICK = ACTIONS.index("click")
_PRIMARY = HIDE + 1


@dataclass(frozen=True, slots=True)
class Encounter:
    """People (each once) meeting posts: what the response depends on, arrays of one length.

    ``satiation`` and ``topic_satiation``: of the post's purpose and topic; ``commercials``:
    felt share of commercials in what they saw of the page, 0-1; ``times_seen``: earlier sights of
    the same text; ``felt``: how much of a post's attention it gets, below 1 for an ad.
    """

    sells: NDArray[np.bool_]
    match: Floats
    quality: Floats
    offer: Floats
    taste: Floats
    nuisance: Floats
    deal_proneness: Floats
    satiation: Floats
    topic_satiation: Floats
    commercials: Floats
    times_seen: Floats
    felt: Floats | float = 1.0


def leaning(
    p: Parameters,
    match: Floats,
    quality: Floats | float,
    goodwill: Floats,
    satiation: Floats,
    topic_satiation: Floats,
) -> Floats:
    """B of model 3.2: how much more than usual these people are inclined to act, in logit."""
    lean: Floats = (
        np.float32(p["response.match"]) * (match - np.float32(p["response.match_reference"]))
        + np.float32(p["response.quality"]) * (quality - np.float32(p["response.quality_reference"]))
        + np.float32(p["response.goodwill"]) * goodwill
        - np.float32(p["response.purpose_satiation"]) * satiation
        - np.float32(p["response.topic_satiation"]) * topic_satiation
    )
    return lean


def wear_out(p: Parameters, times_seen: Floats) -> Floats:
    """Log odds lost by a text seen before: (n + 1)^-0.43."""
    worn: Floats = np.float32(-p["response.wear_out"]) * np.log1p(times_seen)
    return worn


def main_odds(base: Floats, lean: Floats, intent: Floats | None = None) -> Floats:
    """(people, main actions) odds of each against doing nothing (multinomial logit).

    ``base``: (people, actions) log odds; ``lean``: (people,) added to all but hiding,
    which it is taken from; ``intent``: (people,) odds of a click out of need, beside curiosity.
    """
    odds: Floats = base[:, :_PRIMARY] + lean[:, None]
    odds[:, HIDE] = base[:, HIDE] - lean
    np.exp(odds, out=odds)
    if intent is not None:
        odds[:, CLICK] += intent
    return odds


def act(
    base: Floats, lean: Floats, luck: Floats, open_luck: Floats, intent: Floats | None = None
) -> NDArray[np.uint8]:
    """What each person does: bits of ACTIONS; one main action at most, see :func:`main_odds`."""
    cumulative = np.cumsum(main_odds(base, lean, intent), axis=1)
    threshold = (luck * (1 + cumulative[:, -1]))[:, None]
    chosen = (cumulative <= threshold).sum(axis=1)
    bits = np.where(chosen < _PRIMARY, 1 << chosen, 0).astype(np.uint8)
    opened = open_luck < 1 / (1 + np.exp(-(base[:, OPEN] + lean)))
    done: NDArray[np.uint8] = bits | (opened.astype(np.uint8) << np.uint8(OPEN))
    return done


def utility(p: Parameters, met: Encounter, load: Floats) -> Floats:
    """z of model 3.4: what each encounter was worth to the person who had it."""
    match = met.match
    worth = (
        met.taste
        * (np.float32(p["following.value_floor"]) + np.float32(p["following.value_match"]) * match)
        * (np.float32(p["following.value_quality_floor"]) + met.quality)
    )
    poor = 1 + np.float32(p["following.nuisance_poor"]) * (1 - met.quality)
    streak = 1 + np.float32(p["following.streak"]) * met.commercials**2
    fit = np.float32(p["following.nuisance_level"]) - np.float32(p["following.nuisance_match"]) * match
    nuisance = met.nuisance * fit * poor * streak
    deal = np.float32(p["following.deal_pleasure"]) * met.deal_proneness * met.offer * match
    z: Floats = (
        np.where(met.sells, deal - nuisance, worth)
        - np.float32(p["following.purpose_satiation"]) * met.satiation
        - np.float32(p["following.topic_satiation"]) * met.topic_satiation
        - np.float32(p["following.load_cost"]) * load
        - np.float32(p["following.repetition_cost"]) * met.times_seen * met.felt
        - np.float32(p["following.attention_price"])
    )
    return z


def learn(p: Parameters, met: Encounter, mind: Mind, z: Floats, actions: NDArray[np.uint8]) -> None:
    """Move goodwill, knowledge of offers, the expected deal, affinity and load in place."""
    felt = met.felt
    gain = np.clip(np.float32(p["goodwill.gain"]) * z, 0, 1) * felt
    won = np.where(met.sells, 0, (1 - mind.goodwill) * gain)
    lost = mind.goodwill * np.clip(
        np.float32(p["goodwill.loss"]) * felt * z, -np.float32(p["goodwill.worst_loss"]), 0
    )
    mind.goodwill += won + lost
    heard = np.float32(p["offers.match_floor"]) + (1 - np.float32(p["offers.match_floor"])) * met.match
    attentive = attention(p, met)
    mind.offers += met.sells * (1 - mind.offers) * np.float32(p["offers.gain"]) * heard * attentive * felt
    mind.reference += met.sells * np.float32(p["offers.reference_gain"]) * felt * (met.offer - mind.reference)
    mind.affinity += _affinity_gains(p)[actions & np.uint8((1 << _PRIMARY) - 1)]
    np.maximum(mind.affinity, -0.9, out=mind.affinity)
    mind.load += felt
    mind.commercials += np.float32(p["following.streak_memory"]) * felt * (met.sells - mind.commercials)


def attention(p: Parameters, met: Encounter) -> Floats:
    """How well a commercial is listened to after the commercials still felt, 0-1."""
    listened: Floats = np.exp(np.float32(-p["offers.streak_deafness"]) * met.commercials)
    return listened


def leave_chances(p: Parameters, utility_of_following: Floats, hid: NDArray[np.bool_]) -> Floats:
    """Probability that a follower leaves at this exposure."""
    base = np.float32(p["following.leave_base"])
    leave = base * np.exp(np.float32(-p["following.leave_slope"]) * utility_of_following)
    chances: Floats = (leave + np.float32(p["following.leave_after_hide"]) * hid).astype(np.float32)
    return chances


def _affinity_gains(p: Parameters) -> Floats:
    """(64,): what each combination of main actions adds to affinity."""
    gains = np.zeros(1 << _PRIMARY, np.float32)
    for bit, action in enumerate(ACTIONS[:_PRIMARY]):
        name = "like" if action == "reaction" else action
        gains[1 << bit] = p[f"feed.affinity_{name}"]
    return gains
