"""The lexicon: which words and phrases tell what, in every language at once.

The lists stand in ``simulator/data/lexicon`` (one file a language, all read together) and in
the client's topics; here they become one vocabulary that marks a text in time linear in its
length.
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import cache, lru_cache
from importlib import resources
from itertools import pairwise
from typing import Any

from simulator.world.clients import Client

Mark = tuple[str, str]
"""What a word tells: a kind (a purpose, ``strong``, ``topic``, ``call``, ...) and which cue of it."""

WORD = re.compile(r"[^\W_]+(?:'[^\W_]+)*")
DIGIT = re.compile(r"\d")
_MOST_WORDS_KEPT = 50_000
_LONGEST_WORD = 40
_SHORTEST_PLURAL = 5
"""Shorter words of a topic that end in s may be no plurals: news, gas."""


class _WordMarks(dict[str, frozenset[Mark]]):
    """The marks of any word, worked out when first met: whole, singular, start, end or inside."""

    def __init__(self, entries: Iterable[tuple[str, Mark]]) -> None:
        super().__init__()
        self._whole: defaultdict[str, set[Mark]] = defaultdict(set)
        self._plural: defaultdict[str, set[Mark]] = defaultdict(set)
        self._starts: defaultdict[str, set[Mark]] = defaultdict(set)
        self._within: list[tuple[str, bool, Mark]] = []
        for entry, mark in entries:
            self._file(entry, mark)
        self._start_lengths = sorted({len(start) for start in self._starts})

    def _file(self, entry: str, mark: Mark) -> None:
        stem = entry.strip("*=")
        if entry.startswith("*"):
            self._within.append((stem, not entry.endswith("*"), mark))
        elif entry.endswith("*"):
            self._starts[stem].add(mark)
        else:
            self._whole[stem].add(mark)
            if not entry.startswith("="):
                self._plural[_plural(stem)].add(mark)
                if mark[0] == "topic" and len(stem) >= _SHORTEST_PLURAL:
                    self._whole[_singular(stem)].add(mark)

    def __missing__(self, word: str) -> frozenset[Mark]:
        if len(word) > _LONGEST_WORD:
            return frozenset()
        if len(self) > _MOST_WORDS_KEPT:
            self.clear()
        bare = word.removesuffix("'s")
        found = self._whole.get(bare, set()) | self._plural.get(bare, set())
        for length in self._start_lengths:
            found = found | self._starts.get(bare[:length], set())
        for stem, at_the_end, mark in self._within:
            if bare.endswith(stem) if at_the_end else stem in bare:
                found = found | {mark}
        self[word] = frozenset(found)
        return self[word]


def _plural(word: str) -> str:
    """The English plural: "story" gives "stories", "wish" "wishes", "tip" "tips"."""
    if word.endswith("y") and word[-2:-1] not in "aeiou":
        return word[:-1] + "ies"
    return word + ("es" if word.endswith(("s", "x", "z", "ch", "sh")) else "s")


def _singular(word: str) -> str:
    """The word of an English plural; other words stay as they are.

    >>> [_singular(word) for word in ("languages", "stories", "dishes", "fitness", "kitchen")]
    ['language', 'story', 'dish', 'fitness', 'kitchen']
    """
    if word.endswith("ies"):
        return word[:-3] + "y"
    if word.endswith(("sses", "xes", "zes", "ches", "shes")):
        return word[:-2]
    return word[:-1] if word.endswith("s") and not word.endswith(("ss", "us", "is", "'s")) else word


class Vocabulary:
    """All that is listened for: words, phrases by their first two words, amounts of money, stop-words."""

    def __init__(self, lexicons: Sequence[dict[str, Any]], topics: TopicWords) -> None:
        entries = [(_spoken(entry), mark) for entry, mark in _entries(lexicons, topics)]
        self.words = _WordMarks((entry, mark) for entry, mark in entries if " " not in entry)
        self.stop_words = frozenset(word for lexicon in lexicons for word in lexicon["stop_words"])
        phrases: defaultdict[tuple[str, ...], set[Mark]] = defaultdict(set)
        for entry, mark in entries:
            if " " in entry:
                *start, last = entry.split()
                phrases[*start, last].add(mark)
                phrases[*start, _plural(last)].add(mark)
        self._phrases: dict[tuple[str, str], list[tuple[list[str], frozenset[Mark]]]] = {}
        for (first, second, *rest), marks in phrases.items():
            self._phrases.setdefault((first, second), []).append((rest, frozenset(marks)))
        self._price, self._cut = _money_patterns(lexicons)

    def phrases_in(self, spoken: list[str]) -> Iterator[tuple[int, int, frozenset[Mark]]]:
        """Where each known phrase starts and ends, and its marks."""
        phrases = self._phrases
        for at, pair in enumerate(pairwise(spoken)):
            if pair in phrases:
                for rest, marks in phrases[pair]:
                    end = at + 2 + len(rest)
                    if spoken[at + 2 : end] == rest:
                        yield at, end, marks

    def amounts(self, plain: str) -> frozenset[Mark]:
        """The marks of prices ("TSh 5,000") and of price cuts ("20% off")."""
        marks: list[Mark] = []
        if DIGIT.search(plain):
            lower = plain.casefold()
            if self._price.search(lower):
                marks += [("sell", "price"), ("strong", "price")]
            if self._cut.search(lower):
                marks += [("sell", "discount"), ("strong", "discount"), ("sell", "percent")]
        return frozenset(marks)


TopicWords = tuple[tuple[str, tuple[str, ...]], ...]


def topic_words(client: Client | None) -> TopicWords:
    """The words of each of the client's topics, its name among them."""
    if client is None:
        return ()
    return tuple((t.name, (t.name, *t.words_en, *t.words_sw)) for t in client.file.topics)


