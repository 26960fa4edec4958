"""Fillings: what may stand for each word in {braces} of a template, prepared once for a client's world."""

from __future__ import annotations

import random
import re
from dataclasses import dataclass
from functools import cached_property
from itertools import cycle, islice
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from simulator.network.accounts import outside_handles, outside_sites
from simulator.network.templates import mix, words_of
from simulator.randomness import Luck
from simulator.world.clients import Client, Product, Topic
from simulator.world.names import DIGITS, FIRST_NAME_LOCALES, first_names
from simulator.world.places import Country
from simulator.world.talk import LANGUAGES

Pool = NDArray[np.object_]

FIELDS: Final = (
    "product",
    "price",
    "city",
    "district",
    "station",
    "name",
    "topic",
    "hour",
    "day",
    "number",
    "link",
    "phone",
    "account",
)
"""The words in braces that templates may hold."""

FORMS: Final = 12
"""Ways to write each product and price; one number picks both, so that they belong together."""

_SHORTENERS: Final = 3

_NAMES, _LINKS, _NUMBERS = 300, 600, 4_000
_CUT = re.compile(r",| with | of | from ")


@dataclass(frozen=True)
class Fillings:
    """Pools of words for one client; each is made when first asked for and kept.

    ``luck``: of the world, so that names, numbers and links differ between worlds.
    """

    client: Client
    country: Country
    luck: Luck

    def pool(self, field: str, language: str, unwanted: bool) -> Pool:
        """What may fill ``field``; links and accounts of spam and scams (``unwanted``) are others'."""
        if unwanted and field in ("link", "account"):
            return self._campaign_links if field == "link" else outside_handles()
        words = self._by_language[language]
        return words[field] if field in words else self._common[field]

    @cached_property
    def _by_language(self) -> dict[str, dict[str, Pool]]:
        file = self.client.file
        return {
            language: {
                "product": _pool([form for item in file.products for form in _forms(item, language)]),
                "price": _pool([form for item in file.products for form in _prices(item)]),
                "topic": _pool([word for topic in file.topics for word in _topic_words(topic, language)]),
                **{name: _pool(rows) for name, rows in words_of(language)["fillings"].items()},
            }
            for language in LANGUAGES
        }

    @cached_property
    def _common(self) -> dict[str, Pool]:
        cities = [city for city in self.country.cities if city.name in self.client.file.cities]
        districts = [district.name for city in cities for district in city.districts]
        stations = [station.name for city in cities for station in city.stations]
        names = self._names
        return {
            "city": _pool([city.name for city in cities]),
            "district": _pool(districts),
            "station": _pool(stations or districts),
            "name": _pool(names),
            "account": _pool([f"{name.lower()}.{DIGITS[10 + at % 26]}{at}" for at, name in enumerate(names)]),
            "number": _pool([str(int(bits % 8_900) + 1_100) for bits in self._bits("number", _NUMBERS)]),
            "phone": _pool([_phone(int(bits)) for bits in self._bits("phone", _NUMBERS)]),
            "link": _pool(self._page_links()),
        }

    @cached_property
    def _names(self) -> list[str]:
        choices = random.Random(int(self._bits("names", 1)[0]))
        share = _NAMES // len(FIRST_NAME_LOCALES)
        return [name for locale in FIRST_NAME_LOCALES for name in first_names(locale, choices, share)]

    def _page_links(self) -> list[str]:
        """Links of the page's own site, as people copy them."""
        file = self.client.file
        site = str(file.page.get("link", f"https://{file.name}.example")).rstrip("/")
        pages = [f"{site}/p/{int(bits % 900) + 100}" for bits in self._bits("page", _LINKS)]
        return [page.removeprefix("https://") if at % 3 else page for at, page in enumerate(pages)]

    @cached_property
    def _campaign_links(self) -> Pool:
        sites, paths = outside_sites(), mix()["outside"]["path"]
        return _pool([_link(int(bits), sites, paths) for bits in self._bits("campaign", _LINKS)])

    def _bits(self, name: str, count: int) -> NDArray[np.uint64]:
        return self.luck.stream("fillings", name).bits(np.arange(count))


def spoken(name: str) -> str:
    """A product as people call it when no file of words says how.

    >>> spoken("Birthday cake with candles, 1 kg"), spoken("DVD box")
    ('birthday cake', 'DVD box')
    """
    short = _CUT.split(name)[0].strip()
    return short if short[:2].isupper() else short[:1].lower() + short[1:]


def _forms(item: Product, language: str) -> list[str]:
    said = words_of(language)["said"].get(item.name) or [spoken(item.name)]
    return list(islice(cycle(said), FORMS))


def _prices(item: Product) -> list[str]:
    whole, cents = divmod(item.price_cents, 100)
    ends = [f"{whole:,}", str(whole), f"{whole:,}", f"{whole}/-", str(whole), f"{whole:,}/-"]
    written = [f"{whole:,}.{cents:02}"] if cents else ends
    return list(islice(cycle(written), FORMS))


def _topic_words(topic: Topic, language: str) -> list[str]:
    own = [topic.name] if language == "en" else list(topic.words_sw[:3]) or [topic.name]
    said: dict[str, Any] = words_of(language)["said"]
    return list(said.get(topic.name, own))


def _phone(bits: int) -> str:
    end = f"{bits % 1000:03}"
    return f"0700 000 {end}" if bits >> 20 & 1 else f"0700000{end}"


def _link(bits: int, sites: tuple[str, ...], paths: list[str]) -> str:
    """A link of a campaign: every one is seen as a link and leads nowhere.

    >>> _link(0, ("bit.example",), ["win"]), _link(5, ("bit.example", "lucky-deals.example"), ["win"])
    ('bit.example/0000', 'www.bit.example/win/0000')
    """
    code = "".join(DIGITS[bits >> shift & 31] for shift in (16, 21, 26, 31))
    start = ("http://", "https://", "www.")[bits % 3]
    if bits >> 2 & 3:
        return f"{start}{sites[(bits >> 40) % len(sites)]}/{paths[(bits >> 4) % len(paths)]}/{code}"
    return f"{start if bits >> 8 & 1 else ''}{sites[(bits >> 40) % _SHORTENERS % len(sites)]}/{code}"


def _pool(words: list[str]) -> Pool:
    return np.array(words, object)
