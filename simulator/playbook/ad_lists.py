"""The cells of an ad sheet that hold lists: places, interests and audiences, points."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache, lru_cache
from typing import Any, NamedTuple

from simulator.playbook.ad_cells import LIST, checked_radius
from simulator.playbook.columns import one_of
from simulator.playbook.lookalikes import LOOKALIKES
from simulator.playbook.page_groups import PAGE_AUDIENCES
from simulator.playbook.pins import Pin
from simulator.playbook.trade_files import CellError
from simulator.texts import say
from simulator.world.clients import Client
from simulator.world.interests import INTERESTS
from simulator.world.places import load_country

COLUMN_OF = {
    "city": "Cities",
    "district": "Districts",
    "station": "Stations",
    "interest": "Flexible Inclusions",
    "topic": "Topic",
}

END_OF_THE_WORLD_KM = 20_000
"""No point is farther away than that."""

_UNSIGNED = r"[0-9]+(?:\.[0-9]+)?(?:e[+-]?[0-9]{1,3})?"
_POINT = re.compile(
    rf"\(?\s*([+-]?{_UNSIGNED})[\s,]+([+-]?{_UNSIGNED})\s*\)?\s*\+?\s*({_UNSIGNED})\s*km", re.IGNORECASE
)
_LOOKALIKE = re.compile(r"look-?\s?alike\s*([0-9]+(?:\.[0-9]+)?)?\s*%?", re.IGNORECASE)
MOST_LISTED = 12
"""More places than this are not listed in a sentence: the nearest are."""

_NEAR, _ANY = 0.6, 0.0
"""How like two names must be, 0-1."""


class CellErrors(ValueError):
    """A cell with several words, of which one or more cannot be read; ``rest`` is what the others say."""

    def __init__(self, errors: Iterable[CellError], rest: Any) -> None:
        self.errors = tuple(errors)
        self.rest = rest
        super().__init__(*(wrong.rule for wrong in self.errors))


class Named(NamedTuple):
    """A list of names: those asked for and those barred."""

    wanted: tuple[str, ...] = ()
    barred: tuple[str, ...] = ()


def names_of(client: Client | None) -> Mapping[str, tuple[str, ...]]:
    """Every name an ad sheet may use, by its kind."""
    topics = client.topic_names if client else ()
    return {**_country_names(), "topic": topics}


@cache
def _country_names() -> Mapping[str, tuple[str, ...]]:
    country = load_country()
    return {
        "city": tuple(place.name for place in country.cities),
        "district": tuple(place.name for place in country.districts),
        "station": tuple(place.name for place in country.stations),
        "interest": INTERESTS,
    }


def read_places(value: str, *, kind: str, names: Mapping[str, tuple[str, ...]]) -> Named:
    """Names parted by ``|``, ``;`` or commas; one with ! or - before it is barred."""
    wanted: list[str] = []
    barred: list[str] = []
    wrong: list[CellError] = []
    for word in filter(None, map(str.strip, LIST.split(value))):
        name = word.lstrip("!-").strip()
        try:
            (wanted if name == word else barred).append(known_name(name, kind, names))
        except CellError as error:
            wrong.append(error)
    read = Named(tuple(dict.fromkeys(wanted)), tuple(dict.fromkeys(barred)))
    if wrong:
        raise CellErrors(wrong, read)
    return read


def known_name(word: str, kind: str, names: Mapping[str, tuple[str, ...]]) -> str:
    """The name that is meant; CellError says of what other kind it is, or the nearest."""
    known = (*INTERESTS, *PAGE_AUDIENCES) if kind == "interest" else names[kind]
    name = one_of(word, known)
    if name is not None:
        return name
    words: dict[str, Any] = {"value": word, "kind": say(f"ads.kinds.{kind}")}
    for other, others in names.items():
        if other != kind and one_of(word, others) is not None:
            raise CellError(
                "ads.other_kind", other=say(f"ads.kinds.{other}"), place=COLUMN_OF[other], **words
            )
    raise CellError("ads.unknown_name", hint=_hint(word, kind, names), **words)


def _hint(word: str, kind: str, names: Mapping[str, tuple[str, ...]]) -> str:
    """The name nearest to a word, of whatever kind; or all there are, or the nearest of very many."""
    known = (*INTERESTS, *PAGE_AUDIENCES, *LOOKALIKES) if kind == "interest" else names[kind]
    near = _nearest(word, known, 1, _NEAR)
    if near:
        return say("problems.did_you_mean", name=near[0])
    for other in COLUMN_OF:
        near = _nearest(word, names[other], 1, _NEAR) if other != kind else []
        if near:
            words = {"name": near[0], "kind": say(f"ads.kinds.{other}"), "column": COLUMN_OF[other]}
            return say("problems.of_other_kind", **words)
    if kind == "interest":
        listed = (*INTERESTS, *PAGE_AUDIENCES, say("ads.lookalikes", low=LOOKALIKES[0], high=LOOKALIKES[-1]))
        return say("problems.choose_one_of", names=", ".join(listed))
    if len(known) > MOST_LISTED:
        return say("problems.nearest", names=", ".join(_nearest(word, known, 3, _ANY)))
    return say("problems.choose_one_of", names=", ".join(known))


@lru_cache(maxsize=4096)
def _nearest(word: str, known: tuple[str, ...], most: int, alike: float) -> list[str]:
    plain = {name.casefold(): name for name in known}
    return [plain[name] for name in difflib.get_close_matches(word.casefold(), plain, most, alike)]


def read_inclusions(value: str, *, names: Mapping[str, tuple[str, ...]]) -> tuple[tuple[str, ...], ...]:
    """Groups parted by ``&``, each a list of terms of which one is enough.

    >>> read_inclusions("cooking|home & buyers", names=names_of(None))
    (('cooking', 'home'), ('buyers',))
    """
    wrong: list[CellError] = []
    groups = tuple(tuple(dict.fromkeys(_terms(part, names, wrong))) for part in value.split("&"))
    if not wrong and not all(groups):
        wrong.append(CellError("ads.empty_group"))
    if wrong:
        raise CellErrors(wrong, groups)
    return groups


def read_exclusions(value: str, *, names: Mapping[str, tuple[str, ...]]) -> tuple[str, ...]:
    """Terms of which none may hold."""
    if "&" in value:
        raise CellError("ads.exclusions_and")
    wrong: list[CellError] = []
    terms = tuple(dict.fromkeys(_terms(value, names, wrong)))
    if wrong:
        raise CellErrors(wrong, terms)
    return terms


def _terms(part: str, names: Mapping[str, tuple[str, ...]], wrong: list[CellError]) -> Iterator[str]:
    for word in filter(None, map(str.strip, LIST.split(part))):
        try:
            yield _term(word, names)
        except CellError as error:
            wrong.append(error)


def _term(word: str, names: Mapping[str, tuple[str, ...]]) -> str:
    alike = _LOOKALIKE.fullmatch(word)
    if not alike:
        return known_name(word, "interest", names)
    percent = float(alike[1] or 0)
    if percent not in range(1, 11):
        raise CellError("ads.lookalike_share", value=word)
    return f"lookalike {percent:.0f}%"


def read_points(value: str) -> tuple[Pin, ...]:
    """Points ``x y +Rkm``, parted by ``|`` or ``;``; km east and north.

    >>> read_points("0 2.5 +3km")
    (Pin(x_km=0.0, y_km=2.5, radius_km=3.0),)
    """
    pins = []
    for word in filter(None, map(str.strip, re.split(r"[|;]", value))):
        found = _POINT.fullmatch(word)
        if not found or max(abs(float(found[1])), abs(float(found[2]))) > END_OF_THE_WORLD_KM:
            raise CellError("ads.bad_point", value=word)
        pins.append(Pin(float(found[1]), float(found[2]), checked_radius(float(found[3]))))
    return tuple(dict.fromkeys(pins))


def written_point(pin: Pin) -> str:
    """The point as :func:`read_points` takes it.

    >>> written_point(Pin(0.0, 2.5, 3.0))
    '0.0 2.5 +3.0km'
    """
    return f"{pin.x_km!r} {pin.y_km!r} +{pin.radius_km!r}km"
