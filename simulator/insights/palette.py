"""The colours of the pictures, in a light page and in a dark one.

Those that tell things apart are of Okabe and Ito (2008), seen as different with any colour vision;
in the dark they are lighter. Those of a heat map go from little to much by lightness alone: away
from the paper, so that much stands out in both.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

PALETTE: Final[Mapping[str, tuple[str, str]]] = {
    "blue": ("#0072B2", "#56B4E9"),
    "orange": ("#E69F00", "#F2B742"),
    "green": ("#009E73", "#35C99D"),
    "vermillion": ("#D55E00", "#F68C4E"),
    "sky": ("#56B4E9", "#A8DAF8"),
    "purple": ("#CC79A7", "#E2A3C6"),
    "slate": ("#6B7F99", "#9CB0CB"),
    "hatch": ("#1D2329", "#15181C"),
    "heat1": ("#CFE3F1", "#1F3D58"),
    "heat2": ("#97C6E0", "#2B608A"),
    "heat3": ("#59A3CE", "#408CC2"),
    "heat4": ("#2371B0", "#82C2EC"),
    "heat5": ("#0B3C70", "#DDF1FF"),
    "on-heat-low": ("#101418", "#F4F8FB"),
    "on-heat-mid": ("#101419", "#101419"),
    "on-heat-high": ("#FEFEFE", "#101418"),
}
"""Of each colour its name in the page's style, and what it is by day and by night."""

BLUE, ORANGE, GREEN, VERMILLION, SKY, PURPLE, SLATE, HATCH = (
    light for light, _ in list(PALETTE.values())[:8]
)
HEAT: Final = tuple(PALETTE[f"heat{step}"][0] for step in range(1, 6))
ON_HEAT: Final = tuple(PALETTE[f"on-heat-{level}"][0] for level in ("low", "low", "mid", "high", "high"))
"""The ink of a label on each step of the heat map."""

INK: Final = "#123456"
"""Stands for the reader's own text colour."""

_NAMES: Final = {light.lower(): name for name, (light, _) in PALETTE.items()}
_ANY: Final = re.compile("|".join(_NAMES), re.IGNORECASE)


def themed(svg: str) -> str:
    """``svg`` with its colours left to the page: each a variable, with the one by day to fall back on.

    >>> themed("fill: #0072b2; stroke: #123456")
    'fill: var(--blue, #0072b2); stroke: currentColor'
    """
    named = _ANY.sub(lambda found: f"var(--{_NAMES[found[0].lower()]}, {found[0]})", svg)
    return named.replace(INK, "currentColor")


def style_rules(night: bool) -> str:
    """The variables as a line of a style sheet.

    >>> style_rules(night=True)[:33]
    '--blue: #56B4E9; --orange: #F2B74'
    """
    return " ".join(f"--{name}: {pair[night]};" for name, pair in PALETTE.items())
