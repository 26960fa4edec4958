"""Wording: which template a message is written by, and the message written out.

Both are drawn from the luck of a message's key alone, so the same key always gives the same text, in
any order and beside any other messages. Texts are decoration with one exception: reply rules read them.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache, cached_property
from typing import Final

import numpy as np
from numpy.typing import NDArray

from simulator.network import slips
from simulator.network.accounts import OUTSIDE, account_name
from simulator.network.choices import Choices
from simulator.network.fillings import FORMS, Fillings
from simulator.network.templates import (
    Template,
    by_kind,
    fitting,
    lists_by_kind,
    mix,
    rows_of,
    subjects,
    swahili_share,
    templates,
)
from simulator.network.threads import Threads
from simulator.world.clients import Client
from simulator.world.talk import KINDS, LANGUAGES
from simulator.world.world import World

__all__ = ["Template", "Wording", "account_name", "subjects", "swahili_share", "templates"]

Texts = NDArray[np.object_]
Keys = NDArray[np.uint64]
Rows = NDArray[np.int64]

PROMOTIONAL: Final = ("spam", "scam")
"""Kinds that come in campaigns."""

SHARED: Final = ("product", "price", "day")
"""What all who write of one incident have in common."""

_BRACE = re.compile(r"\{(\w+)\}")
_CAMPAIGN_KEYS = 1 << 40


@dataclass(frozen=True)
class Wording:
    """Writes the messages of ``client``'s page in ``world``.

    >>> from simulator.world.clients import load_client
    >>> from simulator.world.world import draw_world
    >>> salon = load_client("salon")
    >>> wording = Wording(salon, draw_world(salon, seed=7, people=1_000))
    >>> ask, book, english = np.zeros(2, np.uint8), np.full(2, 8, np.uint8), np.zeros(2, np.uint8)
    >>> keys = np.array([4, 5], np.uint64)
    >>> chosen = wording.choose(ask, book, english, np.zeros(2, bool), keys)
    >>> {(templates()[index].kind, templates()[index].subject) for index in chosen}
    {('question', 'booking')}
    >>> wording.write(chosen, np.array([12, 13]), keys) == wording.write(chosen, np.array([12, 13]), keys)
    True
    """

    client: Client
    world: World

    def choose(
        self,
        kind: NDArray[np.uint8],
        subject: NDArray[np.uint8],
        language: NDArray[np.uint8],
        public: NDArray[np.bool_],
        keys: Keys,
        threads: Threads | None = None,
    ) -> NDArray[np.int32]:
        """The template of each message, an index of :func:`templates`; ``public``: a comment, not private.

        Each fitting template is as likely as any other. An account that repeats itself is one whose
        messages have one key. ``threads``: the conversations they go on with, in which nothing is soon said
        twice; without it all begin one.
        """
        threads = threads or Threads.begun(kind, subject, keys)
        bits = self.world.luck.stream("template").bits(threads.key) + threads.place
        chosen: NDArray[np.int32] = fitting(self.client.file.kind).pick(
            rows_of(kind, subject, language, public, threads.turn), bits
        )
        return chosen

    def write(
        self,
        template: NDArray[np.int32],
        sender: NDArray[np.int64],
        keys: Keys,
        threads: Threads | None = None,
    ) -> tuple[str, ...]:
        """What stands in each message, written by its ``template``.

        ``sender``: a person's id, or below 0 an account from outside the town. Spam and scams take
        after their sender: an account has one handle and one campaign with one link, and writes the same
        words whenever it uses a template; about half are the campaign's words letter by letter.
        ``threads``: the conversations they go on with; each stays with one product, price, place and day, and
        with one way of typing, and all that is written of an incident with one product, price and day.
        """
        if not len(keys):
            return ()
        threads = threads or Threads.begun(_kind()[template], _kind()[template], keys)
        source, campaign = self._sources(template, sender, keys)
        began = np.where(_promotional()[template], source, threads.key)
        about = np.where(_promotional()[template], source, threads.about)
        texts = self._filled(template, began, about, campaign)
        return tuple(self._dressed(texts, template, source, began, threads.kind).tolist())

    @cached_property
    def fillings(self) -> Fillings:
        """The pools of words that fill templates in, made when first asked for."""
        return Fillings(self.client, self.world.country, self.world.luck)

    def _sources(
        self, template: NDArray[np.int32], sender: NDArray[np.int64], keys: Keys
    ) -> tuple[Keys, Keys]:
        """Whose luck words a message, and which campaign's link it would hold."""
        luck, campaigns = self.world.luck, mix()["campaigns"]
        campaign = luck.stream("campaign").bits(sender) % np.uint64(campaigns["count"])
        copied = luck.stream("copied").uniform(keys) < campaigns["copied"]
        own = np.where(copied, campaign + np.uint64(_CAMPAIGN_KEYS), sender.astype(np.uint64))
        source = np.where(_promotional()[template], own, keys.astype(np.uint64))
        return source, campaign

    def _filled(self, template: NDArray[np.int32], source: Keys, about: Keys, campaign: Keys) -> Texts:
        texts = np.empty(len(template), object)
        order = np.argsort(template, kind="stable")
        ends = np.flatnonzero(np.diff(template[order])) + 1
        for rows in np.split(order, ends):
            texts[rows] = self._of_one(int(template[rows[0]]), source[rows], about[rows], campaign[rows])
        return texts

    def _of_one(self, index: int, source: Keys, about: Keys, campaign: Keys) -> list[str]:
        """The texts of messages that have a template in common."""
        pattern, fields = _pattern(index)
        if not fields:
            return [pattern % ()] * len(source)
        columns = [self._words(field, index, source, about, campaign) for field in fields]
        return [pattern % words for words in zip(*columns, strict=True)]

    def _words(self, field: str, index: int, source: Keys, about: Keys, campaign: Keys) -> list[str]:
        promotional = bool(_promotional()[index])
        pool = self.fillings.pool(field, templates()[index].language, promotional)
        stream, ids = ("product" if field == "price" else field), source
        if promotional and field == "link":
            ids = campaign
        if promotional and field == "account":
            stream = OUTSIDE
        luck = self.world.luck.stream(*([stream] if stream == OUTSIDE else ["words", stream]))
        place = luck.bits(about if field in SHARED else ids) % np.uint64(len(pool))
        if field in ("product", "price"):  # which one is shared, how it is called is the writer's own
            place += luck.bits(ids) % np.uint64(FORMS) - place % np.uint64(FORMS)
        words: list[str] = pool[place.astype(np.int64)].tolist()
        return words

    def _dressed(
        self,
        texts: Texts,
        template: NDArray[np.int32],
        source: Keys,
        began: Keys,
        began_kind: NDArray[np.uint8],
    ) -> Texts:
        """As people write: with a greeting or a word at the end, an emoji, in haste or in a rage.

        ``began``, ``began_kind``: of the first message, as which they go on to type; nobody greets again.
        """
        kind, language = _kind()[template], _language()[template]
        row = language * len(KINDS) + kind
        luck = self.world.luck
        opened, closed, smiling, _ = luck.stream("dress").uniforms(source, 4)
        typed = luck.stream("dress").uniforms(began, 4)[3]
        opening = (opened < by_kind("opener")[kind]) & _plain_start()[template] & (source == began)
        closing = (closed < by_kind("closer")[kind]) & _plain_end()[template]
        self._add("openers", texts, opening, row, source, slips.after_greeting)
        self._add("closers", texts, closing, row, source, _after)
        _type(texts, typed, began_kind)
        slipped = luck.stream("slip").uniform(source) < by_kind("misspelled")[kind]
        rows = np.flatnonzero(slipped)
        bits = luck.stream("slip", "which").bits(source[rows])
        texts[rows] = [slips.misspelt(texts[at], bit) for at, bit in zip(rows, bits.tolist(), strict=True)]
        self._add("emoji", texts, smiling < by_kind("emoji")[kind], row, source, _after)
        return texts

    def _add(
        self,
        section: str,
        texts: Texts,
        where: NDArray[np.bool_],
        row: Rows,
        source: Keys,
        join: Callable[[str, str], str],
    ) -> None:
        """Puts a word of ``section`` to the texts of ``where``."""
        rows = np.flatnonzero(where)
        bits = self.world.luck.stream("dress", section).bits(source[rows])
        words = _added(section).pick(row[rows], bits)
        texts[rows] = [join(word, text) for word, text in zip(words, texts[rows], strict=True)]


