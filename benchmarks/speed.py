"""How long a month takes, against the limits: python -m benchmarks.speed

Every size runs in a process of its own, so that memory at its highest is that of one run. Exits
with 1 when a limit is missed. The limits are for two cores of an ordinary laptop; a slower
machine may miss them without a defect.
"""

from __future__ import annotations

import json
import statistics
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass

IMPORT_TIMES = 5
IMPORT_SECONDS = 0.5
GROWTH = 2.0
"""A town ten times as large with the same page may take so many times as long."""

_RUN = (
    "import json; from simulator.network.speed import measure_speed as m; print(json.dumps(m({}).as_dict()))"
)
_IMPORT = "import time; t = time.perf_counter(); import simulator; print(time.perf_counter() - t)"


@dataclass(frozen=True)
class Size:
    """A town, its page and its month, and what one run of it may take."""

    people: int
    followers: int
    days: int
    posts: int
    build_seconds: float
    cpu_seconds: float
    peak_mb: float
    least_exposures: int = 0

    @property
    def says(self) -> str:
        return f"{self.people:,} people, {self.followers:,} followers, {self.days} days, {self.posts} posts"


SMALL = Size(20_000, 3_000, 28, 40, build_seconds=0.6, cpu_seconds=0.4, peak_mb=500)
SIZES = (
    SMALL,
    Size(200_000, 3_000, 28, 40, build_seconds=2, cpu_seconds=0.8, peak_mb=500),
    Size(1_000_000, 100_000, 30, 60, build_seconds=10, cpu_seconds=4, peak_mb=500, least_exposures=1_000_000),
)


@dataclass(frozen=True)
class Line:
    """One thing measured and its limit."""

    what: str
    measured: float
    limit: float
    unit: str

    def __str__(self) -> str:
        mark = "" if self.measured <= self.limit else "  over the limit"
        return f"{self.what:66}{self.measured:10.2f}{self.limit:10.1f} {self.unit}{mark}"


def in_a_fresh_process(code: str) -> str:
    """What ``code`` prints when it runs alone."""
    return subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True).stdout


def measure(size: Size) -> Mapping[str, float]:
    """The figures of one run of ``size``."""
    figures: Mapping[str, float] = json.loads(
        in_a_fresh_process(_RUN.format(f"{size.people}, {size.followers}, {size.days}, {size.posts}"))
    )
    return figures


def lines() -> list[Line]:
    """Everything measured, one size after the other."""
    found = {size: measure(size) for size in SIZES}
    rows = []
    for size, figures in found.items():
        rows.append(Line(f"{size.says}: town and past", figures["build_seconds"], size.build_seconds, "s"))
        rows.append(Line("    CPU of the month", figures["cpu_seconds"], size.cpu_seconds, "s"))
        missing = max(0.0, size.least_exposures - figures["exposures"])
        rows.append(Line(f"    exposures short of {size.least_exposures:,}", missing, 0.0, ""))
        rows.append(Line("    memory at its highest", figures["peak_mb"], size.peak_mb, "MB"))
    larger = found[SIZES[1]]["cpu_seconds"] / found[SMALL]["cpu_seconds"]
    rows.append(Line("the month, 200,000 against 20,000 people with the same page", larger, GROWTH, "times"))
    times = [float(in_a_fresh_process(_IMPORT)) for _ in range(IMPORT_TIMES)]
    rows.append(Line("import simulator, median", statistics.median(times), IMPORT_SECONDS, "s"))
    return rows


def main() -> int:
    """Measure, print a table, and say by the exit status whether all limits were kept."""
    print(f"{'':66}{'measured':>10}{'limit':>10}")
    found = lines()
    for line in found:
        print(line)
    return int(any(line.measured > line.limit for line in found))


if __name__ == "__main__":
    sys.exit(main())
