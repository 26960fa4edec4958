"""Warnings of reply rules: what a careful colleague would ask about before they are switched on."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from itertools import product

from simulator.errors import Problem, problem
from simulator.playbook.patterns import Listener, Pattern, Term
from simulator.playbook.regex_habits import regex_habit, without_habits
from simulator.playbook.replies import TAKING_AWAY, ReplyRule

Note = Callable[..., Problem]


def warnings_of(rules: Sequence[ReplyRule], file: str) -> Iterator[Problem]:
    """What a careful colleague would ask about, rule by rule and of their order."""
    note: Note = partial(problem, file=file, severity="warning")
    for rule in rules:
        yield from _about_a_rule(rule, note)
    yield from _same_names(rules, note)
    yield from _never_reached(rules, note)


def _about_a_rule(rule: ReplyRule, note: Note) -> Iterator[Problem]:
    if rule.reply.strip() and rule.action != "reply":
        yield note("replies.unsent_reply", line=rule.line, column="Reply", value=rule.reply)
    if rule.action in TAKING_AWAY and rule.asks_nothing:
        yield note("replies.takes_everything", line=rule.line, column="Action", value=rule.action)
    if rule.action == "reply" and rule.asks_nothing:
        yield note("replies.answers_everybody", line=rule.line, column="Action", value=rule.action)
    for column, pattern in (("If Contains", rule.contains), ("If Not Contains", rule.not_contains)):
        if pattern:
            yield from _about_words(pattern, partial(note, line=rule.line, column=column, value=pattern.text))
    if _contradicts_itself(rule):
        yield note("replies.contradiction", line=rule.line, column="If Not Contains", value=_words(rule))


def _about_words(pattern: Pattern, note: Note) -> Iterator[Problem]:
    """Signs in a list of words that are taken for more than signs."""
    if habit := regex_habit(pattern.text):
        yield note("replies.regex", habit=habit, plain=without_habits(pattern.text))
    elif any(map(_lists_by_comma, pattern.terms)):
        yield note("replies.comma")


def _words(rule: ReplyRule) -> str:
    return rule.not_contains.text if rule.not_contains else ""


def _lists_by_comma(term: Term) -> bool:
    """Whether a comma (or semicolon) stands between two words that are no numbers."""
    around = zip(term, term[1:-1], term[2:], strict=False)
    return any(mark in (",", ";") and not (a[0] + b[0]).isdigit() for a, mark, b in around)


def _same_names(rules: Sequence[ReplyRule], note: Note) -> Iterator[Problem]:
    first: dict[str, ReplyRule] = {}
    for rule in rules:
        known = first.setdefault(rule.name.casefold(), rule)
        if rule.name and known is not rule:
            yield note("replies.same_name", line=rule.line, column="Rule", value=rule.name, first=known.line)


def _never_reached(rules: Sequence[ReplyRule], note: Note) -> Iterator[Problem]:
    """A warning for each rule of which every message is caught by rules before it."""
    wider = _Wider(rules)
    live: list[ReplyRule] = []
    for rule in rules:
        if _contradicts_itself(rule):
            continue
        before = _caught_before(rule, [other for other in live if wider.asks_no_more(other, rule)])
        if before:
            lines = ", ".join(str(line) for line in sorted({caught.line or 0 for caught in before}))
            yield note("replies.never_fires", line=rule.line, column="Rule", value=rule.name, lines=lines)
        else:
            live.append(rule)


def _contradicts_itself(rule: ReplyRule) -> bool:
    """Whether whatever the rule asks for is what it passes over."""
    return bool(rule.contains and rule.not_contains and rule.not_contains.covers(rule.contains))


def _caught_before(rule: ReplyRule, wider: Sequence[ReplyRule]) -> list[ReplyRule]:
    """The first wider rule that catches all that ``rule`` would, or those that do so together; else [].

    Whatever else it is, a message has a link or none, came before or not, is a follower's or not.
    """
    cases = list(product(*map(_cases, (rule.link, rule.duplicate, rule.follower)))) if wider else []
    for other in wider:
        if all(_allows(other, case) for case in cases):
            return [other]
    found = [next((other for other in wider if _allows(other, case)), None) for case in cases]
    return [] if None in found else [other for other in found if other is not None]


def _cases(asked: bool | None) -> tuple[bool, ...]:
    return (True, False) if asked is None else (asked,)


def _allows(rule: ReplyRule, case: tuple[bool, ...]) -> bool:
    asked = (rule.link, rule.duplicate, rule.follower)
    return all(want is None or want == given for want, given in zip(asked, case, strict=True))


class _Wider:
    """Which of two rules asks no more of a text than the other.

    Patterns are compared in full only when one holds of a sample of the other: of each group the
    term that fewest patterns have.
    """

    def __init__(self, rules: Sequence[ReplyRule]) -> None:
        both = (pattern for rule in rules for pattern in (rule.contains, rule.not_contains))
        patterns = {pattern.text: pattern for pattern in both if pattern}
        frequency = Counter(term for pattern in patterns.values() for term in pattern.terms)
        listener = Listener(frequency)
        rarest = partial(min, key=lambda term: (frequency[term], term))
        self._in_sample = {
            text: listener.terms_in([token for group in pattern.groups for token in rarest(group)])
            for text, pattern in patterns.items()
        }

    def asks_no_more(self, wide: ReplyRule, narrow: ReplyRule) -> bool:
        """Whether every text that ``narrow`` takes is long enough and says enough for ``wide``."""
        return (
            _least_length(wide) <= _least_length(narrow)
            and (wide.contains is None or self._covers(wide.contains, narrow.contains))
            and (wide.not_contains is None or self._covers(narrow.not_contains, wide.not_contains))
        )

    def _covers(self, wide: Pattern | None, narrow: Pattern | None) -> bool:
        """Whether both are patterns, and the first holds of every text of which the second does."""
        if wide is None or narrow is None:
            return False
        return wide.holds_of(self._in_sample[narrow.text]) and wide.covers(narrow)


def _least_length(rule: ReplyRule) -> int:
    return 0 if rule.longer_than is None else rule.longer_than + 1
