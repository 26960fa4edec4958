"""Reading a caption: what its text has, and what people take it to be about."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class CaptionReading:
    """A caption as people read it.

    ``purpose`` and ``topic`` are the declared ones unless the text contradicts them.
    ``content_words``: lower-cased words without stop-words, in order, each once.
    ``shouting``: share of letters (of words with three or more) in capitals, 0-1.
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
    shouting: float
    contradicts_purpose: bool
    contradicts_topic: bool
