"""A post: what goes out, when, and what it is meant for."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

FORMATS: tuple[str, ...] = ("photo", "video", "link", "text")
PURPOSES: tuple[str, ...] = ("inform", "entertain", "talk", "sell")
DEEPEST_OFFER = 0.5


@dataclass(frozen=True, slots=True)
class Post:
    """One row of the content plan.

    ``offer``: discount share, 0-0.5, on selling posts only. ``production_hours``: hours of
    work put in; None takes an equal share of the hours the week has left.
    ``line``: where it stands in its file, if it came from one.
    """

    posting_time: datetime
    text: str
    format: str
    purpose: str
    topic: str
    offer: float = 0.0
    production_hours: float | None = None
    link: str = ""
    image_url: str = ""
    tags: tuple[str, ...] = ()
    line: int | None = field(default=None, compare=False)
