"""Reading a caption: what its text has, and what people take it to be about.

People respond to the caption as read. What a plan declares is kept unless the text
contradicts it: a text that clearly sells is read as selling, whatever its row says. The
words that tell stand in ``simulator/data/lexicon`` (one file a language, all read together)
and in the client's topics.
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import resources
from itertools import pairwise
from typing import Any

from simulator.playbook.posts import PURPOSES
from simulator.world.clients import Client

Mark = tuple[str, str]
"""What a word tells: a kind (a purpose, ``strong``, ``topic``, ``call``, ...) and which cue of it."""

CLEAR_CUES = 2
"""A text with this many different selling cues sells, whatever else it says."""

_PRESSURE: Mark = ("pressure", "")
_CALL: Mark = ("call", "")
_GIVEAWAY: Mark = ("giveaway", "")
_NO_CUE: Mark = ("none", "")
_MOST_WORDS_KEPT = 50_000
_LONGEST_WORD = 40
_WORD = re.compile(r"[^\W_]+(?:'[^\W_]+)*")
_HASHTAG = re.compile(r"(?<!\w)#\w+")
_DIGIT = re.compile(r"\d")
_DOMAIN = (
    r"(?<![\w.@-])[a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63}){0,3}"
    r"\.(?:com|org|net|info|shop|store|africa|(?:co|or|go|ac)\.[a-z]{2})(?![\w-])(?:/\S*)?"
)
_LINK = re.compile(rf"https?://\S+|(?<!\w)www\.\S+|{_DOMAIN}", re.IGNORECASE)
_FACE = (
    "[\u203c\u2049\u2600-\u27bf\u2b1b-\u2b55\U0001f000-\U0001f1e5\U0001f200-\U0001f3fa\U0001f400-\U0001faff]"
)
_TONE = "[\ufe0f\U0001f3fb-\U0001f3ff]{0,2}"
_EMOJI = re.compile(f"[\U0001f1e6-\U0001f1ff]{{2}}|{_FACE}{_TONE}(?:\u200d{_FACE}{_TONE})*")


@dataclass(frozen=True, slots=True)
class CaptionReading:
    """A caption as people read it.

    ``purpose`` and ``topic`` are the declared ones unless the text contradicts them.
    ``content_words``: lower-cased words without stop-words, in order, each once.
    ``humour``: different cues of entertainment, which give a selling text a voice of its own.
    ``giveaway``: a prize is promised. ``shouting``: share of letters (of words with three or
    more) in capitals, 0-1.
    """

    purpose: str
    topic: str
    content_words: tuple[str, ...]
    characters: int
    words: int
    question: bool
    call_to_action: bool
    link: bool
    number: bool
    exclamations: int
    hashtags: int
    emoji: int
    pressure_words: int
    humour: int
    giveaway: bool
    shouting: float
    contradicts_purpose: bool
    contradicts_topic: bool


def read_caption(
    text: str, *, client: Client | None, purpose: str, topic: str, tags: Sequence[str] = ()
) -> CaptionReading:
    """The caption as people read it; time grows with its length and nothing else.

    ``tags`` are read as hashtags after the text. Without a client no topic is contradicted.

    >>> reading = read_caption("Shoes 20% off, order now!", client=None, purpose="inform", topic="")
    >>> reading.purpose, reading.contradicts_purpose, reading.call_to_action, reading.exclamations
    ('sell', True, True, 1)
    """
    vocabulary = _vocabulary(_topic_words(client))
    parts = _taken_apart(text)
    heard = _hear(vocabulary, parts, tags)
    read_purpose, read_topic = _purpose_read(purpose, heard), _topic_read(topic, heard)
    return CaptionReading(
        purpose=read_purpose,
        topic=read_topic,
        content_words=tuple(w for w in dict.fromkeys(parts.words) if w not in vocabulary.stop_words),
        characters=len(text.strip()),
        words=len(parts.words),
        question="?" in parts.plain,
        call_to_action=_CALL in heard.marks,
        link=parts.link,
        number=_DIGIT.search(parts.plain) is not None,
        exclamations=parts.plain.count("!"),
        hashtags=_hashtags(parts.plain, tags),
        emoji=0 if parts.plain.isascii() else len(_EMOJI.findall(text)),
        pressure_words=heard.pressure,
        humour=len(heard.cues("entertain")),
        giveaway=_GIVEAWAY in heard.marks,
        shouting=_shouting(parts.spelled),
        contradicts_purpose=read_purpose != purpose,
        contradicts_topic=read_topic != topic,
    )


def likeness(words_a: Collection[str], words_b: Collection[str]) -> float:
    """How alike two captions are, 0-1: shared words / all words (Jaccard 1912); 0 without words.

    >>> likeness(("fresh", "bread", "today"), ("fresh", "bread", "friday"))
    0.5
    """
    a, b = frozenset(words_a), frozenset(words_b)
    shared = len(a & b)
    together = len(a) + len(b) - shared
    return shared / together if together else 0.0


def likely_purpose_and_topic(
    text: str, *, client: Client | None, tags: Sequence[str] = ()
) -> tuple[str, str]:
    """What a caption without a declared purpose and topic seems meant for.

    A text without cues informs; one without topic words is of the client's first topic
    ("" without a client).

    >>> likely_purpose_and_topic("Which one do you prefer?", client=None)
    ('talk', '')
    """
    parts = _taken_apart(text)
    heard = _hear(_vocabulary(_topic_words(client)), parts, tags)
    counts = {purpose: len(heard.cues(purpose)) for purpose in PURPOSES}
    counts["talk"] += "?" in parts.plain
    if heard.sells_strongly or counts["sell"] >= CLEAR_CUES:
        purpose = "sell"
    else:
        purpose = max(PURPOSES, key=lambda name: counts[name])
    first = client.topic_names[0] if client else ""
    return purpose, max(heard.topics, key=lambda name: heard.topics[name], default=first)


def links_in(text: str) -> list[str]:
    """The addresses in a text, in order, without the sentence's own signs after them.

    >>> links_in("More: https://kikapu.co.tz/offers and kikapu.co.tz")
    ['https://kikapu.co.tz/offers', 'kikapu.co.tz']
    """
    return [found.rstrip(".,;:!?)'\"") for found in _LINK.findall(text)]


@dataclass(frozen=True, slots=True)
class _Parts:
    """A text taken apart: without its links, as spelled and as lower-cased words."""

    plain: str
    link: bool
    spelled: list[str]
    words: list[str]


def _taken_apart(text: str) -> _Parts:
    plain = text if text.isascii() else unicodedata.normalize("NFKC", text).replace("’", "'")
    link = False
    if "." in plain or "://" in plain:
        plain, links = _LINK.subn(" ", plain)
        link = links > 0
    spelled = _WORD.findall(plain)
    return _Parts(plain, link, spelled, " ".join(spelled).casefold().split())


def _hashtags(plain: str, tags: Sequence[str]) -> int:
    """Different hashtags in the text and among the tags."""
    if "#" not in plain and not tags:
        return 0
    written = {tag.casefold() for tag in _HASHTAG.findall(plain)}
    return len(written | {"#" + tag.lstrip("#").casefold() for tag in tags if tag.strip("#")})


def _shouting(spelled: list[str]) -> float:
    long_words = "".join(word for word in spelled if len(word) >= 3)
    capitals = sum(map(str.isupper, long_words))
    return capitals / sum(map(str.isalpha, long_words)) if capitals else 0.0


@dataclass(frozen=True, slots=True)
class _Heard:
    """Every mark a caption has, how many words speak of each topic, and words of pressure."""

    marks: frozenset[Mark]
    topics: Counter[str]
    pressure: int

    def cues(self, kind: str) -> set[str]:
        return {cue for found, cue in self.marks if found == kind}

    @property
    def sells_strongly(self) -> bool:
        return any(kind == "strong" for kind, _ in self.marks)


def _hear(vocabulary: _Vocabulary, parts: _Parts, tags: Sequence[str]) -> _Heard:
    spoken = parts.words
    if tags:
        spoken = spoken + _WORD.findall(" ".join(tags).casefold())
    phrases = list(vocabulary.phrases_in(spoken))
    counted = _without_no_cues(spoken, phrases)
    told = [(word, marks) for word in dict.fromkeys(counted) if (marks := vocabulary.words[word])]
    seen = {*told, *((" ".join(spoken[at:end]), marks) for at, end, marks in phrases)}
    marks = vocabulary.amounts(parts.plain).union(*(marks for _, marks in seen))
    pressing = {word for word, marks in told if _PRESSURE in marks}
    return _Heard(
        marks=marks,
        topics=Counter(cue for _, marks in seen for kind, cue in marks if kind == "topic"),
        pressure=sum(_PRESSURE in marks for _, _, marks in phrases)
        + (sum(word in pressing for word in counted) if pressing else 0),
    )


def _without_no_cues(spoken: list[str], phrases: list[tuple[int, int, frozenset[Mark]]]) -> list[str]:
    """The words, without those of phrases that only look like cues ("in order to")."""
    passed = {i for at, end, marks in phrases if _NO_CUE in marks for i in range(at, end)}
    return [word for i, word in enumerate(spoken) if i not in passed] if passed else spoken


def _purpose_read(declared: str, heard: _Heard) -> str:
    selling = heard.cues("sell")
    if declared != "sell":
        one_is_enough = heard.sells_strongly and not heard.cues(declared)
        return "sell" if one_is_enough or len(selling) >= CLEAR_CUES else declared
    others = {name: len(heard.cues(name)) for name in PURPOSES if name != "sell"}
    nearest = max(others, key=lambda name: others[name])
    return declared if selling or not others[nearest] else nearest


def _topic_read(declared: str, heard: _Heard) -> str:
    """The declared topic, or the one topic most words speak of when none speaks of it."""
    if not heard.topics or declared in heard.topics:
        return declared
    (nearest, hits), *rest = heard.topics.most_common(2)
    return nearest if not rest or hits > rest[0][1] else declared


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


class _Vocabulary:
    """All that is listened for: words, phrases by their first two words, amounts of money, stop-words."""

    def __init__(self, lexicons: Sequence[dict[str, Any]], topics: _TopicWords) -> None:
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
        if _DIGIT.search(plain):
            lower = plain.casefold()
            if self._price.search(lower):
                marks += [("sell", "price"), ("strong", "price")]
            if self._cut.search(lower):
                marks += [("sell", "discount"), ("strong", "discount"), ("sell", "percent")]
        return frozenset(marks)


_TopicWords = tuple[tuple[str, tuple[str, ...]], ...]


def _topic_words(client: Client | None) -> _TopicWords:
    if client is None:
        return ()
    return tuple((t.name, (t.name, *t.words_en, *t.words_sw)) for t in client.file.topics)


@lru_cache(maxsize=64)
def _vocabulary(topics: _TopicWords) -> _Vocabulary:
    return _Vocabulary(_lexicons(), topics)


@cache
def _lexicons() -> tuple[dict[str, Any], ...]:
    """Every file of the lexicon folder, in the order of their names."""
    folder = resources.files("simulator") / "data" / "lexicon"
    files = sorted((f for f in folder.iterdir() if f.name.endswith(".toml")), key=lambda f: f.name)
    return tuple(tomllib.loads(file.read_text(encoding="utf-8")) for file in files)


def _spoken(entry: str) -> str:
    """A lexicon entry as a caption's words are: lower case, parted by spaces, its marks kept."""
    entry = unicodedata.normalize("NFKC", entry).casefold().replace("’", "'")
    words = " ".join(_WORD.findall(entry))
    if " " in words:
        return words
    start = entry[:1] if entry[:1] in ("*", "=") else ""
    return start + words + ("*" if entry.endswith("*") else "")


def _entries(lexicons: Sequence[dict[str, Any]], topics: _TopicWords) -> Iterator[tuple[str, Mark]]:
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
