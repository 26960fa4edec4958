"""Texts: every sentence that is asked for is there, and every sentence there is asked for."""

from __future__ import annotations

import ast
import re
import string
from collections.abc import Iterator, Mapping
from dataclasses import fields
from html.parser import HTMLParser
from pathlib import Path
from typing import get_args

import pytest

from simulator.insights.ad_report import BREAKDOWNS
from simulator.insights.comparison import figures
from simulator.insights.deeds import DEEDS
from simulator.insights.groups import GENDERS
from simulator.insights.inbox_report import KEY_FIGURES, RULE_COLUMNS
from simulator.insights.metrics import BY_A_RULE, METRICS
from simulator.insights.newcomers import WAYS
from simulator.insights.portfolio_report import PAGE_COLUMNS, PAY_COLUMNS, TERMS
from simulator.insights.post_groups import GROUP_FIGURES, GROUPED_BY
from simulator.insights.story import PARTS
from simulator.insights.tables import WEEKDAYS
from simulator.insights.words import COUNTED
from simulator.insights.worth_report import LINES, MOVERS, PAID, SHARED_HOURS
from simulator.network.speed import Speed
from simulator.network.work import TASKS
from simulator.parameters import model_rows
from simulator.playbook.ad_lists import COLUMN_OF
from simulator.playbook.ads import GOALS as AD_GOALS
from simulator.playbook.ads import SPECIAL_CATEGORIES
from simulator.playbook.audiences import GENDERS as AUDIENCE_GENDERS
from simulator.playbook.page import ITEMS
from simulator.playbook.posts import FORMATS, PURPOSES
from simulator.research.pack import PACK_PARTS, PLAYBOOK_ABOVE, PLAYBOOK_WITHIN
from simulator.scoring.client_check import ORDERS
from simulator.scoring.compare import VERDICTS
from simulator.scoring.contrast import BANDS
from simulator.texts import DEFAULT_LANGUAGE, catalogue
from simulator.world.clients import KINDS, Goal
from simulator.world.interests import INTERESTS
from simulator.world.talk import CRISES
from simulator.world.talk import KINDS as MESSAGE_KINDS
from tests.example_months import empty_month

SIMULATOR = Path(__file__).parents[1] / "simulator"
SOURCES = {path: ast.parse(path.read_text(encoding="utf-8")) for path in sorted(SIMULATOR.rglob("*.py"))}
TEMPLATES = {path: path.read_text(encoding="utf-8") for path in sorted(SIMULATOR.rglob("templates/*.html"))}
LANGUAGES = sorted(path.stem for path in (SIMULATOR / "data" / "texts").glob("*.toml"))
ENGLISH = catalogue(DEFAULT_LANGUAGE)


def _name(call: ast.Call) -> str:
    return call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")


def _calls(*names: str) -> Iterator[tuple[Path, ast.Call]]:
    for path, tree in SOURCES.items():
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and node.args and _name(node) in names:
                yield path, node


