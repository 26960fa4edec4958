"""A small client for the tests of the playbook: a bakery with three topics and no luck."""

from __future__ import annotations

from typing import Any

import numpy as np

from simulator.parameters import Parameters
from simulator.world.clients import Client, ClientFile, Hidden
from simulator.world.interests import CHRONOTYPES, INTERESTS

_FILE: dict[str, Any] = {
    "name": "bakery",
    "kind": "online shop",
    "title": "Mkate Bakery",
    "brief": "Bread and cakes, baked every morning.",
    "month_start": "2027-03-01",
    "cities": ["Arusha"],
    "served_online": False,
    "hours_per_week": 10.0,
    "hour_rate_cents": 1_000,
    "budget_cents": 0,
    "goals": [{"name": "sales", "weight": 1.0}],
    "products": [
        {"name": "Loaf", "price_cents": 300, "margin_share": 0.4, "topic": "bread", "demand_share": 1.0}
    ],
    "topics": [
        {
            "name": "bread",
            "title": "Bread",
            "interests": {"cooking": 1.0},
            "words_en": ["loaf", "loaves", "sourdough", "flour", "whole grain"],
            "words_sw": ["mkate", "mikate", "unga"],
        },
        {
            "name": "cakes",
            "title": "Cakes",
            "interests": {"home": 1.0},
            "words_en": ["cake", "icing", "birthday cake", "cupcake"],
            "words_sw": ["keki"],
        },
        {
            "name": "people",
            "title": "Our people",
            "interests": {"parenting": 1.0},
            "words_en": ["baker", "team", "apprentice"],
            "words_sw": ["mwokaji", "waokaji", "timu"],
        },
    ],
    "buyer_interests": ["cooking", "home", "parenting"],
    "opening_hours": {"monday": "07:00-18:00"},
    "audience": {"sketch": "Families near by.", "follower_share": 0.1},
    "page": {"name": "Mkate Bakery"},
    "former_habits": {
        "posts_per_week": 3,
        "hours": [9],
        "purposes": {"sell": 1.0},
        "formats": {"photo": 1.0},
        "topics": {"bread": 1.0},
        "hours_per_week": 5.0,
    },
    "captions": [],
}


def bakery() -> Client:
    """The bakery: month from Monday 2027-03-01, ten paid hours a week, topics bread, cakes, people."""
    hidden = Hidden(
        parameters=Parameters({"production.least_hours": 0.05, "desk.usual_hours": 1.0}),
        buyer_weights=np.full(len(INTERESTS), 1 / len(INTERESTS)),
        chronotype_mix=np.full(len(CHRONOTYPES), 1 / len(CHRONOTYPES)),
        interest_pull=np.ones(len(INTERESTS)),
    )
    return Client(file=ClientFile.model_validate(_FILE), client_seed=1, hidden=hidden)
