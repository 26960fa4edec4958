"""Appeal: the world's luck of a post, keyed to its words."""

from __future__ import annotations

import numpy as np
import pytest

from simulator.network.appeal import KINDS, Appeal, draw_appeal
from simulator.parameters import Parameters, model_parameters
from simulator.playbook.captions import read_caption
from simulator.randomness import Luck

P = model_parameters()
PLAIN = P.changed(
    {
        "appeal.heavy_tail": 0.0,
        "appeal.trade_off": 0.0,
        "appeal.feed_spread": 1.0,
        "appeal.response_spread": 1.0,
    }
)
STANDARD = P.changed({f"appeal.{kind}_spread": 1.0 for kind in KINDS})
WORLDS = 1_500
FIRST = "kafix lodox mirex pesux towax gubax"
ALIKE = "kafix lodox mirex pesux towax zezox"
OTHER = "nonox babax wewex yoyox tutux sisix"


def drawn(text: str, parameters: Parameters = PLAIN) -> np.ndarray:
    """(worlds, 2): feed and response of one text in many worlds."""
    reading = read_caption(text, client=None, purpose="inform", topic="bread")
    appeals = (draw_appeal(Luck(seed), text, reading, parameters) for seed in range(WORLDS))
    return np.array([(appeal.feed, appeal.response) for appeal in appeals])


def kinds(text: str, parameters: Parameters = P) -> np.ndarray:
    """(worlds, 3): what one text has of its own for comments, shares and opens, in many worlds."""
    reading = read_caption(text, client=None, purpose="inform", topic="bread")
    appeals = (draw_appeal(Luck(seed), text, reading, parameters) for seed in range(WORLDS))
    return np.array([[appeal.of(kind) for kind in KINDS] for appeal in appeals])


def correlation(a: np.ndarray, b: np.ndarray) -> float:
    return float(np.corrcoef(a, b)[0, 1])


def test_theory_appeal_is_standard_normal_before_it_is_scaled() -> None:
    """Theory: over worlds both parts have mean 0, variance 1 and, without a trade-off, nothing in common."""
    found = drawn(FIRST)
    assert found.mean(axis=0) == pytest.approx([0, 0], abs=4 / np.sqrt(WORLDS))
    assert found.var(axis=0) == pytest.approx([1, 1], abs=4 * np.sqrt(2 / WORLDS))
    assert abs(correlation(*found.T)) < 4 / np.sqrt(WORLDS)


def test_theory_kinds_of_answer_differ_and_keep_their_mean() -> None:
    """Theory: log-sd is the row's, the mean factor 1; nothing in common with each other or with the rest."""
    found = kinds(FIRST)
    spreads = np.array([P[f"appeal.{kind}_spread"] for kind in KINDS])
    assert (spreads > 0).all()
    assert found.std(axis=0) == pytest.approx(spreads, rel=4 / np.sqrt(2 * WORLDS))
    errors = np.exp(found).std(axis=0) / np.sqrt(WORLDS)
    assert (np.abs(np.exp(found).mean(axis=0) - 1) < 4 * errors).all()
    together = np.corrcoef(np.hstack([drawn(FIRST), found]).T)
    assert np.abs(together[np.triu_indices(5, 1)]).max() < 4 / np.sqrt(WORLDS)


def test_theory_two_wordings_are_talked_about_alike() -> None:
    """Theory: what a post has for one kind of answer is of the idea too: .9 x 5/6 for five of six words."""
    first, alike = kinds(FIRST, STANDARD), kinds(ALIKE, STANDARD)
    for number in range(len(KINDS)):
        found = correlation(first[:, number], alike[:, number])
        assert found == pytest.approx(P["appeal.idea_share"] * 5 / 6, abs=0.05)


def test_invariant_luck_of_answers_leaves_reach_and_response_alone() -> None:
    """Invariant: how far posts differ by kind of answer moves no other draw; no spread, no difference."""
    none = P.changed({f"appeal.{kind}_spread": 0.0 for kind in KINDS})
    assert np.array_equal(drawn(FIRST, none), drawn(FIRST, P))
    assert not kinds(FIRST, none).any()


def test_theory_two_wordings_share_the_idea_by_the_words_they_share() -> None:
    """Theory: five of six words in common correlate .9 x 5/6; no word in common not at all."""
    first, alike, other = (drawn(text)[:, 0] for text in (FIRST, ALIKE, OTHER))
    share = P["appeal.idea_share"]
    assert correlation(first, alike) == pytest.approx(share * 5 / 6, abs=0.04)
    assert abs(correlation(first, other)) < 4 / np.sqrt(WORLDS)


def test_theory_only_the_order_of_words_is_wording() -> None:
    """Theory: the same words in another order share all of the idea: correlation .9."""
    turned = " ".join(reversed(FIRST.split()))
    assert correlation(drawn(FIRST)[:, 1], drawn(turned)[:, 1]) == pytest.approx(
        P["appeal.idea_share"], abs=0.03
    )


def test_theory_reach_and_response_trade_off() -> None:
    """Theory: what the feed carries far is answered less: the correlation is that of its row."""
    found = drawn(FIRST, P.changed({"appeal.heavy_tail": 0.0}))
    assert correlation(*found.T) == pytest.approx(P["appeal.trade_off"], abs=4 / np.sqrt(WORLDS))
    spreads = (P["appeal.feed_spread"], P["appeal.response_spread"])
    assert found.std(axis=0) == pytest.approx(spreads, rel=0.08)


def test_theory_a_heavy_tail_makes_few_posts_go_far() -> None:
    """Theory: feed luck z goes out as sinh(tail z) / tail: nothing for most posts, much for the best."""
    tail, usual, plain = P["appeal.heavy_tail"], drawn(FIRST, P), drawn(FIRST)
    by_hand = P["appeal.feed_spread"] * np.sinh(tail * plain[:, 0]) / tail
    assert tail > 0
    assert usual[:, 0] == pytest.approx(by_hand, rel=1e-9)


def test_invariant_the_same_text_has_the_same_appeal_in_one_world() -> None:
    """Invariant: luck is keyed to the words: asked again, or declared otherwise, appeal stays; elsewhere it
    differs.
    """
    readings = [
        read_caption(FIRST, client=None, purpose=purpose, topic="bread") for purpose in ("inform", "sell")
    ]
    here = [draw_appeal(Luck(4), FIRST, reading, P) for reading in readings]
    assert here[0] == here[1]
    assert draw_appeal(Luck(5), FIRST, readings[0], P) != here[0]


@pytest.mark.parametrize("text", ["", "!!!", "the and of", "x" * 2_200])
def test_extreme_any_text_has_an_appeal(text: str) -> None:
    """Extreme: also without a word that tells anything: a finite number, by the text as it stands."""
    reading = read_caption(text, client=None, purpose="inform", topic="bread")
    appeal = draw_appeal(Luck(1), text, reading, P)
    assert isinstance(appeal, Appeal)
    assert np.isfinite([appeal.feed, appeal.response, *(appeal.of(kind) for kind in KINDS)]).all()
