"""Rounds: a month in which another playbook may come into force at the start of every week."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from simulator.errors import SimulatorError
from simulator.playbook.playbook import Playbook
from simulator.texts import say
from simulator.units import MINUTES_PER_DAY, MINUTES_PER_WEEK


@dataclass(frozen=True, slots=True)
class Round:
    """A playbook in force from the minute ``begin`` to ``end``.

    ``by_hand``: somebody has shifts, in which posts are made and messages answered; otherwise the client's
    hours make the posts, and nobody looks into the inbox.
    """

    playbook: Playbook
    begin: int
    end: int
    by_hand: bool

    @property
    def days(self) -> range:
        """The days of the month in which it is in force."""
        return range(self.begin // MINUTES_PER_DAY, self.end // MINUTES_PER_DAY)


def rounds_of(books: Sequence[Playbook], days: int) -> tuple[Round, ...]:
    """A round for each of ``books``: a week each, and the last to the end of ``days`` days.

    Raises SimulatorError for none, or for more than there are weeks.

    >>> [(one.begin, one.end) for one in rounds_of([Playbook.empty(), Playbook.empty()], 28)]
    [(0, 10080), (10080, 40320)]
    """
    weeks, end = -(-days // 7), days * MINUTES_PER_DAY
    if not 1 <= len(books) <= weeks:
        raise SimulatorError(say("play.how_many_rounds", rounds=len(books), weeks=weeks))
    borders = [*(week * MINUTES_PER_WEEK for week in range(len(books))), end]
    return tuple(
        Round(book, begin, until, book.rota is not None)
        for book, (begin, until) in zip(books, pairwise(borders), strict=True)
    )
