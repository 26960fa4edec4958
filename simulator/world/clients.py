"""The clients: who pays, what they want, for whom, and what a learner cannot see.

A client is one TOML file in ``simulator/data/clients`` (found by listing the folder) plus a
draw by its **client seed**: ``NAME`` or ``NAME:CLIENT_SEED``. The seed fixes who buys, which
topics draw, when people are online and how price-sensitive they are, so that a client must
be studied and cannot be learnt by heart.
"""

from __future__ import annotations

import hashlib
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from importlib import resources
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Annotated, Any, Literal

import numpy as np
from numpy.typing import NDArray
from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from simulator.errors import ClientError, did_you_mean
from simulator.parameters import Parameters, drawn, model_parameters
from simulator.randomness import Luck
from simulator.texts import say
from simulator.units import DAYS_PER_WEEK
from simulator.world.interests import CHRONOTYPES, INTERESTS

DEFAULT_CLIENT_SEED = 1
DEFAULT_PEOPLE = 20_000
KINDS = ("online shop", "services", "consulting and training", "media", "retail chain")

Share = Annotated[float, Field(ge=0, le=1)]
Cents = Annotated[int, Field(ge=0)]
Purpose = Literal["inform", "entertain", "talk", "sell"]
Format = Literal["photo", "video", "link", "text"]


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Goal(_Part):
    """What the client wants, with its weight (weights sum to 1)."""

    name: Literal["sales", "followers won", "followers kept", "service", "spend efficiency"]
    weight: Share


class Product(_Part):
    """Something sold: price and the share of it that is margin; which topic speaks of it."""

    name: str
    price_cents: Annotated[int, Field(gt=0)]
    margin_share: Share
    topic: str
    demand_share: Share


class Topic(_Part):
    """A content pillar: its interests (weights sum to 1) and the words that tell it."""

    name: str
    title: str
    interests: Mapping[str, Share]
    words_en: tuple[str, ...]
    words_sw: tuple[str, ...]


class Caption(_Part):
    """A caption from the client's own drawer: former posts, worked examples and demos."""

    topic: str
    purpose: Purpose
    text: str


class FormerHabits(_Part):
    """How the page was run before: what two past months (the burn-in) are made of."""

    posts_per_week: Annotated[int, Field(ge=1, le=21)]
    hours: tuple[Annotated[int, Field(ge=0, le=23)], ...]
    purposes: Mapping[Purpose, Share]
    formats: Mapping[Format, Share]
    topics: Mapping[str, Share]
    usual_offer: Annotated[float, Field(ge=0, le=0.5)] = 0.0
    hours_per_week: Annotated[float, Field(gt=0)]
    inbox_hours: tuple[Annotated[int, Field(ge=0, le=23)], ...] = (12,)


class AudienceSketch(_Part):
    """What the client believes about the audience, and who follows at the start."""

    sketch: str
    follower_share: Annotated[float, Field(gt=0, le=0.5)]
    female_tilt: float = 0.0
    age_peak: Annotated[int, Field(ge=14, le=80)] = 35
    age_spread: Annotated[float, Field(gt=0)] = 15.0


class ClientFile(_Part):
    """One client's TOML file, checked."""

    name: str
    kind: Literal["online shop", "services", "consulting and training", "media", "retail chain"]
    title: str
    brief: str
    month_start: date
    cities: tuple[str, ...]
    served_online: bool
    outlets: tuple[str, ...] = ()
    hours_per_week: Annotated[float, Field(gt=0)]
    hour_rate_cents: Cents
    budget_cents: Cents
    goals: tuple[Goal, ...]
    products: tuple[Product, ...]
    topics: Annotated[tuple[Topic, ...], Field(min_length=3, max_length=8)]
    buyer_interests: Annotated[tuple[str, ...], Field(min_length=3)]
    opening_hours: Mapping[str, str]
    audience: AudienceSketch
    page: Mapping[str, Any]
    former_habits: FormerHabits
    captions: tuple[Caption, ...]
    special_ad_category: Literal["", "housing", "credit", "employment"] = ""
    profile: str = ""
    model: Mapping[str, float] = {}

    @model_validator(mode="after")
    def _agree(self) -> ClientFile:
        topics = {topic.name for topic in self.topics}
        named = {product.topic for product in self.products} | set(self.former_habits.topics)
        named |= {caption.topic for caption in self.captions}
        if named - topics:
            raise ValueError(f"topics used but not listed: {', '.join(sorted(named - topics))}")
        interests = set(self.buyer_interests) | {i for t in self.topics for i in t.interests}
        if interests - set(INTERESTS):
            raise ValueError(f"not an interest: {', '.join(sorted(interests - set(INTERESTS)))}")
        if self.month_start.weekday() != 0:
            raise ValueError("month_start must be a Monday")
        sums = {
            "goals": [goal.weight for goal in self.goals],
            "demand_share": [product.demand_share for product in self.products],
            "former purposes": self.former_habits.purposes.values(),
            "former formats": self.former_habits.formats.values(),
            "former topics": self.former_habits.topics.values(),
            **{f"interests of {t.name}": t.interests.values() for t in self.topics},
        }
        for what, parts in sums.items():
            if abs(sum(parts) - 1) > 1e-6:
                raise ValueError(f"{what} must sum to 1, not {sum(parts):g}")
        return self


