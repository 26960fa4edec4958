"""A play: the month in four rounds, a week each, with a look at yesterday's insights before the next."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime, time, timedelta
from functools import cached_property
from pathlib import Path
from typing import Final

from simulator.errors import PlaybookError, SimulatorError
from simulator.insights.month import Month, month_of
from simulator.network.month import day_one, play_rounds
from simulator.playbook.playbook import Playbook
from simulator.scoring.past import past_changes
from simulator.scoring.playbook_texts import Texts, playbook_of_texts, texts_in, texts_of, town_of_checks
from simulator.scoring.records import Record, client_of, month_figures, new_record
from simulator.texts import say
from simulator.units import DAYS_PER_MONTH, DAYS_PER_WEEK
from simulator.world.clients import DEFAULT_PEOPLE, Client
from simulator.world.world import World

WEEKS: Final = DAYS_PER_MONTH // DAYS_PER_WEEK

DayDone = Callable[[int], None]


class Play:
    """A month that is played week by week; begun by :func:`play`.

    Before a week a whole playbook is handed in. It holds from the first minute of that week on; what has
    happened stays. What is seen is a day old: of a week that is over its first six days, of the month all.
    ``undone``: weeks taken back so far; with any it is practice.
    """

    def __init__(self, client: Client, seed: int, people: int, *, undone: int = 0) -> None:
        self.client = client
        self.seed = seed
        self.people = people
        self.undone = undone
        self._texts: list[Texts] = []
        self._books: list[Playbook] = []
        self._month: Month | None = None

    @property
    def played(self) -> int:
        """How many weeks are over."""
        return len(self._books)

    @property
    def is_over(self) -> bool:
        """Whether all four weeks are."""
        return self.played == WEEKS

    @property
    def practice(self) -> bool:
        """Whether a week was taken back; that stays so."""
        return self.undone > 0

    @property
    def playbooks(self) -> tuple[Playbook, ...]:
        """What was handed in, week by week."""
        return tuple(self._books)

    @property
    def month(self) -> Month:
        """What can be seen by now; raises SimulatorError before the first week."""
        if self._month is None:
            self._month = self._played(self._books)
        return self._month

    def go_on(self, playbook: Playbook | Path | str, *, day_done: DayDone | None = None) -> Month:
        """Play the next week under ``playbook``, or one in a folder; what can be seen after it.

        Raises PlaybookError, and nothing has happened, if anything in it is an error or it changes posts that
        have gone out; SimulatorError when the month is over.
        """
        if self.is_over:
            raise SimulatorError(say("play.is_over", weeks=WEEKS))
        texts, book = self._read(playbook)
        border, week = self.begins(self.played + 1), self.played + 1
        wrong = [*past_changes(self._books[-1], book, border, week)] if self._books else []
        if wrong:
            raise PlaybookError(wrong)
        month = self._played([*self._books, book], day_done)
        self._texts.append(texts)
        self._books.append(book)
        self._month = month
        return month

    def _read(self, playbook: Playbook | Path | str) -> tuple[Texts, Playbook]:
        """What was handed in, word for word and as it is read."""
        if isinstance(playbook, Playbook):
            texts = texts_of(playbook)
            return texts, playbook_of_texts(texts, self.client, DAYS_PER_MONTH, self._town)
        book = Playbook.read(playbook, self.client, DAYS_PER_MONTH, self._town)
        return texts_in(playbook), book

    def undo(self, weeks: int = 1) -> None:
        """Take the last week back, or more: the play is practice from now on.

        Raises SimulatorError for more weeks than were played, and for less than one.
        """
        if not 1 <= weeks <= self.played:
            raise SimulatorError(say("play.nothing_to_undo", weeks=weeks, played=self.played))
        del self._texts[-weeks:], self._books[-weeks:]
        self._month = None
        self.undone += weeks

    def begins(self, week: int) -> datetime:
        """The first moment of a week, counted from 1."""
        first = datetime.combine(self.client.file.month_start, time())
        return first + timedelta(days=DAYS_PER_WEEK * (week - 1))

    def record(self) -> Record:
        """The play so far, to be written down; :func:`resumed` goes on with it."""
        figures = month_figures(self.month, self.month.insights.summary) if self._books else {}
        asked = {"seed": self.seed, "people": self.people, "days": DAYS_PER_MONTH, "undone": self.undone}
        return new_record("play", self.client, self._texts, figures, **asked)

    def texts(self, week: int) -> Texts:
        """The files handed in for a week, counted from 1."""
        return self._texts[week - 1]

    def take_over(self, texts: Texts) -> None:
        """A week that has been played already, as a record keeps it; raises PlaybookError if unreadable."""
        self._books.append(playbook_of_texts(texts, self.client, DAYS_PER_MONTH, self._town))
        self._texts.append(texts)
        self._month = None

    @cached_property
    def _town(self) -> World | None:
        return town_of_checks(self.client, self.people)

    def _played(self, books: Sequence[Playbook], day_done: DayDone | None = None) -> Month:
        if not books:
            raise SimulatorError(say("play.nothing_yet"))
        start = day_one(self.client, seed=self.seed, people=self.people)
        until = days_seen(len(books))
        return month_of(play_rounds(start, books, days=DAYS_PER_MONTH, until_day=until, day_done=day_done))


def days_seen(weeks: int) -> int:
    """How many days can be seen when so many weeks are over: yesterday is the last; at the end, all.

    >>> [days_seen(week) for week in (1, 2, 3, 4)]
    [6, 13, 20, 28]
    """
    return DAYS_PER_MONTH if weeks == WEEKS else DAYS_PER_WEEK * weeks - 1


def play(client: Client, *, seed: int = 1, people: int = DEFAULT_PEOPLE) -> Play:
    """Begin a month that is played week by week, in the world ``seed``.

    >>> from simulator.world.clients import load_client
    >>> game = play(load_client("salon"), people=1_000)
    >>> game.go_on(Playbook.empty()).days, game.played, game.practice
    (6, 1, False)
    >>> game.undo()
    >>> game.played, game.practice
    (0, True)
    """
    return Play(client, seed, people)


def resumed(record: Record, client: Client | None = None) -> Play:
    """A play as it was when ``record`` was written.

    ``client``: theirs, if it cannot be loaded by its name. Raises SimulatorError for a record of something
    else or of too many weeks, or of another client; PlaybookError for a playbook that cannot be read.
    """
    if record.kind != "play" or len(record.playbooks) > WEEKS or record.days != DAYS_PER_MONTH:
        raise SimulatorError(say("play.no_play", kind=record.kind, weeks=len(record.playbooks)))
    game = Play(client_of(record, client), record.seed, record.people, undone=record.undone)
    for texts in record.playbooks:
        game.take_over({str(name): text for name, text in texts.items()})
    return game
