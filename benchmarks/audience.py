"""How long it takes to find an audience: python -m benchmarks.audience [PEOPLE]

Prints milliseconds (the smallest of five) and the memory of the answer for each kind of filter.
1,000,000 people without an argument; some five seconds.
"""

from __future__ import annotations

import sys
import time
import tracemalloc
from collections.abc import Callable

import numpy as np

from simulator.playbook.audiences import Audience
from simulator.playbook.page_groups import PageGroups
from simulator.playbook.pins import Pin
from simulator.world import platform_view
from simulator.world.clients import load_client
from simulator.world.platform_view import listed_interests
from simulator.world.world import World, draw_world

REPEATS = 5
FILTERS: dict[str, Audience] = {
    "everybody of age": Audience(),
    "age and gender": Audience(age_min=25, age_max=44, gender="women"),
    "one city": Audience(cities=("Bandariva",)),
    "three districts": Audience(districts=("Sokoleni", "Chuolani", "Reliwe")),
    "one station, 2 km": Audience(stations=("Maktaba",), within_km=2.0),
    "all stations of a city": Audience(
        stations=(
            "Forodhira Kati", "Gati la Nanga", "Pwanisha Mnara", "Soko Jipya", "Daraja la Chuma",
            "Viwandari Lango", "Maktaba", "Chuolani", "Kivuko", "Mlangoja", "Kilimajua", "Mitendera",
        ),
        within_km=1.5,
    ),
    "three points, 5 km": Audience(points=(Pin(0, 0, 5), Pin(-310, 140, 5), Pin(-520, -60, 5))),
    "interests, two groups": Audience(inclusions=(("cooking", "home"), ("money", "news"))),
    "interests but not games": Audience(inclusions=(("cooking",),), exclusions=("games", "sport")),
    "all of it": Audience(
        age_min=25, age_max=54, gender="women", cities=("Bandariva", "Ziwandu"), districts_not=("Kilimajua",),
        stations=("Maktaba", "Chuolani", "Mashuano"), within_km=3.0,
        inclusions=(("cooking", "home"), ("parenting", "money")), exclusions=("games",),
    ),
}  # fmt: skip
PAGE_FILTERS: dict[str, Audience] = {
    "followers only": Audience(inclusions=(("followers",),)),
    "visitors who have not bought": Audience(inclusions=(("visitors",),), exclusions=("buyers",)),
    "look-alike 2%": Audience(inclusions=(("lookalike 2%",),)),
}


def best_ms(work: Callable[[], object]) -> float:
    """Milliseconds of the fastest of five."""
    times = []
    for _ in range(REPEATS):
        start = time.perf_counter()
        work()
        times.append(time.perf_counter() - start)
    return 1000 * min(times)


def peak_mb(work: Callable[[], object]) -> float:
    """The most memory the work holds at once, MB."""
    tracemalloc.start()
    work()
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return peak / 1e6


def view(world: World) -> None:
    """What the platform believes, worked out anew."""
    platform_view._seen.clear()
    listed_interests(world)


def row(name: str, find: Callable[[], np.ndarray]) -> None:
    """One line of the table."""
    print(f"{name:32}{int(find().sum()):>14,}{best_ms(find):9.2f}{peak_mb(find):9.1f}")


def main() -> None:
    """Print one row per kind of filter."""
    people = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000
    world = draw_world(load_client("online-shop:7"), 1, people)
    ids = np.random.default_rng(1).permutation(people)
    part = people // 100
    groups = PageGroups(ids[: 10 * part], ids[9 * part : 12 * part], ids[: 3 * part], ids[:part])
    print(f"{people:,} people{'':<21}{'people in it':>14}{'ms':>9}{'peak MB':>9}")
    print(
        f"{'what the platform believes':32}{'':14}{best_ms(lambda: view(world)):9.2f}"
        f"{peak_mb(lambda: view(world)):9.1f}"
    )
    for name, audience in FILTERS.items():
        row(name, lambda audience=audience: audience.static_members(world))
    for name, audience in PAGE_FILTERS.items():
        row(name, lambda audience=audience: audience.members(world, groups))


if __name__ == "__main__":
    main()
