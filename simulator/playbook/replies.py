"""Reply rules: what is done with a message as soon as it comes, the first rule that fits first."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from simulator.playbook.patterns import Listener, Pattern, Term
from simulator.playbook.plain_text import has_link, plain, readable

ACTIONS: tuple[str, ...] = (
    "hide",
    "delete",
    "block",
    "reply",
    "personal reply",
    "escalate",
    "like",
    "leave",
)
"""``hide``, ``delete`` and ``block`` take a message away, ``reply`` sends the rule's text, ``personal reply``
and ``escalate`` put it before a person, ``like`` and ``leave`` let it stand."""

TAKING_AWAY: tuple[str, ...] = ("hide", "delete", "block")
BY_HAND: tuple[str, ...] = ("personal reply", "escalate")
"""Actions that only a person can finish."""

FIRST, USUAL, LAST = 1, 5, 9
"""The first priority, that of a rule which names none, and the last."""

NO_RULE = -1


class Heard(NamedTuple):
    """What rules ask of a text: its length as people see it, whether it has a link, its terms.

    ``may_fit``: the places of the rules of which a term was heard, or which listen for none.
    """

    length: int
    link: bool
    terms: set[Term]
    may_fit: Sequence[int]


@dataclass(frozen=True, slots=True)
class ReplyRule:
    """One row of the rules: every condition that is not None has to hold.

    ``link``, ``duplicate`` (the same text came within the last days) and ``follower``: whether the
    message must or must not be so. ``longer_than``: characters. ``priority``: of what waits for a
    person, 1 is done first and 9 last. ``line``: where it stands in its file, if it came from one.
    """

    name: str
    contains: Pattern | None = None
    not_contains: Pattern | None = None
    link: bool | None = None
    duplicate: bool | None = None
    follower: bool | None = None
    longer_than: int | None = None
    action: str = "leave"
    priority: int = USUAL
    reply: str = ""
    line: int | None = field(default=None, compare=False)

    @property
    def asks_nothing(self) -> bool:
        """Whether the rule catches every message."""
        asked = (self.contains, self.not_contains, self.link, self.duplicate, self.follower, self.longer_than)
        return asked == (None,) * len(asked)

    def fits(self, heard: Heard, *, duplicate: bool, follower: bool) -> bool:
        """Whether the rule catches a message with this text."""
        return (
            (self.duplicate is None or self.duplicate == duplicate)
            and (self.follower is None or self.follower == follower)
            and (self.link is None or self.link == heard.link)
            and (self.longer_than is None or heard.length > self.longer_than)
            and (self.contains is None or self.contains.holds_of(heard.terms))
            and (self.not_contains is None or not self.not_contains.holds_of(heard.terms))
        )


@dataclass(frozen=True)
class ReplyRules:
    """The rules in the order of their file.

    >>> rules = ReplyRules((ReplyRule("ads", link=True, action="hide"),
    ...                     ReplyRule("prices", Pattern.parse("price*|how much"), action="escalate")))
    >>> rules.first_match("How much are the jars?", duplicate=False, follower=True)
    1
    >>> rules.choose(["cheap pans: bit.ly/x", "nice jars"], np.zeros(2, bool), np.ones(2, bool))
    array([ 0, -1], dtype=int16)
    """

    rules: tuple[ReplyRule, ...] = ()

    def first_match(self, text: str, *, duplicate: bool, follower: bool) -> int:
        """The place of the first rule that catches a message, or ``NO_RULE`` (-1)."""
        return self._first(self._hear(text), duplicate=duplicate, follower=follower)

    def choose(
        self, texts: Sequence[str], duplicate: NDArray[np.bool_], follower: NDArray[np.bool_]
    ) -> NDArray[np.int16]:
        """The same for many messages: ``duplicate`` and ``follower`` hold one value for each text."""
        heard = {text: self._hear(text) for text in set(texts)}
        told = zip(texts, duplicate.tolist(), follower.tolist(), strict=True)
        first = (self._first(heard[text], duplicate=d, follower=f) for text, d, f in told)
        return np.fromiter(first, np.int16, len(texts))

    @property
    def by_hand(self) -> tuple[ReplyRule, ...]:
        """The rules that put a message before a person."""
        return tuple(rule for rule in self.rules if rule.action in BY_HAND)

    def _first(self, heard: Heard, *, duplicate: bool, follower: bool) -> int:
        for at in heard.may_fit:
            if self.rules[at].fits(heard, duplicate=duplicate, follower=follower):
                return at
        return NO_RULE

    def _hear(self, text: str) -> Heard:
        length = len(readable(text)) if self._asks_length else 0
        link = self._asks_link and has_link(text)
        terms = self._listener.terms_in(plain(text).split())
        without, by_term = self._places
        called = {at for term in terms for at in by_term.get(term, ())}
        return Heard(length, link, terms, sorted(called.union(without)) if called else without)

    @cached_property
    def _places(self) -> tuple[list[int], dict[Term, list[int]]]:
        """The rules that listen for nothing, and those that need one of the terms of their first group."""
        without: list[int] = []
        by_term: defaultdict[Term, list[int]] = defaultdict(list)
        for at, rule in enumerate(self.rules):
            if rule.contains is None:
                without.append(at)
            else:
                for term in rule.contains.groups[0]:
                    by_term[term].append(at)
        return without, dict(by_term)

    @cached_property
    def _listener(self) -> Listener:
        patterns = (pattern for rule in self.rules for pattern in (rule.contains, rule.not_contains))
        return Listener(term for pattern in patterns if pattern for term in pattern.terms)

    @cached_property
    def _asks_length(self) -> bool:
        return any(rule.longer_than is not None for rule in self.rules)

    @cached_property
    def _asks_link(self) -> bool:
        return any(rule.link is not None for rule in self.rules)
