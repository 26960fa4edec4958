"""Appeal: what nobody can plan about a post (model 3.0).

Posts of one page differ far more than any plan explains. The appeal of a post is the
world's luck, keyed to its words: nine tenths belong to the idea (which words
tell it, so that two wordings of one idea share most of it) and a tenth to the exact wording.
Some posts are talked about, some passed on, some opened: each of these has a part of its own.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from simulator.parameters import Parameters
from simulator.playbook.captions import CaptionReading
from simulator.randomness import Luck

PARTS: tuple[str, ...] = ("spread", "depth", "comment", "share", "open")
"""The independent parts of a post's luck; ``depth`` goes into every answer alike."""

KINDS = PARTS[2:]
"""The kinds of answer that have a part of their own."""


@dataclass(frozen=True, slots=True)
class Appeal:
    """How far a post travels (``feed``) and how strongly people answer (``response``), log.

    ``comment``, ``share``, ``open``: by how much more this post is talked about, passed on or opened
    than it is liked, log; the mean of their exponentials is 1.
    """

    feed: float = 0.0
    response: float = 0.0
    comment: float = 0.0
    share: float = 0.0
    open: float = 0.0

    def of(self, action: str) -> float:
        """What the post has of its own for one kind of answer; 0 for kinds that have no part.

        >>> Appeal(comment=0.5).of("comment"), Appeal(comment=0.5).of("save")
        (0.5, 0.0)
        """
        return float(getattr(self, action)) if action in KINDS else 0.0


def draw_appeal(luck: Luck, text: str, reading: CaptionReading, parameters: Parameters) -> Appeal:
    """The appeal of one post in the world of ``luck``; the same text, the same appeal."""
    spread, depth, *kinds = (standard_luck(luck, part, text, reading, parameters) for part in PARTS)
    trade_off = parameters["appeal.trade_off"]
    tail = parameters["appeal.heavy_tail"]
    wide = math.sinh(tail * spread) / tail if tail else spread
    deep = trade_off * spread + math.sqrt(1 - trade_off**2) * depth
    return Appeal(
        parameters["appeal.feed_spread"] * wide,
        parameters["appeal.response_spread"] * deep,
        *(
            _kept_mean(parameters[f"appeal.{kind}_spread"], normal)
            for kind, normal in zip(KINDS, kinds, strict=True)
        ),
    )


def standard_luck(luck: Luck, part: str, text: str, reading: CaptionReading, parameters: Parameters) -> float:
    """One of ``PARTS`` of the luck of a text: standard normal over worlds."""
    words = reading.content_words or (text,)
    idea = sum(luck.stream("appeal", part, word).normal() for word in words)
    wording = luck.stream("wording", part, text).normal()
    share = parameters["appeal.idea_share"]
    return math.sqrt(share) * idea / math.sqrt(len(words)) + math.sqrt(1 - share) * wording


def _kept_mean(spread: float, normal: float) -> float:
    """Luck that makes posts differ and leaves the mean rate as it is."""
    return spread * normal - spread**2 / 2