@lru_cache(maxsize=64)
def vocabulary_of(topics: TopicWords) -> Vocabulary:
    """The vocabulary of all lexicons with these topics."""
    return Vocabulary(lexicons(), topics)


@cache
def lexicons() -> tuple[dict[str, Any], ...]:
    """Every file of the lexicon folder, in the order of their names."""
    folder = resources.files("simulator") / "data" / "lexicon"
    files = sorted((f for f in folder.iterdir() if f.name.endswith(".toml")), key=lambda f: f.name)
    return tuple(tomllib.loads(file.read_text(encoding="utf-8")) for file in files)


def _spoken(entry: str) -> str:
    """A lexicon entry as a caption's words are: lower case, parted by spaces, its marks kept."""
    entry = unicodedata.normalize("NFKC", entry).casefold().replace("’", "'")
    words = " ".join(WORD.findall(entry))
    if " " in words:
        return words
    start = entry[:1] if entry[:1] in ("*", "=") else ""
    return start + words + ("*" if entry.endswith("*") else "")


def _entries(lexicons: Sequence[dict[str, Any]], topics: TopicWords) -> Iterator[tuple[str, Mark]]:
    """Every entry with a mark it gives; a strong selling entry gives two."""
    for lexicon in lexicons:
        for key, kind in (
            ("pressure", "pressure"),
            ("call_to_action", "call"),
            ("giveaway", "giveaway"),
            ("no_cues", "none"),
        ):
            yield from ((entry, (kind, "")) for entry in lexicon[key])
        for purpose in ("inform", "talk", "entertain"):
            yield from ((e, (purpose, cue)) for cue, list_ in lexicon[purpose].items() for e in list_)
        for strength, cues in lexicon["sell"].items():
            for cue, list_ in cues.items():
                yield from ((entry, ("sell", cue)) for entry in list_)
                yield from ((entry, ("strong", cue)) for entry in list_ if strength == "strong")
    yield from ((entry, ("topic", name)) for name, list_ in topics for entry in list_)


def _money_patterns(lexicons: Sequence[dict[str, Any]]) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Patterns of a price and of a price cut; every repeat in them is short, so time is linear."""

    def one_of(key: str) -> str:
        found = sorted({word.casefold() for lexicon in lexicons for word in lexicon[key]}, key=len)
        return "|".join(
            rf"{re.escape(word)}(?!\w)" if word[-1].isalnum() else re.escape(word) for word in reversed(found)
        )

    def before_number(key: str) -> str:
        return "|".join(re.escape(w.casefold()) for lexicon in lexicons for w in lexicon[key])

    money, percent = one_of("currencies"), one_of("percent_words")
    asked = rf"(?<!\w)(?:{before_number('price_words')})[.:]?\s\d"
    price = rf"(?<!\w)(?:{before_number('currencies')})[.:]?\s?\d|\d\s?(?:{money})|{asked}"
    off = rf"\d\s?(?:%|{percent})\s?(?:{one_of('off_words')})"
    few_words = r"\W{1,3}(?:\w{1,12}\W{1,3}){0,3}?"
    share = rf"(?:\d{{1,3}}\s?(?:%|{percent})|(?:{percent})\s?\d)"
    cut = rf"{off}|(?<!\w)(?:{before_number('cut_words')}){few_words}{share}"
    return re.compile(price), re.compile(cut)
