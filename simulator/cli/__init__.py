"""The command line: one module a command, which join ``app`` in the order of ``--help``.

Every command reads its inputs, calls one public name and shows the result. With ``--json``
only JSON goes to stdout; words and progress go to stderr. Exit codes: 0 fine (warnings too),
1 failed, 2 bad input, 130 interrupted.
"""

# isort: off
from simulator.cli import clients, research, check, audience, run, score, compare, advise
from simulator.cli import play, verify, portfolio, client, demo, bench, cache

# isort: on
from simulator.cli.app import app, main

__all__ = [
    "advise",
    "app",
    "audience",
    "bench",
    "cache",
    "check",
    "client",
    "clients",
    "compare",
    "demo",
    "main",
    "play",
    "portfolio",
    "research",
    "run",
    "score",
    "verify",
]
