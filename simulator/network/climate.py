"""The climate under a page's posts: what somebody who reads the comments finds there."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from simulator.network.mail import Mail
from simulator.network.messages import NO_INCIDENT
from simulator.parameters import Parameters
from simulator.units import MINUTES_PER_HOUR
from simulator.world.talk import KINDS, UNWANTED

_BAD = [KINDS.index(kind) for kind in UNWANTED]
_COMPLAINT = KINDS.index("complaint")


@dataclass(frozen=True, slots=True)
class Climate:
    """``bad``: share of spam, scams and abuse among the comments that can be read, 0-1. ``grief``: how many
    complaints a reader meets that nobody answers, or of people whose honest words were taken away; those of a
    crisis count more.
    """

    bad: float = 0.0
    grief: float = 0.0


def climate_of(mail: Mail, now: float, p: Parameters) -> Climate:
    """The climate at ``now``: of the comments of the last ``climate.window_hours``."""
    since = now - p["climate.window_hours"] * MINUTES_PER_HOUR
    written = list(mail.comments_since(since))
    rows = [row for row in written if not mail.gone(row, now)]
    silenced = sum(mail.gone(row, now) and mail.kind[row] not in _BAD for row in written)
    kinds = np.array([mail.kind[row] for row in rows], np.int64)
    bad = int(np.isin(kinds, _BAD).sum())
    ignored_since = now - p["climate.grief_after_hours"] * MINUTES_PER_HOUR
    grief = sum(
        1.0 if mail.incident[row] == NO_INCIDENT else p["incident.weight"]
        for row in rows
        if mail.kind[row] == _COMPLAINT and mail.time[row] <= ignored_since and not mail.answered(row, now)
    )
    met = min(1.0, p["climate.read"] / max(1, len(rows)))
    return Climate(bad / (len(rows) + p["climate.prior"]), (grief + silenced) * met)
