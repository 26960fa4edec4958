"""Production: what hours make of a post."""

from __future__ import annotations

import numpy as np

from simulator.parameters import Parameters
from simulator.playbook.captions import CaptionReading
from simulator.playbook.posts import Post


def quality(post: Post, reading: CaptionReading, hours: float, parameters: Parameters) -> float:
    """How good a post is, 0-1: work put in (1 - exp(-hours / half)) x how its text reads."""
    worked = 1 - float(np.exp(-hours / parameters[f"production.half_{post.format}"]))
    return worked * text_quality(reading, parameters)


def text_quality(reading: CaptionReading, parameters: Parameters) -> float:
    """What the caption leaves of the quality, 0-1: pressure, shouting and floods take away."""
    lost = parameters["caption.pressure"] * reading.pressure_words
    lost += parameters["caption.shouting"] * reading.shouting
    if reading.hashtags > parameters["caption.hashtag_flood"]:
        lost += parameters["caption.flood"]
    if not reading.words:
        lost += parameters["caption.empty"]
    return max(0.1, 1 - lost)
