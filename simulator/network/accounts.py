"""Accounts: how whoever writes to a page is called there."""

from __future__ import annotations

from functools import cache
from itertools import product
from typing import Final

import numpy as np
from numpy.typing import NDArray

from simulator.network.templates import mix
from simulator.world.names import Gender, person_card
from simulator.world.world import World

OUTSIDE: Final = "outside"
"""The stream that names accounts from outside the town."""

_NUMBERS: Final = 7


def account_name(world: World, sender: int) -> str:
    """The name an account shows: of a person of the town by its card, of one from outside (below 0) a handle.

    >>> from simulator.world.clients import load_client
    >>> from simulator.world.world import draw_world
    >>> town = draw_world(load_client("salon"), seed=7, people=1_000)
    >>> account_name(town, 12) == account_name(town, 12) != account_name(town, 13)
    True
    >>> "_" in account_name(town, -5)
    True
    """
    if sender < 0:
        bits = world.luck.stream(OUTSIDE).bits(np.array([sender]))
        return str(outside_handles()[int(bits[0] % np.uint64(len(outside_handles())))])
    people = world.people
    gender: Gender = "female" if people.female[sender] else "male"
    city = world.country.districts[int(people.district[sender])].city
    return person_card(world.luck, int(sender), gender, int(people.age[sender]), city).name


@cache
def outside_handles() -> NDArray[np.object_]:
    """The handles of accounts from outside, "lucky_deals41"; the same in every world."""
    words = mix()[OUTSIDE]
    pairs = product(words["first"], words["second"])
    names = [
        f"{first}_{second}{(at * _NUMBERS + k) * 37 % 98 + 1}"
        for at, (first, second) in enumerate(pairs)
        for k in range(_NUMBERS)
    ]
    return np.array(names, object)


@cache
def outside_sites() -> tuple[str, ...]:
    """Where links of spam and scams lead: hosts that exist nowhere."""
    words = mix()[OUTSIDE]
    hosts = (f"{first}-{second}.example" for first, second in product(words["first"], words["second"]))
    return ("bit.example", "go.example", "sh.test", *hosts)
