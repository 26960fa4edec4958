"""A pin: a place on the map round which people are shown something."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Pin:
    """A point and a radius; km east and north as in the country's file."""

    x_km: float
    y_km: float
    radius_km: float
