"""Threads: what messages keep of the conversation they go on with."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from simulator.network.drafts import NEW_THREAD, Drafts
from simulator.network.mail import Mail
from simulator.network.messages import NO_INCIDENT
from simulator.network.service import WAITED
from simulator.network.templates import TURN_AFTER, TURNS
from simulator.world.talk import KINDS

_INCIDENT_KEYS = np.uint64(1 << 41)
Codes = NDArray[np.integer[Any]]


@dataclass(frozen=True, slots=True)
class Threads:
    """One entry a draft; of one that begins a conversation its own.

    ``key``: names the luck of the first message, from which a conversation has its words; ``about`` that of
    the product, price and day, which all who write of one incident have in common.
    ``kind``: of the first message. ``subject``: a question goes on about what was asked, ordered or
    complained of. ``turn``: index of ``TURNS``. ``place``: how many messages of the conversation came before.
    """

    key: NDArray[np.uint64]
    about: NDArray[np.uint64]
    kind: NDArray[np.uint8]
    subject: NDArray[np.uint8]
    turn: NDArray[np.uint8]
    place: NDArray[np.uint64]

    @classmethod
    def begun(cls, kind: Codes, subject: Codes, key: NDArray[np.uint64]) -> Threads:
        """Those of messages that all begin a conversation."""
        keys, none = key.astype(np.uint64), np.zeros(len(key), np.uint8)
        return cls(
            keys, keys.copy(), kind.astype(np.uint8), subject.astype(np.uint8), none, none.astype(np.uint64)
        )

    @classmethod
    def of(cls, found: Drafts, mail: Mail) -> Threads:
        """Those of ``found``, whose conversations are in ``mail``.

        >>> from simulator.network.drafts import drafts
        >>> Threads.of(drafts(np.zeros(1), np.array([7], np.uint64)), Mail()).turn.tolist()
        [0]
        """
        threads = cls.begun(found.kind, found.subject, found.key)
        of_incident = found.incident != NO_INCIDENT
        threads.about[of_incident] = _INCIDENT_KEYS + found.incident[of_incident].astype(np.uint64)
        for at in np.flatnonzero(found.thread != NEW_THREAD).tolist():
            first = mail.thread[found.thread[at]]
            threads.key[at], threads.kind[at] = mail.key[first], mail.kind[first]
            incident = mail.incident[first]
            own = incident == NO_INCIDENT
            threads.about[at] = mail.key[first] if own else _INCIDENT_KEYS + np.uint64(incident)
            threads.turn[at] = TURNS.index(TURN_AFTER.get(KINDS[mail.kind[first]], TURNS[0]))
            threads.place[at] = mail.lengths[first]
            if found.kind[at] in WAITED and mail.kind[first] in WAITED:
                threads.subject[at] = mail.subject[first]
        return threads