def _type(texts: Texts, typed: NDArray[np.float32], kind: NDArray[np.integer]) -> None:
    """Every text at most one way of typing, by ``typed`` in (0, 1)."""
    done = np.zeros(len(texts), np.float32)
    for habit, change in _TYPING:
        share = by_kind(habit)[kind]
        rows = np.flatnonzero((typed >= done) & (typed < done + share))
        texts[rows] = [change(text) for text in texts[rows]]
        done += share


_TYPING: Final[tuple[tuple[str, Callable[[str], str]], ...]] = (
    ("small", slips.small),
    ("bare", slips.bare),
    ("repeated", slips.repeated),
    ("loud", slips.loud),
)


def _after(word: str, text: str) -> str:
    """``word`` behind ``text``, as a sentence of its own if it begins like one."""
    stop = "." if word[0].isupper() and text[-1].isalnum() else ""
    return f"{text}{stop} {word}"


@cache
def _pattern(index: int) -> tuple[str, tuple[str, ...]]:
    """A template as a pattern for ``%``, and the words that go into it in order."""
    text = templates()[index].text.replace("%", "%%")
    return _BRACE.sub("%s", text), tuple(_BRACE.findall(text))


@cache
def _kind() -> NDArray[np.int64]:
    return np.array([KINDS.index(template.kind) for template in templates()])


@cache
def _language() -> NDArray[np.int64]:
    return np.array([LANGUAGES.index(template.language) for template in templates()])


@cache
def _promotional() -> NDArray[np.bool_]:
    return np.array([template.kind in PROMOTIONAL for template in templates()])


@cache
def _added(section: str) -> Choices:
    """What is put to texts, in rows of language and, within it, kind."""
    return Choices.of(list(lists_by_kind(section)))


@cache
def _plain_start() -> NDArray[np.bool_]:
    """Whether a greeting may stand before each template: it has none of its own and calls nobody."""
    greetings = {_first_word(word) for rows in lists_by_kind("openers") for word in rows}
    return np.array(
        [row.text[0] not in "@{😂" and _first_word(row.text) not in greetings for row in templates()]
    )


@cache
def _plain_end() -> NDArray[np.bool_]:
    """Whether a word may be put behind each template: it ends in words and does not say thanks or please."""
    courtesies = re.compile(r"\b(?:thank|please|pls|asante|tafadhali|naomba)", re.IGNORECASE)
    return np.array([row.text[-1].isascii() and not courtesies.search(row.text) for row in templates()])


def _first_word(text: str) -> str:
    return text.split()[0].strip(",.!?:").casefold()
