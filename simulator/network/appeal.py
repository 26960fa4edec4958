"""Appeal: what nobody can plan about a post (model 3.0).

Posts of one page differ far more than any plan explains. The appeal of a post is the
world's luck, keyed to its words: nine tenths belong to the idea (which words
tell it, so that two wordings of one idea share most of it) and a tenth to the exact wording.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from simulator.parameters import Parameters
from simulator.playbook.captions import CaptionReading
from simulator.randomness import Luck


@dataclass(frozen=True, slots=True)
class Appeal:
    """How far a post travels (``feed``) and how strongly people answer (``response``), log."""

    feed: float
    response: float


def draw_appeal(luck: Luck, text: str, reading: CaptionReading, parameters: Parameters) -> Appeal:
    """The appeal of one post in the world of ``luck``; the same text, the same appeal."""
    spread = _standard(luck, "spread", text, reading, parameters)
    depth = _standard(luck, "depth", text, reading, parameters)
    trade_off = parameters["appeal.trade_off"]
    tail = parameters["appeal.heavy_tail"]
    wide = math.sinh(tail * spread) / tail if tail else spread
    deep = trade_off * spread + math.sqrt(1 - trade_off**2) * depth
    return Appeal(parameters["appeal.feed_spread"] * wide, parameters["appeal.response_spread"] * deep)


def _standard(luck: Luck, what: str, text: str, reading: CaptionReading, parameters: Parameters) -> float:
    words = reading.content_words or (text,)
    idea = sum(luck.stream("appeal", what, word).normal() for word in words)
    wording = luck.stream("wording", what, text).normal()
    share = parameters["appeal.idea_share"]
    return math.sqrt(share) * idea / math.sqrt(len(words)) + math.sqrt(1 - share) * wording
