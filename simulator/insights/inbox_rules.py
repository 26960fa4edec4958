"""What became of reply rules: how often each fired, and whom it hit."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from simulator.insights import message_marks as marks
from simulator.insights.metrics import ratio
from simulator.network.messages import NO_RULE
from simulator.playbook.replies import ReplyRule
from simulator.texts import say

if TYPE_CHECKING:
    from simulator.network.month import Played


@dataclass(frozen=True, slots=True)
class RuleFound:
    """One reply rule in a month.

    ``fired``: messages it caught first; of these ``unwanted`` were spam, scams or abuse, ``wronged``
    somebody honest (taken away, answered beside the point, or only liked or left where an answer was
    wanted) and ``answered`` well: by a person, or by its canned reply. ``action`` is empty when the rule
    is not known any more.
    """

    name: str
    action: str
    fired: int
    unwanted: int
    wronged: int
    answered: int

    @property
    def unwanted_share(self) -> float:
        """Share of what it caught that was unwanted; NaN when it never fired."""
        return float(ratio(self.unwanted, self.fired))


def rules_of(month: Played) -> tuple[ReplyRule, ...]:
    """The reply rules the month was played with, in their order."""
    replies = month.playbook.replies
    return () if replies is None else replies.rules


def rule_name(month: Played, rule: int) -> str:
    """The name of the rule at this place, or its number where it has none."""
    rules = rules_of(month)
    name = str(rules[rule].name) if rule < len(rules) else ""
    return name or say("inbox.rules.unnamed", number=rule + 1)


def rules_found(month: Played) -> tuple[RuleFound, ...]:
    """What became of every rule, in their order; those that never fired too."""
    rows, rules = month.log.messages, rules_of(month)
    number = max(len(rules), int(rows.rule.max(initial=NO_RULE)) + 1)

    def count(chosen: NDArray[np.bool_]) -> list[int]:
        caught = rows.rule[chosen & (rows.rule != NO_RULE)]
        return [int(times) for times in np.bincount(caught, minlength=number)]

    honest = ~marks.unwanted(rows)
    counts = zip(
        count(np.ones(len(rows), np.bool_)),
        count(~honest),
        count(marks.silenced(rows) | marks.beside_the_point(rows) | marks.brushed_off(rows)),
        count(honest & ~np.isnan(marks.answer_time(rows))),
        strict=True,
    )
    actions = [str(rule.action) for rule in rules] + [""] * (number - len(rules))
    return tuple(
        RuleFound(rule_name(month, place), actions[place], *found) for place, found in enumerate(counts)
    )
