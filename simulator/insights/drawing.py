"""Drawing: how every picture looks, and how it becomes SVG that stands in a page.

What a colour says, a shape, a hatch or a label says too. Colours are left to the page (see
:mod:`simulator.insights.palette`), so that a picture suits a light and a dark one. A picture is as wide
as a column of the report: half a large screen, or a small one whole. The same month gives the same bytes.
"""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING, Any, Final

from simulator.insights.palette import (
    BLUE,
    GREEN,
    HATCH,
    INK,
    ORANGE,
    PURPLE,
    SKY,
    SLATE,
    VERMILLION,
    themed,
)

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.axis import Axis
    from matplotlib.figure import Figure

__all__ = [
    "BLUE",
    "GREEN",
    "INK",
    "ORANGE",
    "PURPLE",
    "SKY",
    "SLATE",
    "VERMILLION",
    "Chart",
    "counted_ticks",
    "draw_chart",
    "grid",
]

WIDTH_INCHES: Final = 4.9
FAINT: Final = 0.35
"""How strongly is drawn what rests on too little to be believed."""

STYLE: Final[Mapping[str, Any]] = {
    "svg.fonttype": "none",
    "font.family": "sans-serif",
    "font.sans-serif": ["DejaVu Sans"],
    "font.size": 9,
    "text.color": INK,
    "axes.edgecolor": INK,
    "axes.labelcolor": INK,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.axisbelow": True,
    "axes.titlesize": 9.5,
    "axes.titlelocation": "left",
    "axes.unicode_minus": True,
    "xtick.color": INK,
    "ytick.color": INK,
    "hatch.color": HATCH,
    "hatch.linewidth": 0.6,
    "legend.frameon": False,
    "text.parse_math": False,
    "axes.formatter.use_mathtext": False,
}


@dataclass(frozen=True, slots=True)
class Chart:
    """A picture: inline ``svg``, ``alt`` for who cannot see it, ``caption`` for who can.

    Where there is nothing to show, ``svg`` is empty and ``alt`` says so.
    """

    svg: str
    alt: str
    caption: str

    def _repr_svg_(self) -> str | None:
        return self.svg or None

    def _repr_html_(self) -> str | None:
        return None if self.svg else f"<p>{escape(self.alt)}</p>"


def counted_ticks(*many: Axis) -> None:
    """Round whole numbers, thousands parted."""
    from matplotlib.ticker import MaxNLocator

    for axis in many:
        axis.set_major_locator(MaxNLocator(5, steps=[1, 2, 5, 10], integer=True, min_n_ticks=1))
        axis.set_major_formatter(lambda value, _: f"{abs(value):,.0f}")


def grid(*many: Axes) -> None:
    """Faint lines to read heights by."""
    for axes in many:
        axes.grid(axis="y", color=INK, alpha=0.12)


def draw_chart(
    name: str, draw: Callable[[Figure], None], inches: float, words: tuple[str, str], something: bool
) -> Chart:
    """The drawing as inline SVG whose ids all start with the picture's name, and its words.

    Only the words when there is not ``something`` to show.
    """
    if not something:
        return Chart("", *words)
    import matplotlib
    from matplotlib.figure import Figure

    look: Any = {**STYLE, "svg.hashsalt": name}
    with matplotlib.rc_context(look):
        figure = Figure(figsize=(WIDTH_INCHES, inches), layout="constrained")
        figure.patch.set_alpha(0)
        draw(figure)
        for axes in figure.axes:
            axes.patch.set_alpha(0)
        out = io.StringIO()
        figure.savefig(out, format="svg", metadata={"Date": None, "Creator": None})
    return Chart(_inline(out.getvalue(), f"chart-{name}", words[0]), *words)


def _inline(svg: str, prefix: str, alt: str) -> str:
    """``svg`` fit to stand in a page among others: own ids, own style, the page's text colour."""
    svg = svg[svg.index("<svg") :]
    svg = re.sub(r"<metadata>.*?</metadata>\s*", "", svg, flags=re.DOTALL)
    svg = re.sub(r'(<svg[^>]*?) width="[^"]*"', r"\1", svg, count=1)
    svg = re.sub(r'(<svg[^>]*?) height="[^"]*"', r"\1", svg, count=1)
    svg = re.sub(r'\bid="', f'id="{prefix}-', svg)
    svg = re.sub(r'href="#', f'href="#{prefix}-', svg)
    svg = svg.replace("url(#", f"url(#{prefix}-").replace("*{stroke", f"#{prefix} *{{stroke")
    return (
        themed(svg).replace("<svg ", f'<svg id="{prefix}" role="img" aria-label="{escape(alt)}" ', 1).strip()
    )
