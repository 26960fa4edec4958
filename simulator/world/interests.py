"""The interests people have and the daily rhythms they keep: the axes of a person."""

from __future__ import annotations

INTERESTS: tuple[str, ...] = (
    "cooking",
    "home",
    "fashion",
    "beauty",
    "fitness",
    "health",
    "parenting",
    "learning",
    "career",
    "technology",
    "money",
    "news",
    "sport",
    "music",
    "travel",
    "games",
)
"""Sixteen interests; a person's sixteen weights sum to 1."""

CHRONOTYPES: tuple[str, ...] = ("early", "office", "home", "evening", "night")
"""When people are online: commuters at dawn, office hours, at home, evenings, night owls."""
