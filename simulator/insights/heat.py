"""Heat maps of a week: seven rows of 24 hours."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from simulator.insights.drawing import BLUE
from simulator.insights.tables import WEEKDAYS
from simulator.texts import say

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure


def draw_heat(figure: Figure, axes: Axes, cells: Any, scale: str) -> None:
    """Seven rows of 24 cells in five steps, light to dark, each day's busiest hour labelled."""
    from matplotlib.colors import BoundaryNorm, ListedColormap

    top = max(5, int(cells.max()))
    steps = np.unique(np.linspace(0, top, 6).round().astype(int))
    steps[0] = 0
    colours = ListedColormap(["#fff7d6", "#ffd666", "#f0903c", "#c2436b", "#4b1d6b"][: len(steps) - 1])
    norm = BoundaryNorm(steps, colours.N)
    met = np.ma.masked_equal(cells, 0)
    mesh = axes.pcolormesh(met, cmap=colours, norm=norm, edgecolors="face", linewidth=0.3)
    bar = figure.colorbar(mesh, ax=axes, pad=0.01, aspect=14, label=scale)
    bar.ax.yaxis.set_major_formatter(lambda value, _: f"{value:,.0f}")
    bar.outline.set_visible(False)
    for day, row in enumerate(cells):
        if row.max():
            hour = int(row.argmax())
            ink = "white" if row.max() >= steps[min(3, len(steps) - 1)] else "black"
            place: dict[str, Any] = {"ha": "center", "va": "center", "fontsize": 6.5, "color": ink}
            axes.text(hour + 0.5, day + 0.5, _short_count(int(row.max())), **place)


def _short_count(number: int) -> str:
    """A count in at most four characters, for a small cell."""
    for size, sign in ((1_000_000, "M"), (1_000, "k")):
        if number >= 10 * size:
            return f"{number / size:.0f}{sign}"
        if number >= size:
            return f"{number / size:.1f}{sign}"
    return str(number)


def week_axes(axes: Axes) -> None:
    """Weekdays from above, every third hour named."""
    axes.set_yticks(np.arange(7) + 0.5, [say(f"insights.days.{day}") for day in WEEKDAYS])
    axes.set_xticks(np.arange(0, 24, 3) + 0.5, [f"{hour:02d}:00" for hour in range(0, 24, 3)])
    axes.invert_yaxis()
    axes.tick_params(length=0)
    axes.spines[:].set_visible(False)


def outline(axes: Axes, cells: Any) -> None:
    """A line round the chosen of seven rows of 24 cells, where they end."""
    from matplotlib.collections import LineCollection

    lines = edges(cells)
    for colour, width in (("white", 4.0), (BLUE, 2.2)):
        axes.add_collection(LineCollection(lines, colors=colour, linewidths=width, capstyle="round"))


def edges(cells: Any) -> list[tuple[tuple[int, int], tuple[int, int]]]:
    """The sides at which a chosen cell meets another.

    >>> edges(np.array([[True, False]]))
    [((0, 0), (0, 1)), ((1, 0), (1, 1)), ((0, 0), (1, 0)), ((0, 1), (1, 1))]
    """
    padded = np.pad(np.asarray(cells, np.int8), 1)
    upright = np.argwhere(np.diff(padded, axis=1)[1:-1])
    level = np.argwhere(np.diff(padded, axis=0)[:, 1:-1])
    sides = [((x, y), (x, y + 1)) for y, x in upright.tolist()]
    return sides + [((x, y), (x + 1, y)) for y, x in level.tolist()]
