"""How far long work is, on stderr, when somebody is there to see it."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rich.console import Console


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
    console = _progress_console()
    if console is None:
        yield lambda _day: None
        return
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    look = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*look, console=console, transient=True) as progress:
        bar = progress.add_task(words, total=days)
        yield lambda _day: progress.advance(bar)