@dataclass(frozen=True, slots=True)
class Hidden:
    """What the client seed draws and no learner sees.

    ``parameters``: the model's constants for this client. ``buyer_weights``: (interests,)
    sum 1, which interests go with buying. ``chronotype_mix``: (chronotypes,) sum 1, when the
    town is online. ``interest_pull``: (interests,) about 1, how popular each interest is here.
    """

    parameters: Parameters
    buyer_weights: NDArray[np.float64]
    chronotype_mix: NDArray[np.float64]
    interest_pull: NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Client:
    """A client as played: its file, its client seed and what that seed drew."""

    file: ClientFile
    client_seed: int
    hidden: Hidden

    @property
    def name(self) -> str:
        return self.file.name

    @property
    def label(self) -> str:
        """``NAME:CLIENT_SEED``, which :func:`load_client` takes."""
        return f"{self.file.name}:{self.client_seed}"

    @property
    def fingerprint(self) -> str:
        """The same for clients about which everything is equal, hidden things too; for nothing else."""
        hidden = self.hidden
        digest = hashlib.blake2b(self.file.model_dump_json().encode(), digest_size=16)
        digest.update(repr((self.client_seed, sorted(hidden.parameters.items()))).encode())
        for column in (hidden.buyer_weights, hidden.chronotype_mix, hidden.interest_pull):
            digest.update(column.tobytes())
        return digest.hexdigest()

    @property
    def topic_names(self) -> tuple[str, ...]:
        return tuple(topic.name for topic in self.file.topics)

    def usual_posts(self, days: int) -> float:
        """How many posts the page is used to in so many days."""
        return self.file.former_habits.posts_per_week * days / DAYS_PER_WEEK

    def with_parameters(self, changes: Mapping[str, float]) -> Client:
        """The same client under other constants: for ablations and fits."""
        parameters = self.hidden.parameters.changed(changes)
        return replace(self, hidden=replace(self.hidden, parameters=parameters))


def client_names() -> tuple[str, ...]:
    """The names of all clients, sorted, from the files that are there."""
    return tuple(sorted(entry.name[:-5] for entry in _folder().iterdir() if entry.name.endswith(".toml")))


def load_client(label: str | Path) -> Client:
    """The client ``NAME``, ``NAME:CLIENT_SEED``, or of a TOML file of your own.

    Raises ClientError with the nearest name when there is none, or with what is wrong in
    the file.

    >>> load_client("online-shop:7").client_seed
    7
    """
    name, seed = _split(str(label))
    source: Traversable | Path
    if name.endswith(".toml"):
        source = Path(name)
        if not source.is_file():
            raise ClientError(say("clients.no_file", path=name))
    elif name in client_names():
        source = _folder() / f"{name}.toml"
    else:
        raise ClientError(say("clients.unknown", name=name, hint=did_you_mean(name, client_names())))
    return with_seed(_read(source), seed)


def with_seed(file: ClientFile, client_seed: int) -> Client:
    """The client of ``file`` with everything hidden drawn by ``client_seed``."""
    luck = Luck(client_seed)
    base = model_parameters(file.profile).changed(file.model)
    generator = luck.stream("hidden", file.name).generator()
    hidden = Hidden(
        parameters=drawn(base, luck, file.name),
        buyer_weights=_buyer_weights(file, base["hidden.buyer_focus"], generator),
        chronotype_mix=generator.dirichlet(np.full(len(CHRONOTYPES), base["hidden.chronotype_focus"])),
        interest_pull=np.exp(base["hidden.interest_pull_spread"] * generator.standard_normal(len(INTERESTS))),
    )
    return Client(file=file, client_seed=client_seed, hidden=hidden)


def _buyer_weights(file: ClientFile, focus: float, generator: np.random.Generator) -> NDArray[np.float64]:
    """Two to four of the client's buyer interests with Dirichlet weights (model 11.4)."""
    count = int(generator.integers(2, min(4, len(file.buyer_interests)) + 1))
    chosen = generator.choice(file.buyer_interests, size=count, replace=False)
    weights = np.zeros(len(INTERESTS))
    for interest, weight in zip(chosen, generator.dirichlet(np.full(count, focus)), strict=True):
        weights[INTERESTS.index(interest)] = weight
    return weights


def _split(label: str) -> tuple[str, int]:
    if ":" not in label:
        return label, DEFAULT_CLIENT_SEED
    name, _, seed = label.partition(":")
    if not (seed.isascii() and seed.isdigit()):
        raise ClientError(say("clients.bad_seed", label=label, seed=seed))
    return name, int(seed)


def _folder() -> Traversable:
    return resources.files("simulator") / "data" / "clients"


def _read(source: Traversable | Path) -> ClientFile:
    try:
        return _checked(source.read_text(encoding="utf-8"), source.name)
    except (OSError, UnicodeDecodeError) as wrong:
        raise ClientError(say("clients.unreadable", path=source.name, wrong=wrong)) from wrong


@lru_cache(maxsize=64)
def _checked(text: str, name: str) -> ClientFile:
    try:
        return ClientFile.model_validate(tomllib.loads(text))
    except tomllib.TOMLDecodeError as wrong:
        raise ClientError(say("clients.unreadable", path=name, wrong=wrong)) from wrong
    except ValidationError as wrong:
        found = "; ".join(
            f"{'.'.join(map(str, error['loc'])) or 'file'}: {error['msg']}" for error in wrong.errors()
        )
        raise ClientError(say("clients.invalid", path=name, wrong=found)) from wrong
