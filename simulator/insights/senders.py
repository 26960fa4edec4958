"""Senders: how those who write to a page are called there."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from simulator.texts import say
from simulator.world.names import Gender, person_card

if TYPE_CHECKING:
    from simulator.network.month import Played


def sender_names(month: Played, senders: Iterable[int]) -> dict[int, str]:
    """The name of each sender: of a person of the town, or of an account from outside (below 0).

    An account is the same in the whole month; which one it is says nothing.
    """
    return {sender: _name(month, sender) for sender in set(senders)}


def _name(month: Played, sender: int) -> str:
    if sender < 0:
        return say("inbox.account", number=-sender)
    people, country = month.world.people, month.world.country
    city = country.cities[country.district_city[people.district[sender]]].name
    gender: Gender = "female" if people.female[sender] else "male"
    return person_card(month.world.luck, sender, gender, int(people.age[sender]), str(city)).name
