"""Words of other tools and trades for a format or a purpose, and which of ours is meant by them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Final

from simulator.errors import did_you_mean
from simulator.playbook.trade_files import folded
from simulator.texts import say

FORMAT_WORDS: Final[Mapping[str, tuple[str, ...]]] = {
    **dict.fromkeys(("image", "picture", "pic", "graphic", "carousel", "album", "gallery"), ("photo",)),
    **dict.fromkeys(("reel", "clip", "film", "movie", "short", "live", "tiktok"), ("video",)),
    **dict.fromkeys(("article", "blog", "blog post", "url", "website"), ("link",)),
    **dict.fromkeys(("status", "status update", "text post", "words"), ("text",)),
    "story": ("photo", "video"),
}
"""Words for formats, each with the formats that it may be."""

_TO_SELL = ("promo", "promote", "promotion", "promotional", "sale", "selling", "offer", "discount", "ad")
_TO_INFORM = ("educate", "education", "educational", "teach", "tip", "news", "information", "how to")
_TO_ENTERTAIN = ("fun", "funny", "joke", "humor", "humour", "quiz", "story", "entertainment", "inspire")
_TO_TALK = ("question", "ask", "poll", "engage", "engagement", "conversation", "community", "discussion")
PURPOSE_WORDS: Final[Mapping[str, tuple[str, ...]]] = {
    **dict.fromkeys(_TO_SELL, ("sell",)),
    **dict.fromkeys(_TO_INFORM, ("inform",)),
    **dict.fromkeys(_TO_ENTERTAIN, ("entertain",)),
    **dict.fromkeys(_TO_TALK, ("talk",)),
}
"""The same for purposes."""


@lru_cache(maxsize=4096)
def meant(value: str, known: Sequence[str]) -> str:
    """What to write for a word that is not among the ``known`` formats or purposes.

    >>> from simulator.playbook.posts import FORMATS, PURPOSES
    >>> meant("Reels", FORMATS), meant("promo", PURPOSES)
    ('did you mean "video"?', 'did you mean "sell"?')
    >>> meant("story", FORMATS), meant("vidoe", FORMATS)
    ('did you mean "photo" or "video"?', 'did you mean "video"?')
    """
    word = folded(value)
    names = _known(word, known) or _known(_singular(word), known)
    if not names:
        return did_you_mean(value.strip(), known)
    if len(names) == 1:
        return say("problems.did_you_mean", name=names[0])
    return say("problems.did_you_mean_either", one=names[0], other=names[1])


def _known(word: str, known: Sequence[str]) -> tuple[str, ...]:
    """What the word stands for among the formats or among the purposes."""
    either = (words.get(word, ()) for words in (FORMAT_WORDS, PURPOSE_WORDS))
    return next((names for names in either if names and set(names) <= set(known)), ())


def _singular(word: str) -> str:
    return f"{word[:-3]}y" if word.endswith("ies") else word.removesuffix("s")
