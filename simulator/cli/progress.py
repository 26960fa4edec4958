"""How far long work is, on stderr, when somebody is there to see it."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rich.console import Console
    from rich.progress import Progress


def _progress_console() -> Console | None:
    """Where progress is shown: stderr, when somebody is there to see it."""
    if not sys.stderr.isatty():
        return None
    from rich.console import Console

    return Console(stderr=True)


@contextmanager
def busy(words: str) -> Iterator[None]:
    console = _progress_console()
    if console is None:
        yield
    else:
        with console.status(words):
            yield


@contextmanager
def counting(words: str, days: int) -> Iterator[Callable[[int], None]]:
    """A bar of ``days`` steps; gives what is to be called after each."""
    progress = _bars()
    if progress is None:
        yield lambda _day: None
        return
    with progress:
        bar = progress.add_task(words, total=days)
        yield lambda _day: progress.advance(bar)


@contextmanager
def stages(words: Mapping[str, str]) -> Iterator[Callable[[str, int, int], None]]:
    """A bar for each stage; gives what is to be called with the stage, steps done and steps in all."""
    progress = _bars()
    if progress is None:
        yield lambda _stage, _done, _total: None
        return
    with progress:
        bars = {stage: progress.add_task(says, total=None) for stage, says in words.items()}
        yield lambda stage, done, total: progress.update(bars[stage], completed=done, total=total)


def _bars() -> Progress | None:
    """A row of bars, where somebody is there to see them."""
    console = _progress_console()
    if console is None:
        return None
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    look = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    return Progress(*look, console=console, transient=True)
