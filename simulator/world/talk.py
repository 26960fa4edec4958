"""Talk: what people write about, in which language, and which of it wants an answer.

Names only: what is written stands in ``simulator/data/inbox``, what becomes of it in the log.
"""

from __future__ import annotations

from typing import Final

KINDS: Final[tuple[str, ...]] = (
    "question",
    "order",
    "complaint",
    "praise",
    "chat",
    "spam",
    "scam",
    "abuse",
)
"""What a message truly is: a code of a ``kind`` column is an index here. No manager is told."""

UNWANTED: Final[tuple[str, ...]] = ("spam", "scam", "abuse")
"""What good moderation takes away; taking away any other kind wrongs somebody."""

WORTH_AN_ANSWER: Final[tuple[str, ...]] = ("question", "order", "complaint")
"""Kinds whose writers wait for an answer."""

CRISES: Final[tuple[str, ...]] = ("faulty batch", "wrong price", "bad reaction", "wrong date", "wrong news")
"""What may go wrong at a client; which of it fits one stands in ``simulator/data/inbox/mix.toml``."""

SUBJECTS: Final[tuple[str, ...]] = (
    "none",
    "price",
    "stock",
    "delivery",
    "hours",
    "place",
    "payment",
    "details",
    "booking",
    "quality",
    "late",
    "wrong",
    "service",
    "refund",
    *CRISES,
)
"""What a message is about; an answer has to speak of it. The last ones belong to a crisis."""

LANGUAGES: Final[tuple[str, ...]] = ("en", "sw")