def _constants(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value


GOALS = get_args(Goal.model_fields["name"].annotation)

COLUMNS = (
    "name",
    "kind",
    "topics",
    "followers",
    "budget",
    "figure",
    "value",
    "of_what",
    "ad_set",
    "size",
    "audience",
    "goal",
    "weight",
    "found",
    "wanted",
    "points",
    "difference",
    "from",
    "to",
    "manager",
    "worth",
    "change",
    "gain",
    "gain_points",
    "sure",
    "recorded",
)
BRIEF_FACTS = (
    "client",
    "currency",
    "kind",
    "month_start",
    "cities",
    "outlets",
    "hours_per_week",
    "hour_rate",
    "budget",
    "opening_hours",
    "completeness",
)

SWITCHES = [
    call.args[0]
    for path, call in _calls("option", "argument", "number", "points_above_zero")
    if path.parent.name == "cli"
]
OPTIONS = sorted({str(name.value) for name in SWITCHES if isinstance(name, ast.Constant)})

AD_TABLES = ("sets_asked", "sets_brought", "sets_shown", "ads_asked", "ads_shown")
DEED_KEYS = tuple(deed.replace(" ", "_") for deed in DEEDS)

PORTFOLIO_KEY = ("income", "income_per_hour", "expected", "hours", "posts", "answered")

DIRECTIONS = ("less", "more", "same")

COMPARED = tuple(figures(empty_month().insights))

COMPUTED: Mapping[str, tuple[str, ...]] = {
    "ads.audience.ages.": ("and_over", "from_to"),
    "ads.audience.genders.": AUDIENCE_GENDERS,
    "ads.audience.inclusions.": ("among", "and_among", "and_listed", "listed"),
    "ads.categories.": SPECIAL_CATEGORIES,
    "ads.kinds.": tuple(COLUMN_OF),
    "advice.purposes.": PURPOSES,
    "client_check.": tuple(rule for _, _, rule in ORDERS),
    "command_line.": (
        "advice_title",
        "audience_title",
        "bench_title",
        "compare_title",
        "client_check_title",
        "clients_title",
        "error",
        "pay_title",
        "portfolio_title",
        "result_title",
        "score_title",
        "verify_title",
        "warning",
    ),
    "command_line.columns.": COLUMNS,
    "command_line.play.": ("seen", "whole"),
    "command_line.verified.": ("differs", "holds", "nothing", "play", "run", "score"),
    "command_line.options.": tuple(OPTIONS),
    "inbox.charts.arrivals_": ("framed", "unframed"),
    "inbox.charts.backlog_": ("look", "nobody"),
    "inbox.charts.peak_": ("away", "there"),
    "inbox.deeds.": DEED_KEYS,
    "inbox.done.": DEED_KEYS,
    "inbox.incidents.": ("pile_on", *(name.replace(" ", "_") for name in CRISES)),
    "inbox.key.": tuple(KEY_FIGURES),
    "inbox.kinds.": MESSAGE_KINDS,
    "inbox.lasting.": ("minutes", "hours", "day", "days"),
    "inbox.reading.kinds.": MESSAGE_KINDS,
    "inbox.reading.": ("missed", "missed_tired"),
    "inbox.rules.": RULE_COLUMNS,
    "inbox.tasks.": TASKS,
    "inbox.words.": (
        *("fed", "not_fed", "silent", "spoke", "canned", "canned_fed", "badge", "no_badge"),
        *("every_month", "one_month_of"),
    ),
    "insights.story.losses_service_": ("one", "many"),
    "inbox.words.missed_": ("one", "many"),
    "inbox.words.sold_": ("one", "many"),
    "command_line.speed.": tuple(field.name for field in fields(Speed)),
    "glance.items.": ITEMS,
    "insights.ab.": ("together_few", "together_many"),
    "insights.ad_charts.": ("spend_none", "wear_none"),
    "insights.ad_words.left.": ("bid", "cap", "few", "late", "nobody", "pennies", "rest", "unmade"),
    "insights.by_a_rule.": BY_A_RULE,
    "insights.charts.": ("fewest", "most"),
    "insights.charts.audience_alt_": ("age", "gender", "city"),
    "insights.charts.by_": ("age", "gender", "city"),
    "insights.counts.": tuple(f"{noun}_{form}" for noun in COUNTED for form in ("one", "other")),
    "command_line.compared.": VERDICTS,
    "insights.days.": WEEKDAYS,
    "insights.genders.": GENDERS,
    "insights.goals.": AD_GOALS,
    "insights.metrics.": tuple(METRICS),
    "insights.months.": tuple(str(month) for month in range(1, 13)),
    "insights.purposes.": PURPOSES,
    "insights.story.sales_expected_": DIRECTIONS,
    "insights.story.worth_": DIRECTIONS,
    "insights.titles.": tuple(METRICS),
    "insights.units.": tuple({metric.unit for metric in METRICS.values()}),
    "names.interests.": INTERESTS,
    "research.pack.": (*PACK_PARTS, PLAYBOOK_WITHIN, PLAYBOOK_ABOVE),
    "places.kinds.": ("city", "district", "station"),
    "portfolio.key.": (*PORTFOLIO_KEY, "answered_by_none"),
    "portfolio.report.": ("pages", "pages_note", "pay", "pay_note"),
    "portfolio.terms.": TERMS,
    "portfolio.titles.": ("page", *PAY_COLUMNS, *PAGE_COLUMNS, *PORTFOLIO_KEY, *TERMS),
    "report.ads.": (*AD_TABLES, *(f"by_{by}" for by in BREAKDOWNS)),
    "report.ads.first.": ("sets", "ads", *BREAKDOWNS),
    "report.against.": DIRECTIONS,
    "report.compared.": COMPARED,
    "report.groups.": (*GROUPED_BY, *(name for name in GROUP_FIGURES if name not in METRICS)),
    "report.groups.by_": GROUPED_BY,
    "report.key.": ("followers", "reach", "engagement_rate", "sales", "spend", "worth"),
    "report.parts.": tuple(PARTS),
    "report.terms.": ("hard_days", "hard_days_says", "pile_on", "pile_on_says"),
    "report.ways.": tuple(WAYS),
    "report.worth.": (*LINES, *(f"{line}_says" for line in (*LINES, SHARED_HOURS))),
    "report.worth.moved_": MOVERS,
    "report.key.less_": PAID,
    "score.by.": ("topic", "format", "part_of_day"),
    "score.kinds.": (*FORMATS, *BANDS),
    "research.brief.": BRIEF_FACTS,
    "research.goals.": tuple(goal.replace(" ", "_") for goal in GOALS),
    "research.kinds.": tuple(kind.replace(" ", "_") for kind in KINDS),
}
"""Keys whose last part is computed: what stands before it, and everything it can be."""

DRAWN_BY_LOT = ("names.bios.none.", "names.bios.one.", "names.bios.two.")
"""Tables of which one sentence is drawn, so that a line may be added without code."""

COMPUTED_RULES: Mapping[str, tuple[str, ...]] = {
    "command_line.": (
        *("days", "people", "seed", "worlds", "workers", "first"),
        *("not_a_folder", "not_writable", "play_not_writable"),
    ),
}
"""The same for the names of rules."""

RULE_PREFIX = "problems."
"""Before a rule's name; ``errors.problem`` adds it, and ``.says`` and ``.way_out`` after."""

TEXT_ATTRIBUTES = {"alt", "aria-label", "aria-description", "placeholder", "title"}


def _fixed_part(node: ast.JoinedStr) -> str:
    """What an f-string begins with."""
    first = node.values[0]
    return str(first.value) if isinstance(first, ast.Constant) else ""


def _asked() -> Iterator[tuple[str, str]]:
    """(where, key) of every key written out in a call of ``say`` and in the templates."""
    for path, call in _calls("say"):
        for text in ast.walk(call.args[0]):
            if isinstance(text, ast.Constant) and not isinstance(call.args[0], ast.JoinedStr):
                yield f"{path.name} line {call.lineno}", str(text.value)
    for path, text in TEMPLATES.items():
        for found in re.finditer(r'say\("([^"]+)"(?!\s*~)', text):
            yield path.name, found[1]


def _computed_prefixes() -> Iterator[tuple[str, str]]:
    """(where, prefix) of every key that is put together where it is asked for."""
    for path, call in _calls("say"):
        if isinstance(call.args[0], ast.JoinedStr) and path.name != "errors.py":
            yield f"{path.name} line {call.lineno}", _fixed_part(call.args[0])
    for path, text in TEMPLATES.items():
        for found in re.finditer(r'say\("([^"]+)"\s*~', text):
            yield path.name, found[1]


RULES = sorted(
    {key[len(RULE_PREFIX) :].rpartition(".")[0] for key in ENGLISH if key.endswith((".says", ".way_out"))}
)
ROOMS_OF_RULES = {rule.split(".")[0] for rule in RULES}
LITERALS = {text for tree in SOURCES.values() for text in _constants(tree)}


def _named_rules() -> set[str]:
    """Every literal that looks like a rule (``plan.bad_hour``) and is no parameter, and the computed ones."""
    shape = re.compile(rf"(?:{'|'.join(sorted(ROOMS_OF_RULES))})\.[a-z0-9_]+")
    files = re.compile(r".*\.(?:csv|toml|md|html|json)")
    found = {text for text in LITERALS if shape.fullmatch(text) and not files.fullmatch(text)}
    computed = {prefix + part for prefix, parts in COMPUTED_RULES.items() for part in parts}
    return found - set(ENGLISH) - set(model_rows()) | computed


def test_every_sentence_asked_for_is_there() -> None:
    """Invariant: no call of ``say`` names a key the English catalogue lacks."""
    assert not [f"{where}: {key}" for where, key in _asked() if key not in ENGLISH]


def test_every_computed_key_is_listed_and_there() -> None:
    """Invariant: a key put together from parts has a sentence for everything its last part can be."""
    asked = dict(map(reversed, _computed_prefixes()))
    assert not [f"{where}: {prefix}" for prefix, where in asked.items() if prefix not in COMPUTED]
    assert not {prefix + part for prefix in asked for part in COMPUTED[prefix]} - set(ENGLISH)


def test_every_rule_has_its_two_sentences() -> None:
    """Invariant: a problem says what is wrong and the way out, and no rule is named in vain."""
    sentences = {f"{RULE_PREFIX}{rule}.{part}" for rule in RULES for part in ("says", "way_out")}
    assert not sentences - set(ENGLISH)
    assert not _named_rules() - set(RULES)
    computed = [call.args[0] for _, call in _calls("problem") if isinstance(call.args[0], ast.JoinedStr)]
    assert {_fixed_part(rule) for rule in computed} <= set(COMPUTED_RULES)


def test_every_sentence_is_used() -> None:
    """Invariant: the catalogue holds nothing that nobody can ever see."""
    asked = {key for _, key in _asked()} | LITERALS
    possible = {prefix + part for prefix, parts in COMPUTED.items() for part in parts}
    rules = {f"{RULE_PREFIX}{rule}.{part}" for rule in _named_rules() for part in ("says", "way_out")}
    unused = set(ENGLISH) - asked - possible - rules
    assert not sorted(key for key in unused if not key.startswith(DRAWN_BY_LOT))


def _holes(sentence: str) -> set[str]:
    return {field for _, field, _, _ in string.Formatter().parse(sentence) if field is not None}


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_translation_says_the_same_things(language: str) -> None:
    """Invariant: a translation has only keys English has, and fills in the same words."""
    translated = catalogue(language)
    assert not set(translated) - set(ENGLISH)
    wrong = [key for key, text in translated.items() if not _holes(text) <= _holes(ENGLISH[key])]
    assert not wrong


def test_every_word_a_sentence_wants_is_given() -> None:
    """Invariant: a sentence asked for with its words written out gets each word it has a place for."""
    lacking = []
    for path, call in _calls("say"):
        key = call.args[0].value if isinstance(call.args[0], ast.Constant) else ""
        given = {word.arg for word in call.keywords}
        if key in ENGLISH and None not in given and not _holes(ENGLISH[key]) <= given:
            lacking.append(f"{path.name} line {call.lineno}: {key}")
    assert not lacking


class _ShownText(HTMLParser):
    """The words a template shows by itself: between tags and in attributes people hear or see."""

    def __init__(self) -> None:
        super().__init__()
        self.words: list[str] = []
        self.hidden = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.hidden = tag in ("style", "script")
        self.words += [value or "" for name, value in attrs if name in TEXT_ATTRIBUTES]

    def handle_endtag(self, _tag: str) -> None:
        self.hidden = False

    def handle_data(self, data: str) -> None:
        self.words += [] if self.hidden else [data]


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)
def test_templates_hold_no_sentence(path: Path) -> None:
    """Invariant: every word of a template comes from the catalogue, or a translation would miss it."""
    shown = _ShownText()
    shown.feed(re.sub(r"\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}", " ", TEMPLATES[path], flags=re.DOTALL))
    assert not [words.strip() for words in shown.words if re.search(r"[A-Za-z]{2}", words)]


def _docstrings(tree: ast.AST) -> set[int]:
    """The ids of all strings that only explain: statements of their own."""
    return {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}


def _sentences(tree: ast.AST) -> Iterator[str]:
    """Literals that read like text for a person: four words, or two that begin with a capital."""
    word, skip = r"[A-Za-z']{2,}[,.:;]?", _docstrings(tree)
    shape = re.compile(rf"{word}(?: {word}){{3,}}|(?<![\w'])[A-Z][a-z']+[,.:;]? {word}")
    texts = (node for node in ast.walk(tree) if isinstance(node, ast.Constant) and id(node) not in skip)
    yield from (node.value for node in texts if isinstance(node.value, str) and shape.search(node.value))


SHOWING = [path for path in SOURCES if {"cli", "insights", "research", "panels"} & set(path.parts)]
NOT_FOR_PEOPLE = {"DejaVu Sans"}
"""Literals that read like text and are none: the name of a font."""


@pytest.mark.parametrize("path", SHOWING, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_rooms_that_show_hold_no_sentence(path: Path) -> None:
    """Invariant: what reports, packs, panels and commands say stands in the catalogue, not in code."""
    assert not set(_sentences(SOURCES[path])) - NOT_FOR_PEOPLE
