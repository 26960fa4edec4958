"""How long a month takes: ``python -m benchmarks.month_speed`` (CPU seconds, one core, one line a size)."""

from __future__ import annotations

import time
from importlib import resources

from simulator import Playbook, load_client
from simulator.network.month import day_one, play

SIZES = (10_000, 100_000, 1_000_000)


def month_seconds(name: str, people: int) -> tuple[float, float]:
    """CPU seconds of drawing a town with its two months before, and of the month itself."""
    client = load_client(name)
    with resources.as_file(resources.files("simulator") / "data" / "examples" / name) as folder:
        playbook = Playbook.read(folder, client=client)
    begin = time.process_time()
    start = day_one(client, people=people)
    middle = time.process_time()
    play(start, playbook)
    return middle - begin, time.process_time() - middle


def main() -> None:
    print("people      town and two months before    the month    (CPU seconds)")
    for people in SIZES:
        before, month = month_seconds("online-shop", people)
        print(f"{people:>9,}   {before:>25.2f}   {month:>10.2f}", flush=True)


if __name__ == "__main__":
    main()
