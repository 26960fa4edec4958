"""Texts of a plan that go out again: which they are, and what to ask about them."""

from __future__ import annotations

import math
from collections import Counter, defaultdict, deque
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Final, NamedTuple

from simulator.errors import Problem
from simulator.playbook.captions import CaptionReading, likeness
from simulator.playbook.moments import written_moment
from simulator.playbook.posts import Post
from simulator.playbook.problem_places import line_spans

ALIKE: Final = 0.8
ALIKE_WITHIN: Final = timedelta(days=3)
OFTEN: Final = 3
"""A text that goes out so many times in one plan is asked about, however far apart."""

_FINGERPRINT_BITS: Final = 256


def outings(posts: Sequence[Post], readings: Sequence[CaptionReading]) -> list[list[int]]:
    """Which posts say the same, as people read it: the places of each text's posts, in order of time.

    >>> from simulator.playbook.captions import read_caption
    >>> texts = ("Fresh bread today", "Which cake?", "FRESH bread, today!")
    >>> days = [datetime(2027, 3, day) for day in (1, 2, 20)]
    >>> posts = [Post(day, text, "photo", "talk", "") for day, text in zip(days, texts)]
    >>> readings = [read_caption(post.text, client=None, purpose="talk", topic="") for post in posts]
    >>> outings(posts, readings)
    [[0, 2], [1]]
    """
    places: dict[frozenset[str] | str, list[int]] = {}
    for at in sorted(range(len(posts)), key=lambda i: posts[i].posting_time):
        text = posts[at].text.strip()
        if text:
            places.setdefault(frozenset(readings[at].content_words) or text, []).append(at)
    return list(places.values())


def repeat_warnings(
    posts: Sequence[Post], readings: Sequence[CaptionReading], warning: Callable[..., Problem]
) -> Iterator[Problem]:
    """A warning for each text that goes out often, and for each post of another that comes again too soon."""
    often = [places for places in outings(posts, readings) if len(places) >= OFTEN]
    for places in often:
        lines = sorted(line for at in places if (line := posts[at].line) is not None)
        words = {"count": len(places), "lines": line_spans(lines), "value": posts[places[0]].text}
        yield warning("plan.often_text", line=lines[0] if lines else None, column="Text", **words)
    told = {at for places in often for at in places}
    yield from _too_soon(posts, readings, told, warning)


def _too_soon(
    posts: Sequence[Post],
    readings: Sequence[CaptionReading],
    told: Collection[int],
    warning: Callable[..., Problem],
) -> Iterator[Problem]:
    """A warning for each post, but those told of, whose text, or nearly the same, went out shortly before."""
    spread = _Spread(Counter(word for reading in readings for word in reading.content_words))
    for at in sorted(range(len(posts)), key=lambda i: posts[i].posting_time):
        post = posts[at]
        if not post.text.strip():
            continue
        twin = spread.met_before(post, readings[at].content_words)
        if twin and at not in told:
            rule = "plan.same_text" if twin.text.strip() == post.text.strip() else "plan.alike_text"
            when = written_moment(twin.posting_time)
            words = {"value": post.text, "when": when, "days": ALIKE_WITHIN.days}
            yield warning(rule, line=post.line, column="Text", **words)


class _Spread:
    """The texts met so far, findable by themselves, by their words and by their rarest words.

    Two sets of words with a likeness of at least ``ALIKE`` share one of the rarest words of
    each (prefix filtering: Chaudhuri, Ganti and Kaushik 2006), and their fingerprints (a bit
    for each word) differ in few bits, so few texts are compared word by word.
    """

    def __init__(self, frequency: Mapping[str, int]) -> None:
        self._rank = {word: at for at, word in enumerate(sorted(frequency, key=lambda w: (frequency[w], w)))}
        self._once = {word for word, count in frequency.items() if count == 1}
        self._by_text: dict[str, Post] = {}
        self._by_words: dict[frozenset[str], Post] = {}
        self._by_word: defaultdict[str, deque[_Met]] = defaultdict(deque)

    def met_before(self, post: Post, content_words: Sequence[str]) -> Post | None:
        """A recent post with the same or nearly the same text, if any; then remembers this one.

        Posts must come in the order of their times.
        """
        since, text, words = post.posting_time - ALIKE_WITHIN, post.text.strip(), frozenset(content_words)
        met = _Met(self._fingerprint(words), words, post)
        rare = self._rarest(content_words)
        twin = _recent(self._by_text.get(text), since) or _recent(self._by_words.get(words), since)
        twin = twin or self._nearly(met, rare, since)
        self._by_text[text] = post
        if words:
            self._by_words[words] = post
        for word in rare:
            self._by_word[word].append(met)
        return twin

    def _fingerprint(self, words: Iterable[str]) -> int:
        bits = 0
        for word in words:
            bits |= 1 << (self._rank[word] % _FINGERPRINT_BITS)
        return bits

    def _rarest(self, content_words: Sequence[str]) -> list[str]:
        """The words of which a text like this one has at least one, without those nobody shares."""
        must_share = math.ceil(ALIKE * len(content_words) - 1e-9)
        ranked = sorted(content_words, key=self._rank.__getitem__)
        return [word for word in ranked[: len(ranked) - must_share + 1] if word not in self._once]

    def _nearly(self, met: _Met, rare: Iterable[str], since: datetime) -> Post | None:
        bits = met.fingerprint
        apart = int(len(met.words) * (1 - ALIKE) / ALIKE + 1e-9)
        for word in rare:
            recent = self._by_word[word]
            while recent and recent[0].post.posting_time < since:
                recent.popleft()
            near = [other for other in recent if (bits ^ other.fingerprint).bit_count() <= apart]
            for other in reversed(near):
                if likeness(met.words, other.words) >= ALIKE:
                    return other.post
        return None


class _Met(NamedTuple):
    fingerprint: int
    words: frozenset[str]
    post: Post


def _recent(post: Post | None, since: datetime) -> Post | None:
    return post if post and post.posting_time >= since else None
