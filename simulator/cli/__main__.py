"""``python -m simulator.cli``: the command line without its installed name."""

from simulator.cli.app import main

main()
