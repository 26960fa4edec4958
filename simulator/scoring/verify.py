"""Verification: a record is gone through again, and every figure compared with what it says."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from simulator.errors import SimulatorError
from simulator.insights.month import run_month
from simulator.scoring.hands import Hands
from simulator.scoring.model_version import MODEL, model_digest
from simulator.scoring.play import resumed
from simulator.scoring.playbook_texts import playbook_of_texts, town_of_checks
from simulator.scoring.records import Figure, Record, client_of, month_figures, read_record, score_figures
from simulator.scoring.score import USUAL_WORLDS, score
from simulator.scoring.trial import Watch
from simulator.texts import say
from simulator.units import DAYS_PER_MONTH
from simulator.world.clients import Client


@dataclass(frozen=True, slots=True)
class Difference:
    """A figure that is not what the record says; None where one of the two does not have it."""

    name: str
    recorded: Figure
    found: Figure


@dataclass(frozen=True, slots=True)
class Verified:
    """What came of going through a ``record`` again: ``figures`` compared, and those that differ.

    ``same_client``: whether the client is today what it was.
    """

    record: Record
    figures: int
    differences: tuple[Difference, ...]
    same_client: bool

    @property
    def holds(self) -> bool:
        """Whether every figure matches."""
        return not self.differences

    @property
    def same_model(self) -> bool:
        """Whether it was made with the version of the model that is installed here."""
        return self.record.model == MODEL

    @property
    def same_program(self) -> bool:
        """Whether it was made with exactly this program, constants, NumPy and Python."""
        return self.record.digest == model_digest()


def verify(
    record: Record | Path | str,
    *,
    client: Client | None = None,
    hands: Hands | None = None,
    watch: Watch | None = None,
) -> Verified:
    """Go through a record again, given itself or where it lies, and compare every figure.

    ``client``: theirs, if it cannot be loaded by its name. ``hands`` do the work of a score; ``watch(done)``
    is called after every day, of a score after every world. Raises SimulatorError for what is no record or
    is of another client, and PlaybookError for a playbook in it that cannot be read.

    >>> from simulator.playbook.playbook import Playbook
    >>> from simulator.scoring.play import play
    >>> from simulator.world.clients import load_client
    >>> game = play(load_client("salon"), people=1_000)
    >>> month = game.go_on(Playbook.empty())
    >>> verify(game.record()).holds
    True
    """
    if not isinstance(record, Record):
        record = read_record(record)
    client = client_of(record, client)
    found = _again(record, client, hands, watch)
    names = list(dict.fromkeys([*record.figures, *found]))
    differences = [Difference(name, record.figures.get(name), found.get(name)) for name in names]
    return Verified(
        record,
        len(names),
        tuple(one for one in differences if one.recorded != one.found),
        client.fingerprint == record.fingerprint,
    )


def _again(record: Record, client: Client, hands: Hands | None, watch: Watch | None) -> dict[str, Figure]:
    """The figures of what the record says was done."""
    if record.kind == "play":
        game = resumed(record, client)
        return dict(game.record().figures)
    if len(record.playbooks) != 1:
        raise SimulatorError(say("records.one_playbook", kind=record.kind, count=len(record.playbooks)))
    texts = {str(name): text for name, text in record.playbooks[0].items()}
    days = record.days if record.kind == "run" else DAYS_PER_MONTH
    playbook = playbook_of_texts(texts, client, days, town_of_checks(client, record.people))
    if record.kind == "run":
        asked: dict[str, int] = {"seed": record.seed, "people": record.people, "days": days}
        month = run_month(client, playbook, day_done=watch, **asked)
        return month_figures(month, month.insights.summary)
    return score_figures(
        score(
            client,
            playbook,
            worlds=record.worlds or USUAL_WORLDS,
            first=record.seed,
            people=record.people,
            hands=hands,
            until_error=record.until_error,
            watch=watch,
        )
    )
