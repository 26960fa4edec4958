"""Reading a caption: what its text has, and what people take it to be about.

People respond to the caption as read. What a plan declares is kept unless the text
contradicts it: a text that clearly sells is read as selling, whatever its row says. The
words that tell stand in ``simulator/data/lexicon`` (one file a language, all read together)
and in the client's topics.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import lru_cache

from simulator.playbook.lexicon import DIGIT, WORD, Mark, Vocabulary, topic_words, vocabulary_of
from simulator.playbook.posts import PURPOSES
from simulator.world.clients import Client

CLEAR_CUES = 2
"""A text with this many different selling cues sells, whatever else it says."""

READINGS_KEPT = 16_384
"""A plan is read when it is checked and again when it is run: so many readings are remembered."""

_PRESSURE: Mark = ("pressure", "")
_CALL: Mark = ("call", "")
_GIVEAWAY: Mark = ("giveaway", "")
_NO_CUE: Mark = ("none", "")
_HASHTAG = re.compile(r"(?<!\w)#\w+")
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
    ``names_a_topic``: some word speaks of one of the client's topics.
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
    names_a_topic: bool


def read_caption(
    text: str, *, client: Client | None, purpose: str, topic: str, tags: Sequence[str] = ()
) -> CaptionReading:
    """The caption as people read it; time grows with its length and nothing else.

    ``tags`` are read as hashtags after the text. Without a client no topic is contradicted.

    >>> reading = read_caption("Shoes 20% off, order now!", client=None, purpose="inform", topic="")
    >>> reading.purpose, reading.contradicts_purpose, reading.call_to_action, reading.exclamations
    ('sell', True, True, 1)
    """
    return _read(text, purpose, topic, tuple(tags), vocabulary_of(topic_words(client)))


@lru_cache(maxsize=READINGS_KEPT)
def _read(
    text: str, purpose: str, topic: str, tags: tuple[str, ...], vocabulary: Vocabulary
) -> CaptionReading:
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
        number=DIGIT.search(parts.plain) is not None,
        exclamations=parts.plain.count("!"),
        hashtags=_hashtags(parts.plain, tags),
        emoji=0 if parts.plain.isascii() else len(_EMOJI.findall(text)),
        pressure_words=heard.pressure,
        humour=len(heard.cues("entertain")),
        giveaway=_GIVEAWAY in heard.marks,
        shouting=_shouting(parts.spelled),
        contradicts_purpose=read_purpose != purpose,
        contradicts_topic=read_topic != topic,
        names_a_topic=bool(heard.topics),
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
    heard = _hear(vocabulary_of(topic_words(client)), parts, tags)
    counts = {purpose: len(heard.cues(purpose)) for purpose in PURPOSES}
    counts["talk"] += "?" in parts.plain
    if heard.sells_strongly or counts["sell"] >= CLEAR_CUES:
        purpose = "sell"
    else:
        purpose = max(PURPOSES, key=lambda name: counts[name])
    first = client.topic_names[0] if client else ""
    return purpose, max(heard.topics, key=lambda name: heard.topics[name], default=first)


def topics_heard(text: str, client: Client) -> list[str]:
    """The topics that words of a text speak of, the most spoken of first."""
    heard = _hear(vocabulary_of(topic_words(client)), _taken_apart(text), ())
    return [name for name, _ in heard.topics.most_common()]


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
    spelled = WORD.findall(plain)
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


def _hear(vocabulary: Vocabulary, parts: _Parts, tags: Sequence[str]) -> _Heard:
    spoken = parts.words
    if tags:
        spoken = spoken + WORD.findall(" ".join(tags).casefold())
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
