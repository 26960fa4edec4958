"""Size ranges: how large an audience is, as a platform tells it, and what would make it larger."""

from __future__ import annotations

from dataclasses import dataclass

from simulator.texts import say


@dataclass(frozen=True, slots=True)
class SizeRange:
    """How many people an audience has, as a platform shows it: from, to."""

    low: int
    high: int

    @classmethod
    def around(cls, count: int, spread: float) -> SizeRange:
        """The range of two significant digits that a count lies in.

        >>> SizeRange.around(1240, 0.12)
        SizeRange(low=1100, high=1400)
        """
        return cls(_two_digits(count * (1 - spread)), _two_digits(count * (1 + spread)))

    def __str__(self) -> str:
        return f"{self.low:,}-{self.high:,}"


@dataclass(frozen=True, slots=True)
class WayWider:
    """Columns that can be left empty, and how many people an audience then has.

    >>> WayWider(("Age Min", "Gender"), SizeRange(120, 150)).words
    '"Age Min" and "Gender"'
    """

    columns: tuple[str, ...]
    size: SizeRange

    @property
    def words(self) -> str:
        """The columns in words."""
        return say("ads.audience.and").join(f'"{column}"' for column in self.columns)


def _two_digits(number: float) -> int:
    step = 10 ** max(0, len(str(int(number))) - 2)
    return int(round(number / step) * step)
