"""Records: what was played, with which playbook, and what came of it, in a file.

A record is plain JSON and never code: reading one checks every field, the names of files and all sizes.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Annotated, Any, Final, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError

from simulator.errors import ClientError, SimulatorError
from simulator.files import write_whole
from simulator.insights.tables import plain
from simulator.network.month import Played
from simulator.playbook.run_days import MOST_DAYS
from simulator.scoring.model_version import MODEL, model_digest
from simulator.scoring.playbook_texts import Texts
from simulator.scoring.score import Score
from simulator.texts import say
from simulator.world.clients import Client, load_client

RECORD_FILE: Final = "record.json"
PLAY_FILE: Final = "play.json"
RECORD_FILES: Final = (RECORD_FILE, PLAY_FILE)
"""What a record is called in a folder."""

MOST_BYTES: Final = 64_000_000
"""A longer file is no record."""
MOST_ROUNDS: Final = 52

Short = Annotated[str, StringConstraints(max_length=200)]
FileName = Literal["page.toml", "plan.csv", "ads.csv", "replies.csv", "shifts.csv"]
Text = Annotated[str, StringConstraints(max_length=8_000_000)]
Figure = int | float | str | None


class Record(BaseModel):
    """What was done and what came of it, complete enough to be done again.

    ``kind``: what was done. ``model`` and ``digest``: with which program. ``client`` and ``fingerprint``: for
    whom, and whether that is still the same client. ``playbooks``: one, or one a week, each file's text by
    its name. ``undone``: weeks that were taken back, so that it was practice. ``figures``: what came of it.

    ``seed``: the world, of a score the first; ``worlds`` and ``until_error`` are a score's.
    """

    model_config = ConfigDict(strict=True, extra="forbid", frozen=True, allow_inf_nan=False)

    kind: Literal["run", "play", "score"]
    model: Short
    digest: Short
    client: Short
    fingerprint: Short
    seed: int = Field(ge=0, le=2**53)
    people: int = Field(ge=1, le=5_000_000)
    days: int = Field(ge=1, le=MOST_DAYS)
    worlds: int | None = Field(default=None, ge=2, le=10_000)
    until_error: float | None = Field(default=None, gt=0)
    undone: int = Field(default=0, ge=0, le=1_000_000)
    playbooks: tuple[dict[FileName, Text], ...] = Field(max_length=MOST_ROUNDS)
    figures: dict[Short, Figure] = Field(default={}, max_length=1_000)

    @property
    def practice(self) -> bool:
        """Whether a week was played again, knowing what had come of it."""
        return self.undone > 0


def new_record(
    kind: Literal["run", "play", "score"],
    client: Client,
    playbooks: Sequence[Texts],
    figures: Mapping[str, Any],
    **asked: Any,
) -> Record:
    """A record made here and now; ``asked``: the fields that say what was asked for."""
    return Record.model_validate(
        {
            "kind": kind,
            "model": MODEL,
            "digest": model_digest(),
            "client": client.label,
            "fingerprint": client.fingerprint,
            "playbooks": tuple(dict(texts) for texts in playbooks),
            "figures": dict(figures),
            **asked,
        }
    )


def write_record(record: Record, path: Path | str) -> Path:
    """Write a record, whole or not at all; reading it gives the same."""
    data = record.model_dump(mode="json", exclude_defaults=True)
    return write_whole(Path(path), json.dumps(data, ensure_ascii=False, indent=1) + "\n")


def read_record(path: Path | str) -> Record:
    """The record in a file, or in a folder that holds one.

    Raises SimulatorError when there is none, or with everything in it that is not as it should be.
    """
    path = _found(Path(path))
    try:
        if path.stat().st_size > MOST_BYTES:
            raise SimulatorError(say("records.too_long", file=path, most=f"{MOST_BYTES:,}"))
        return Record.model_validate_json(path.read_bytes())
    except OSError as wrong:
        raise SimulatorError(say("records.unreadable", file=path, wrong=wrong.strerror or wrong)) from wrong
    except ValidationError as wrong:
        faults = wrong.errors(include_url=False)
        if any(one["type"] == "json_invalid" for one in faults):
            raise SimulatorError(say("records.broken_off", file=path)) from None
        if any(one["type"] == "missing" and one["loc"] == ("kind",) for one in faults):
            raise SimulatorError(say("records.no_record_at_all", file=path)) from None
        said = "; ".join(_fault(one) for one in faults[:_MOST_FAULTS])
        raise SimulatorError(say("records.no_record", file=path, wrong=said)) from None


_MOST_FAULTS = 5


def _found(path: Path) -> Path:
    """The record itself."""
    if not path.is_dir():
        return path
    there = [path / name for name in RECORD_FILES if (path / name).is_file()]
    if not there:
        raise SimulatorError(say("records.none_here", folder=path, names=", ".join(RECORD_FILES)))
    return there[0]


def _fault(one: Mapping[str, Any]) -> str:
    place = ".".join(str(part) for part in one["loc"])[:100]
    return f"{place}: {one['msg']}" if place else str(one["msg"])


def client_of(record: Record, given: Client | None = None) -> Client:
    """The client a record is of, or ``given`` if it is the same.

    Raises ClientError when nobody is called so here, SimulatorError when another one is given.
    """
    if given is None:
        try:
            return load_client(record.client)
        except ClientError as wrong:
            raise ClientError(say("records.unknown_client", wrong=wrong)) from wrong
    if given.label != record.client:
        raise SimulatorError(say("records.other_client", client=record.client, given=given.label))
    return given


def month_figures(month: Played, summary: Mapping[str, Any]) -> dict[str, Figure]:
    """The figures of a month that a record keeps: its summary, and the parts of its worth in cents."""
    parts, names = month.worth, ("expected", "anyway", "later", "ads", "hours", "total")
    return {**plain(summary), **plain({f"worth.{name}": float(getattr(parts, name)) for name in names})}


def score_figures(found: Score) -> dict[str, Figure]:
    """The figures of a score that a record keeps."""
    low, high = found.points.interval
    figures: dict[str, Any] = {
        "score": found.shown,
        "points": found.points.value,
        "standard_error": found.points.error,
        "interval_low": low,
        "interval_high": high,
        "worlds": len(found.seeds),
        "luck_share": found.luck_share,
        "worth_cents": float(found.cents.mean()),
    }
    figures |= {f"anchor.{name}": float(column.mean()) for name, column in found.anchors.items()}
    for one in found.criteria:
        figures |= {f"{one.name}.{part}": float(getattr(one, part)) for part in ("found", "wanted", "points")}
    return plain(figures)
