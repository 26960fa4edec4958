"""Templates: what people write to a page, by kind, subject and language, and what clients are asked about.

They stand in ``simulator/data/inbox``: one file a language, found by its name in ``LANGUAGES``,
and ``mix.toml`` for what does not depend on the language. The head of ``en.toml`` explains them.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from simulator.network.choices import Choices
from simulator.world import clients
from simulator.world.talk import CRISES, KINDS, LANGUAGES, SUBJECTS

EVERYWHERE = "both"
TURNS: Final[tuple[str, ...]] = ("opens", "asked", "complained", "talked")
"""Where a message stands in its conversation: it begins one, or follows on somebody who asked, complained or
just talked. A code of a ``turn`` is an index here.
"""
TURN_AFTER: Final[Mapping[str, str]] = {
    "question": "asked",
    "order": "asked",
    "complaint": "complained",
    "praise": "talked",
    "chat": "talked",
}
"""The turn of what comes after a conversation of each kind; what is unwanted has no answer and so no turn."""


@dataclass(frozen=True, slots=True)
class Template:
    """One way to say something; ``text`` has words in {braces} that :mod:`fillings` fills in.

    ``kind``, ``subject``, ``language``: of ``KINDS``, ``SUBJECTS``, ``LANGUAGES``. ``where``: ``comment``,
    ``private`` or ``both``. ``kinds_of_client``: whom it is written to; all if nothing else is said.
    ``turn``: of ``TURNS``.
    """

    text: str
    kind: str
    subject: str
    language: str
    where: str
    kinds_of_client: tuple[str, ...]
    turn: str = "opens"

    def fits(self, kind_of_client: str, public: bool) -> bool:
        """Whether such a client may get it, as a comment (``public``) or as a private message."""
        place = "comment" if public else "private"
        return kind_of_client in self.kinds_of_client and self.where in (place, EVERYWHERE)


@cache
def templates() -> tuple[Template, ...]:
    """Every template, language by language in the order of the files; a message's template is an index here.

    >>> templates()[0].text, templates()[0].kind, templates()[0].subject
    ('Price?', 'question', 'price')
    """
    return tuple(
        _template(row, kind, subject, language, turn)
        for language in LANGUAGES
        for turn in TURNS
        for kind in KINDS
        for subject, rows in _of_turn(language, turn).get(kind, {}).items()
        for row in rows
    )


def subjects(kind_of_client: str, kind: str) -> tuple[NDArray[np.uint8], NDArray[np.float64]]:
    """What messages of a kind are about at such a client: indices of ``SUBJECTS`` and their shares (sum 1).

    Subjects of a crisis are not among them; a kind without subjects has ``none`` alone.

    >>> asked, shares = subjects("services", "question")
    >>> SUBJECTS[asked[shares.argmax()]]
    'price'
    >>> subjects("services", "praise")
    (array([0], dtype=uint8), array([1.]))
    """
    weights: Mapping[str, float] = mix()[kind_of_client].get(kind, {"none": 1.0})
    share = np.array(list(weights.values()), np.float64)
    return np.array([SUBJECTS.index(name) for name in weights], np.uint8), share / share.sum()


def crises(kind_of_client: str) -> tuple[str, ...]:
    """What may go wrong at such a client: subjects of a crisis.

    >>> crises("services")
    ('bad reaction', 'wrong price')
    """
    return tuple(mix()[kind_of_client]["crises"])


def swahili_share(kind_of_client: str) -> float:
    """The share of such a client's messages that are in Swahili.

    >>> swahili_share("media")
    0.35
    """
    table = mix()
    return float(table[kind_of_client].get("swahili_share", table["swahili_share"]))


@cache
def fitting(kind_of_client: str) -> Choices:
    """For each row of :func:`rows_of` the indices of the templates that fit such a client.

    Where none speaks of the subject in that place, those of the kind in that language and turn do; where
    there is none of the turn either, those that open a conversation.
    """
    named: dict[tuple[str, str, str, bool, str], list[int]] = {}
    for index, template in enumerate(templates()):
        for public in (False, True):
            if template.fits(kind_of_client, public):
                for subject in (template.subject, "any"):
                    place = (template.kind, subject, template.language, public, template.turn)
                    named.setdefault(place, []).append(index)
    return Choices.of(
        [
            named.get((kind, subject, language, public, turn))
            or named.get((kind, "any", language, public, turn))
            or named.get((kind, subject, language, public, "opens"))
            or named[kind, "any", language, public, "opens"]
            for kind in KINDS
            for subject in SUBJECTS
            for language in LANGUAGES
            for public in (False, True)
            for turn in TURNS
        ],
        np.int32,
    )


def rows_of(
    kind: NDArray[np.uint8],
    subject: NDArray[np.uint8],
    language: NDArray[np.uint8],
    public: NDArray[np.bool_],
    turn: NDArray[np.uint8] | int = 0,
) -> NDArray[np.int64]:
    """The row of :func:`fitting` for each message; without a ``turn`` all begin conversations."""
    row = kind.astype(np.int64) * len(SUBJECTS) + subject
    found: NDArray[np.int64] = ((row * len(LANGUAGES) + language) * 2 + public) * len(TURNS) + turn
    return found


@cache
def words_of(language: str) -> dict[str, Any]:
    """The file of a language as it stands."""
    return _read(f"{language}.toml")


@cache
def mix() -> dict[str, Any]:
    """``mix.toml`` as it stands."""
    return _read("mix.toml")


@cache
def by_kind(name: str) -> NDArray[np.float32]:
    """(kinds,) the share of messages of each kind with a habit of ``mix.toml``, 0 where it is not named.

    >>> float(by_kind("opener")[KINDS.index("spam")])
    0.0
    """
    habit: Mapping[str, float] = mix()["habits"][name]
    return np.array([habit.get(kind, 0.0) for kind in KINDS], np.float32)


def _of_turn(language: str, turn: str) -> Mapping[str, Mapping[str, Sequence[str | Mapping[str, Any]]]]:
    """The kinds of a language's file, or what it has of them under ``after``."""
    file = words_of(language)
    found: Mapping[str, Any] = file if turn == "opens" else file["after"][turn]
    return found


def _template(row: str | Mapping[str, Any], kind: str, subject: str, language: str, turn: str) -> Template:
    table: Mapping[str, Any] = {"text": row} if isinstance(row, str) else row
    where: str = table.get("where", EVERYWHERE)
    whom = tuple(table.get("for", _whom(subject)))
    return Template(table["text"], kind, subject, language, where, whom, turn)


@cache
def _whom(subject: str) -> tuple[str, ...]:
    """The kinds of client that hear of a subject: of a crisis those at which it may happen, of others all."""
    return tuple(kind for kind in clients.KINDS if subject not in CRISES or subject in crises(kind))


def _read(name: str) -> dict[str, Any]:
    text = (resources.files("simulator") / "data" / "inbox" / name).read_text("utf-8")
    return tomllib.loads(text)


def lists_by_kind(section: str) -> Iterator[tuple[str, ...]]:
    """For each language and, within it, each kind: what ``section`` of its file lists, often nothing."""
    for language in LANGUAGES:
        table: Mapping[str, Any] = words_of(language).get(section, mix().get(section, {}))
        yield from (tuple(table.get(kind, ())) for kind in KINDS)
