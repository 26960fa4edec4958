"""Answers: what a reply that is sent by rule speaks of, and so which questions it can answer.

The words that tell stand in ``simulator/data/inbox/answers.toml``, in the language of reply rules.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache, lru_cache
from importlib import resources

from simulator.playbook.patterns import Listener, Pattern
from simulator.playbook.plain_text import plain

REPLIES_KEPT = 4_096
"""A rule sends the same text again and again: so many are remembered."""


@lru_cache(maxsize=REPLIES_KEPT)
def subjects_of(reply_text: str) -> frozenset[str]:
    """The names of ``simulator.world.talk.SUBJECTS`` that a reply speaks of, but for "none".

    >>> sorted(subjects_of("We are open from 8 to 18, Monday to Saturday, on Lake Street."))
    ['hours', 'place']
    >>> subjects_of("Thank you for your message!")
    frozenset()
    """
    tokens = plain(reply_text).split()
    heard = _listener().terms_in(tokens)
    return frozenset(
        subject for subject, lines in telling_words().items() if any(line.holds_of(heard) for line in lines)
    )


@cache
def telling_words() -> Mapping[str, tuple[Pattern, ...]]:
    """The patterns of each subject, of which one has to hold."""
    file = resources.files("simulator") / "data" / "inbox" / "answers.toml"
    table = tomllib.loads(file.read_text(encoding="utf-8"))
    return {subject: tuple(map(Pattern.parse, lines)) for subject, lines in table.items()}


@cache
def _listener() -> Listener:
    return Listener(term for lines in telling_words().values() for line in lines for term in line.terms)
