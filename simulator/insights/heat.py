"""Heat maps of a week: seven rows of 24 hours."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import numpy as np

from simulator.insights.drawing import BLUE, INK
from simulator.insights.palette import HEAT, ON_HEAT
from simulator.insights.tables import WEEKDAYS
from simulator.texts import say

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

FEWEST: Final = 5
"""A day whose busiest hour has fewer than this has no busiest hour worth a label."""


def draw_heat(figure: Figure, axes: Axes, cells: Any, scale: str) -> None:
    """Seven rows of 24 cells in at most five steps, a key of them below, each day's busiest hour labelled."""
    from matplotlib.colors import ListedColormap

    tops = step_tops(int(cells.max()))
    looks = [round(step * (len(HEAT) - 1) / max(1, len(tops) - 1)) for step in range(len(tops))]
    steps = np.ma.masked_where(cells == 0, np.searchsorted(tops, cells))
    look: dict[str, Any] = {"vmin": -0.5, "vmax": len(tops) - 0.5, "edgecolors": "face", "linewidth": 0.3}
    axes.pcolormesh(steps, cmap=ListedColormap([HEAT[place] for place in looks]), **look)
    _key(figure, tops, [HEAT[place] for place in looks], scale)
    for day, row in enumerate(cells):
        hour, busiest = int(row.argmax()), int(row.max())
        if busiest >= FEWEST:
            ink = ON_HEAT[looks[int(np.searchsorted(tops, busiest))]]
            place: dict[str, Any] = {"ha": "center", "va": "center", "fontsize": 6, "color": ink}
            axes.text(hour + 0.5, day + 0.55, _short_count(busiest), **place)


def step_tops(most: int) -> list[int]:
    """The largest count of each step, of at most five equal ones.

    >>> step_tops(415), step_tops(2)
    ([83, 166, 249, 332, 415], [1, 2])
    """
    tops = np.ceil(np.linspace(0, max(1, most), len(HEAT) + 1)[1:]).astype(int)
    return sorted(set(tops.tolist()))


def _key(figure: Figure, tops: list[int], colours: list[str], scale: str) -> None:
    from matplotlib.patches import Patch

    lows = [1, *(top + 1 for top in tops[:-1])]
    names = [f"{low:,}–{top:,}" if low < top else f"{top:,}" for low, top in zip(lows, tops, strict=True)]
    steps = [Patch(facecolor="none", edgecolor=INK, linewidth=0.5, label="0")]
    steps += [Patch(color=colour, label=name) for colour, name in zip(colours, names, strict=True)]
    columns = len(steps) if len(names[-1]) < 8 else 3
    look: dict[str, Any] = {"handlelength": 1.2, "columnspacing": 1, "handletextpad": 0.4, "fontsize": 8}
    figure.legend(handles=steps, ncols=columns, loc="outside lower center", title=scale, **look)


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
