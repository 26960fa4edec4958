"""Reply rules: the first that fits counts, a sheet tells every problem at once, and comes back as written."""

from __future__ import annotations

import csv
import doctest
import io
from itertools import product
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.real_comments import PUBLISHED, RULES, caught_by, share, table
from simulator.errors import Problem
from simulator.parameters import model_parameters
from simulator.playbook.answers import subjects_of
from simulator.playbook.checks import check_playbook
from simulator.playbook.patterns import Pattern
from simulator.playbook.plain_text import has_link, plain, readable
from simulator.playbook.playbook import Playbook
from simulator.playbook.replies import ACTIONS, FIRST, LAST, NO_RULE, ReplyRule, ReplyRules
from simulator.playbook.replies_sheet import COLUMNS, read_replies, write_replies
from simulator.playbook.shifts import Shift, ShiftPlan
from simulator.playbook.trade_files import CellError
from simulator.texts import DEFAULT_LANGUAGE, catalogue

GUIDE = Path(__file__).parents[1] / "docs" / "inbox.md"
GOOD = {"Rule": "Prices", "If Contains": "price*|bei", "Action": "hide"}
Rows = list[dict[str, str]]


def sheet_of(rows: Rows, separator: str = ",", end: str = "\n") -> str:
    """A sheet of these rows with the columns they have."""
    names = [name for name in COLUMNS if any(name in row for row in rows)]
    names += [name for row in rows for name in row if name not in COLUMNS]
    out = io.StringIO()
    writer = csv.DictWriter(out, list(dict.fromkeys(names)), delimiter=separator, lineterminator=end)
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue()


def read(folder: Path, rows: Rows | str | bytes) -> tuple[ReplyRules, list[Problem]]:
    """What a sheet of these rows is read as."""
    content = sheet_of(rows) if isinstance(rows, list) else rows
    (folder / "replies.csv").write_bytes(content if isinstance(content, bytes) else content.encode())
    return read_replies(folder / "replies.csv")


def rules(problems: list[Problem]) -> list[str]:
    return [found.rule for found in problems]


def rule(contains: str = "", without: str = "", **asked: object) -> ReplyRule:
    """A rule with these words."""
    words = {"contains": contains, "not_contains": without}
    patterns = {name: Pattern.parse(text) for name, text in words.items() if text}
    return ReplyRule("r", **patterns, **asked)  # type: ignore[arg-type]


# ------------------------------------------------------------------ which rule


def test_law_the_first_that_fits_counts() -> None:
    """Law: rules are asked from above; what a higher one catches never comes to a lower one."""
    both = ReplyRules((rule("price"), rule("price & pan"), rule()))
    assert both.first_match("price of a pan", duplicate=False, follower=False) == 0
    turned = ReplyRules(both.rules[::-1])
    assert turned.first_match("price of a pan", duplicate=False, follower=False) == 0
    assert both.first_match("a pan", duplicate=False, follower=False) == 2


@pytest.mark.parametrize(
    ("asked", "text", "duplicate", "follower", "fits"),
    [
        (rule(link=True), "see bit.ly/x", False, False, True),
        (rule(link=True), "see it", False, False, False),
        (rule(link=False), "see it", False, False, True),
        (rule(duplicate=True), "see it", True, False, True),
        (rule(duplicate=False), "see it", True, False, False),
        (rule(follower=True), "see it", False, True, True),
        (rule(follower=False), "see it", False, True, False),
        (rule(longer_than=6), "see it", False, False, False),
        (rule(longer_than=5), "see it", False, False, True),
        (rule(longer_than=5), "see&amp;<b></b>   it", False, False, True),
        (rule("see", "it"), "see it", False, False, False),
        (rule("see", "it"), "see", False, False, True),
        (rule(without="it"), "see", False, False, True),
        (rule("see", link=True, follower=False), "see a.com", False, False, True),
        (rule("see", link=True, follower=False), "see a.com", False, True, False),
        (rule(), "", False, False, True),
        (rule(longer_than=0), "\ufeff<br>", False, False, False),
    ],
)
def test_law_every_condition_has_to_hold(
    asked: ReplyRule, text: str, duplicate: bool, follower: bool, fits: bool
) -> None:
    """Law: a condition that is not given does not matter; of the others each must hold."""
    place = ReplyRules((asked,)).first_match(text, duplicate=duplicate, follower=follower)
    assert place == (0 if fits else NO_RULE)


WORDS = st.sampled_from(["price", "prices", "list", "pan", "a.com", "?"])
TEXTS = st.lists(WORDS, max_size=4).map(" ".join)
TERMS = st.sampled_from(["price", "price*", "price list", "pan", "?", "price * pan", "list", "p*"])
GROUPS = st.lists(TERMS, min_size=1, max_size=2).map("|".join)
PATTERNS = st.one_of(st.none(), st.lists(GROUPS, min_size=1, max_size=2).map("&".join).map(Pattern.parse))
ANSWERS = st.sampled_from([None, None, True, False])
LENGTHS = st.sampled_from([None, None, 0, 5, 10])
CONDITIONS = st.builds(
    ReplyRule, st.just("r"), PATTERNS, PATTERNS, ANSWERS, ANSWERS, ANSWERS, LENGTHS, st.sampled_from(ACTIONS)
)
RULES_DRAWN = st.lists(CONDITIONS, max_size=6).map(tuple).map(ReplyRules)


def _by_hand(drawn: ReplyRules, text: str, duplicate: bool, follower: bool) -> int:
    """The first rule that fits, condition by condition."""
    for at, one in enumerate(drawn.rules):
        asked = [
            (one.link, has_link(text)),
            (one.duplicate, duplicate),
            (one.follower, follower),
            (
                None if one.contains is None else True,
                bool(one.contains and one.contains.matches(plain(text))),
            ),
            (
                None if one.not_contains is None else False,
                bool(one.not_contains and one.not_contains.matches(plain(text))),
            ),
            (None if one.longer_than is None else True, len(readable(text)) > (one.longer_than or 0)),
        ]
        if all(want is None or want == given for want, given in asked):
            return at
    return NO_RULE


@given(RULES_DRAWN, st.lists(st.tuples(TEXTS, st.booleans(), st.booleans()), max_size=12))
@settings(max_examples=300, deadline=None)
def test_invariant_many_at_once_are_as_one_by_one(
    drawn: ReplyRules, messages: list[tuple[str, bool, bool]]
) -> None:
    """Invariant: the vector form, the single form and every condition asked by hand say the same."""
    texts = [text for text, _, _ in messages]
    duplicate = np.array([d for _, d, _ in messages], dtype=bool)
    follower = np.array([f for _, _, f in messages], dtype=bool)
    chosen = drawn.choose(texts, duplicate, follower)
    assert chosen.dtype == np.int16
    assert chosen.tolist() == [drawn.first_match(t, duplicate=d, follower=f) for t, d, f in messages]
    assert chosen.tolist() == [_by_hand(drawn, *message) for message in messages]


def test_extreme_no_rules_and_no_messages() -> None:
    """Extreme: without rules nothing is caught; without messages there is nothing to catch."""
    none = np.zeros(0, dtype=bool)
    assert ReplyRules().first_match("price", duplicate=True, follower=True) == NO_RULE
    assert RULES.choose([], none, none).shape == (0,)
    assert ReplyRules().choose(["a"], np.ones(1, bool), np.ones(1, bool)).tolist() == [NO_RULE]


def test_extreme_twenty_thousand_messages() -> None:
    """Extreme: 20,000 different messages and twenty rules."""
    texts = [
        f"Hallo {k}, how much is the frying pan number {k % 97}, and do you send it?" for k in range(20_000)
    ]
    twenty = tuple(rule(f"word{k}*|how many {k}|x{k} & deliver*", "please", longer_than=5) for k in range(19))
    drawn = ReplyRules((*twenty, rule("how much & send*", link=False)))
    nobody = np.zeros(len(texts), dtype=bool)
    chosen = drawn.choose(texts, nobody, nobody)
    assert set(chosen.tolist()) == {19}


# ------------------------------------------------------------------ the sheet


def test_golden_a_full_row(tmp_path: Path) -> None:
    """Golden: every column is read into its field."""
    row = {
        "Rule": " Prices ", "If Contains": "price*|bei & pan", "If Not Contains": "please", "If Link": "No",
        "If Duplicate": "HAPANA", "If Follower": "ndiyo", "If Longer Than": "12", "Action": "Personal-Reply",
        "Priority": "2", "Reply": "",
    }  # fmt: skip
    found, problems = read(tmp_path, [row])
    assert problems == []
    expected = ReplyRule(
        "Prices", Pattern.parse("price*|bei & pan"), Pattern.parse("please"), False, False, True, 12,
        "personal reply", 2,
    )  # fmt: skip
    assert found.rules == (expected,)
    assert found.rules[0].line == 2
    assert found.by_hand == found.rules


@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
def test_invariant_what_programs_write_is_simply_read(
    tmp_path: Path, separator: str, end: str, mark: bytes
) -> None:
    """Invariant: separators, line ends, byte-order marks, blank rows and the header's case change nothing."""
    text = sheet_of(
        [GOOD, dict.fromkeys(GOOD, ""), {**GOOD, "Rule": "Two", "If Contains": "x"}], separator, end
    )
    header, _, rest = text.partition(end)
    messy = separator.join(f" {name.lower()}  " for name in header.split(separator))
    found, problems = read(tmp_path, mark + (messy + end + rest).encode())
    assert problems == []
    assert [(one.name, one.line) for one in found.rules] == [("Prices", 2), ("Two", 4)]


BAD_CELLS: list[tuple[dict[str, str], str, str, str]] = [
    ({"Rule": " "}, "replies.no_name", "Rule", "write for example Prices"),
    ({"If Contains": "price|"}, "replies.empty_term", "If Contains", "price|how much & delivery"),
    ({"If Not Contains": "*"}, "replies.lost_star", "If Not Contains", "subscri* or check * out"),
    ({"If Contains": "x" * 2_001}, "replies.long_condition", "If Contains", "2,001 characters"),
    ({"If Link": "maybe"}, "replies.yes_or_no", "If Link", "write yes or no"),
    ({"If Duplicate": "2"}, "replies.yes_or_no", "If Duplicate", "leave it empty"),
    ({"If Follower": "ja"}, "replies.yes_or_no", "If Follower", "yes or no"),
    ({"If Longer Than": "long"}, "replies.bad_number", "If Longer Than", "write for example 100"),
    ({"If Longer Than": "-1"}, "replies.bad_number", "If Longer Than", "whole number"),
    ({"If Longer Than": "1.5"}, "replies.bad_number", "If Longer Than", "whole number"),
    ({"If Longer Than": "²"}, "replies.bad_number", "If Longer Than", "whole number"),
    ({"Action": "hidee"}, "replies.unknown_action", "Action", 'did you mean "hide"?'),
    ({"Action": "ban"}, "replies.unknown_action", "Action", "choose one of: hide, delete, block, reply"),
    ({"Action": ""}, "replies.unknown_action", "Action", "choose one of"),
    ({"If Contains": "price.*"}, "replies.regex", "If Contains", "write for example price*: words"),
    ({"If Contains": "how.*much"}, "replies.regex", "If Contains", "write for example how & much: words"),
    ({"If Contains": "(price|cost)[a-z]*"}, "replies.regex", "If Contains", "write for example price|cost*"),
    ({"Priority": "0"}, "replies.priority_range", "Priority", "from 1, done first, to 9"),
    ({"Priority": "10"}, "replies.priority_range", "Priority", "leave it empty"),
    ({"Priority": "high"}, "replies.priority_range", "Priority", "a whole number from 1, done first"),
    ({"Priority": "1.5"}, "replies.priority_range", "Priority", "leave it empty for the usual 5"),
    ({"Action": "reply"}, "replies.no_reply", "Reply", "there is no text to send"),
    ({"Action": "reply", "Reply": "  "}, "replies.no_reply", "Reply", "write one"),
    ({"Action": "reply", "Reply": "x" * 1_001}, "replies.long_reply", "Reply", "the platform takes 1,000"),
]  # fmt: skip


@pytest.mark.parametrize(("cells", "broken", "column", "words"), BAD_CELLS)
def test_law_a_mistake_is_told_with_its_place_and_the_way_out(
    tmp_path: Path, cells: dict[str, str], broken: str, column: str, words: str
) -> None:
    """Law: line, column, value, rule and way out; the row with the mistake is left out, others are read."""
    found, problems = read(tmp_path, [{**GOOD, "Rule": "First", "If Contains": "y"}, {**GOOD, **cells}])
    assert [(one.rule, one.line, one.column) for one in problems] == [(broken, 3, column)]
    assert words in str(problems[0])
    assert [one.name for one in found.rules] == ["First"]


def test_law_all_mistakes_at_once(tmp_path: Path) -> None:
    """Law: a row with several mistakes tells each, and so does the next row."""
    row = {"Rule": "", "If Contains": "|", "If Link": "x", "Action": "sing", "Priority": "77"}
    _, problems = read(tmp_path, [row, row])
    expected = ["no_name", "empty_term", "yes_or_no", "unknown_action", "priority_range"]
    assert rules(problems) == [f"replies.{name}" for name in expected] * 2


def test_law_an_unreadable_cell_hides_nothing_else(tmp_path: Path) -> None:
    """Law: a rule of which the priority or the name cannot be read is asked about as the others are."""
    rows: Rows = [
        {"Rule": "All", "Action": "hide", "Priority": "high"},
        {"Rule": "", "If Contains": "price, cost", "Action": "like"},
        {"Rule": "all", "If Contains": "*", "Action": "like"},
        {"Rule": "ALL", "If Contains": "pan", "Action": "like"},
    ]
    found, problems = read(tmp_path, rows)
    assert sorted((one.line or 0, one.rule.removeprefix("replies.")) for one in problems) == [
        (2, "priority_range"),
        (2, "takes_everything"),
        (3, "comma"),
        (3, "never_fires"),
        (3, "no_name"),
        (4, "lost_star"),
        (5, "never_fires"),
        (5, "same_name"),
    ]
    assert [one.line for one in found.rules] == [5]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", ["replies.empty_file"]),
        (" \n\n", ["replies.empty_file"]),
        ("a,b\nc,d\n", ["replies.no_header"]),
        ("Rule,If Contains\nA,x\n", ["replies.missing_column"]),
        ("Rule,Action,Reactions\nA,leave,x\n", ["replies.unknown_column"]),
        ("Rule,Action,Action\nA,leave,hide\n", ["plan.twice_column"]),
        ("Rule,If Contains,Action\nA,x,leave,y\n", ["plan.too_many_cells"]),
        ('Rule,Action\n"A,leave\n', ["plan.broken_quotes"]),
        ("Rule,Action\n", []),
    ],
)
def test_extreme_broken_sheets(tmp_path: Path, text: str, expected: list[str]) -> None:
    """Extreme: empty files, wrong headers, cells too many, quotes that do not match."""
    assert rules(read(tmp_path, text)[1]) == expected


def test_extreme_ten_thousand_rules(tmp_path: Path) -> None:
    """Extreme: more rules than a page holds are refused in words, with both numbers."""
    found, problems = read(tmp_path, sheet_of([GOOD]) + "x,y,z,zz\n" * 10_000)
    assert rules(problems) == ["replies.too_many_rows"]
    assert "the sheet has 10,001 rules, and a page holds 500" in str(problems[0])
    assert found == ReplyRules()


def test_extreme_as_many_rules_as_a_page_holds(tmp_path: Path) -> None:
    """Extreme: the longest sheet, each rule with the longest list, nearly the same as all others, is read."""
    many = "|".join(f"word{k}" for k in range(230))
    most = int(model_parameters()["inbox.most_rules"])
    rows = [{"Rule": f"{k}", "If Contains": f"{many}|own{k}", "Action": "leave"} for k in range(most)]
    found, problems = read(tmp_path, rows)
    assert (len(found.rules), problems) == (most, [])


NAMES = st.text(min_size=1, max_size=20).map(str.strip).filter(bool)


@st.composite
def written_rules(draw: st.DrawFn) -> ReplyRules:
    """Rules as somebody may write them, with any text in their names, words and replies."""
    written = []
    for _ in range(draw(st.integers(0, 4))):
        action = draw(st.sampled_from(ACTIONS))
        reply = draw(st.text(max_size=40))
        conditions = draw(st.tuples(_patterns(), _patterns(), ANSWERS, ANSWERS, ANSWERS))
        length = draw(st.one_of(st.none(), st.integers(0, 10_000)))
        priority = draw(st.integers(FIRST, LAST))
        reply = reply if action != "reply" or reply.strip() else "yes"
        written.append(ReplyRule(draw(NAMES), *conditions, length, action, priority, reply))
    return ReplyRules(tuple(written))


def _pattern_or_none(text: str) -> Pattern | None:
    try:
        return Pattern.parse(text)
    except CellError:
        return None


def _patterns() -> st.SearchStrategy[Pattern | None]:
    return st.one_of(PATTERNS, st.text(max_size=20).map(_pattern_or_none))


@given(written_rules())
@settings(max_examples=150, deadline=None)
def test_invariant_rules_come_back_as_written(
    tmp_path_factory: pytest.TempPathFactory, written: ReplyRules
) -> None:
    """Invariant: writing rules and reading them gives the same rules, whatever their texts."""
    path = tmp_path_factory.mktemp("rules") / "replies.csv"
    write_replies(written, path)
    found, problems = read_replies(path)
    assert found == written
    assert not [one for one in problems if one.severity == "error"]


@given(st.lists(st.lists(st.text(max_size=12), max_size=11), max_size=5), st.booleans())
@settings(max_examples=150, deadline=None)
def test_extreme_any_cells_are_read_or_refused(
    tmp_path_factory: pytest.TempPathFactory, rows: list[list[str]], headed: bool
) -> None:
    """Extreme: whatever stands in the cells, there are problems with sentences and no other error."""
    out = io.StringIO()
    csv.writer(out).writerows([list(COLUMNS), *rows] if headed else rows)
    found, problems = read(tmp_path_factory.mktemp("any"), out.getvalue().encode())
    assert all(one.says and one.way_out and "{" not in one.says for one in problems)
    assert len(found.rules) <= len(rows)


# ------------------------------------------------------------------ warnings


def warned(folder: Path, *rows: dict[str, str]) -> list[tuple[str, int | None]]:
    """The warnings of rows, each with its line."""
    _, problems = read(
        folder, [{"Rule": f"Rule {k}", "Action": "leave", **row} for k, row in enumerate(rows)]
    )
    assert {one.severity for one in problems} <= {"warning"}
    return [(one.rule, one.line) for one in problems]


NEVER = [("replies.never_fires", 3)]


@pytest.mark.parametrize(
    ("first", "second", "never"),
    [
        ({}, {"If Contains": "price"}, True),
        ({"If Contains": "price*"}, {"If Contains": "price list"}, True),
        ({"If Contains": "price list"}, {"If Contains": "price*"}, False),
        ({"If Contains": "price|pan"}, {"If Contains": "pan"}, True),
        ({"If Contains": "price"}, {"If Contains": "price & pan"}, True),
        ({"If Contains": "price & pan"}, {"If Contains": "price"}, False),
        ({"If Contains": "price"}, {"If Contains": "price", "If Not Contains": "pan"}, True),
        ({"If Contains": "price", "If Not Contains": "pan"}, {"If Contains": "price"}, False),
        (
            {"If Contains": "price", "If Not Contains": "pan"},
            {"If Contains": "price", "If Not Contains": "pan*"},
            True,
        ),
        (
            {"If Contains": "price", "If Not Contains": "pan*"},
            {"If Contains": "price", "If Not Contains": "pan"},
            False,
        ),
        ({"If Link": "yes"}, {"If Link": "yes", "If Follower": "no"}, True),
        ({"If Link": "yes", "If Follower": "no"}, {"If Link": "yes"}, False),
        ({"If Link": "yes"}, {"If Link": "no"}, False),
        ({"If Longer Than": "10"}, {"If Longer Than": "20"}, True),
        ({"If Longer Than": "20"}, {"If Longer Than": "10"}, False),
        ({"If Longer Than": "0"}, {}, False),
        ({"If Contains": "price", "If Link": "no"}, {"If Contains": "price"}, False),
    ],
)
def test_law_a_rule_that_can_never_fire(
    tmp_path: Path, first: dict[str, str], second: dict[str, str], never: bool
) -> None:
    """Law: a rule below one that asks the same or less gets nothing; one that asks for less gets the rest."""
    assert warned(tmp_path, first, second) == (NEVER if never else [])


def test_law_rules_that_together_leave_nothing(tmp_path: Path) -> None:
    """Law: a rule for links and one for the rest catch all between them, and both lines are named."""
    rows: Rows = [{"If Link": "yes"}, {"If Link": "no"}, {"If Contains": "price"}, {}]
    rows = [{"Rule": f"{k}", "Action": "leave", **row} for k, row in enumerate(rows)]
    _, problems = read(tmp_path, rows)
    assert [(one.rule, one.line) for one in problems] == [
        ("replies.never_fires", 4),
        ("replies.never_fires", 5),
    ]
    assert "caught before (line 2, 3)" in str(problems[0])


@pytest.mark.parametrize(
    ("contains", "without", "contradicts"),
    [
        ("price", "price", True),
        ("price list", "price", True),
        ("prices|price", "price*", True),
        ("price & pan", "pan", True),
        ("price|pan", "pan", False),
        ("price", "price list", False),
    ],
)
def test_law_a_rule_that_passes_over_what_it_asks_for(
    tmp_path: Path, contains: str, without: str, contradicts: bool
) -> None:
    """Law: a rule whose every text has what it must not have can never fire, wherever it stands."""
    expected = [("replies.contradiction", 2)] if contradicts else []
    assert warned(tmp_path, {"If Contains": contains, "If Not Contains": without}) == expected


def test_law_a_rule_that_never_fires_is_not_in_the_way(tmp_path: Path) -> None:
    """Law: what a contradictory rule asks for is still there for the rules below it."""
    rows = ({"If Contains": "price", "If Not Contains": "price"}, {"If Contains": "price & pan"})
    assert warned(tmp_path, *rows) == [("replies.contradiction", 2)]


SAID = ("price", "prices", "list", "pan", "a.com", "?")
WORLD = [" ".join(words) for count in range(4) for words in product(SAID, repeat=count)]
CASES = [(text, d, f) for text in WORLD for d in (False, True) for f in (False, True)]


@given(RULES_DRAWN)
@settings(max_examples=60, deadline=None)
def test_theory_never_means_never(tmp_path_factory: pytest.TempPathFactory, drawn: ReplyRules) -> None:
    """Theory: a rule of which the check says so catches none of a thousand messages of every kind."""
    path = tmp_path_factory.mktemp("never") / "replies.csv"
    write_replies(ReplyRules(tuple(_with_reply(one) for one in drawn.rules)), path)
    found, problems = read_replies(path)
    never = {one.line for one in problems if one.rule in ("replies.never_fires", "replies.contradiction")}
    texts, duplicate, follower = zip(*CASES, strict=True)
    caught = set(found.choose(texts, np.array(duplicate), np.array(follower)).tolist())
    assert not {one.line for at, one in enumerate(found.rules) if at in caught} & never


def _with_reply(one: ReplyRule) -> ReplyRule:
    conditions = (one.contains, one.not_contains, one.link, one.duplicate, one.follower, one.longer_than)
    return ReplyRule(one.name, *conditions, one.action, reply="yes" if one.action == "reply" else "")


@pytest.mark.parametrize("action", ["hide", "delete", "block"])
def test_law_taking_everything_away_is_asked_about(tmp_path: Path, action: str) -> None:
    """Law: without a condition customers are taken away too; with one, or another action, it is a choice."""
    assert warned(tmp_path, {"Action": action}) == [("replies.takes_everything", 2)]
    assert warned(tmp_path, {"Action": action, "If Follower": "no"}) == []
    assert warned(tmp_path, {"Action": "like"}) == []


def test_law_one_text_for_everybody_is_asked_about(tmp_path: Path) -> None:
    """Law: a canned text without any condition answers whatever was asked; with one it is a choice."""
    assert warned(tmp_path, {"Action": "reply", "Reply": "Hi"}) == [("replies.answers_everybody", 2)]
    assert warned(tmp_path, {"Action": "reply", "Reply": "Hi", "If Follower": "no"}) == []
    assert warned(tmp_path, {"Action": "personal reply"}) == []


@pytest.mark.parametrize(
    ("contains", "plain"),
    [
        (r"\bprice\b", "price"),
        ("^price$", "price"),
        ("price$|cost", "price|cost"),
        ("(price|cost) & pan", "price|cost & pan"),
        (r"how\smuch", "how much"),
        ("[a-z]", "price*|how much & deliver*"),
        ("(?:price|cost)", "price|cost"),
    ],
)
def test_law_regular_expressions_are_asked_about(tmp_path: Path, contains: str, plain: str) -> None:
    """Law: what is letters and marks here and more elsewhere is told, with what to write instead."""
    _, problems = read(tmp_path, [{**GOOD, "If Contains": contains}])
    assert [(one.rule, one.severity, one.column) for one in problems] == [
        ("replies.regex", "warning", "If Contains")
    ]
    assert f"write for example {plain}: words" in problems[0].way_out


@pytest.mark.parametrize("contains", ["^_^", ":(|:)", ":)|:(", "US$", "50$", "(yes)", "[link]", "a-z", "ok."])
def test_law_signs_that_people_look_for_are_no_habits(tmp_path: Path, contains: str) -> None:
    """Law: emoticons, sums and brackets stand for themselves, and nothing is asked about them."""
    assert read(tmp_path, [{**GOOD, "If Contains": contains}])[1] == []


def test_law_a_rule_that_cannot_fire_is_told_once(tmp_path: Path) -> None:
    """Law: of several rules that each hide it the first is named; one that contradicts itself is told so."""
    rows: Rows = [{"If Link": "yes"}, {"If Contains": "pr*"}, {"If Contains": "price"}, {}]
    rows += [{"If Contains": "price"}, {"If Contains": "price", "If Not Contains": "price"}]
    rows = [{"Rule": f"{k}", "Action": "leave", **row} for k, row in enumerate(rows)]
    _, problems = read(tmp_path, rows)
    assert [(one.rule, one.line) for one in problems] == [
        ("replies.contradiction", 7),
        ("replies.never_fires", 4),
        ("replies.never_fires", 6),
    ]
    assert ["(line 3)" in one.says for one in problems[1:]] == [True, True]


def test_law_what_else_a_colleague_asks_about(tmp_path: Path) -> None:
    """Law: two rules of one name, a text that is not sent, a comma between words (not within a number)."""
    assert warned(tmp_path, {"Rule": "A", "If Contains": "x"}, {"Rule": "a"}) == [("replies.same_name", 3)]
    assert warned(tmp_path, {"Action": "hide", "If Link": "yes", "Reply": "Gone"}) == [
        ("replies.unsent_reply", 2)
    ]
    assert warned(tmp_path, {"If Contains": "price, cost"}) == [("replies.comma", 2)]
    assert warned(tmp_path, {"If Not Contains": "price;cost"}) == [("replies.comma", 2)]
    assert warned(tmp_path, {"If Contains": "1,450|price"}) == []


@pytest.mark.parametrize("action", ["personal reply", "escalate"])
def test_law_rules_that_need_hands_need_a_shift(tmp_path: Path, action: str) -> None:
    """Law: what is put before a person waits for ever when nobody is there, and the check says so."""
    write_replies(ReplyRules((rule("x"), rule("price", action=action))), tmp_path / "replies.csv")
    (tmp_path / "plan.csv").write_text("Posting Time,Text,Format,Purpose,Topic\n")
    expected = [("replies.same_name", 3), ("replies.no_hands", 3)]
    assert [(one.rule, one.line) for one in check_playbook(tmp_path)] == expected
    assert "write shifts.csv" in str(check_playbook(tmp_path)[1])
    (tmp_path / "shifts.csv").write_text("Day,Start,End\n2027-03-02,,\n")
    assert "replies.only_days_off" in rules(check_playbook(tmp_path))
    (tmp_path / "shifts.csv").write_text("Day,Start,End\n")
    assert rules(check_playbook(tmp_path)) == ["replies.same_name", "replies.no_rows"]
    assert "shifts.csv has no row below its header" in str(check_playbook(tmp_path)[1])
    (tmp_path / "shifts.csv").write_text("Day,Start,End\nMondey,08:00,09:00\n")
    assert rules(check_playbook(tmp_path)) == ["replies.same_name", "shifts.unknown_day"]
    (tmp_path / "shifts.csv").write_text("Day,Start,End\nMon,08:00,09:00\n")
    assert "replies.no_hands" not in rules(check_playbook(tmp_path))


# ------------------------------------------------------------------ the playbook and the guide


def test_invariant_a_playbook_keeps_rules_and_shifts(tmp_path: Path) -> None:
    """Invariant: both come back as written, and None takes a file away."""
    shifts = ShiftPlan((Shift((0, 1, 2), 480, 600),))
    book = Playbook(replies=ReplyRules((rule("price", action="escalate"),)), shifts=shifts)
    book.write(tmp_path)
    assert Playbook.read(tmp_path) == book
    assert book != Playbook()
    Playbook().write(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["plan.csv"]


def _guide() -> str:
    return GUIDE.read_text(encoding="utf-8")


def test_law_the_guides_rules_do_what_it_says(tmp_path: Path) -> None:
    """Law: the worked example has no problem, and catches what the text below it says."""
    found, problems = read(tmp_path, _guide().split("```csv\n", 1)[1].split("```", 1)[0])
    assert problems == []
    said = {
        "My jar came broken, see imgur.com/x": ("Faulty", False),
        "Earn money: bit.ly/x9": ("Links", False),
        "Subscribe to me": ("Beggars", False),
        "check this out": ("Beggars", False),
        "You are stupid": ("Insults", True),
        "Are you open on Sunday?": ("Hours", True),
        "Are you open on Sunday, and how much is the pan?": ("Prices", True),
        "How long does it take to send it?": ("Delivery", True),
        "Bei gani?": ("Prices", False),
        "I love it 🔥🔥": ("Hearts", True),
    }
    for text, (name, follower) in said.items():
        assert found.rules[found.first_match(text, duplicate=False, follower=follower)].name == name
    assert found.first_match("see imgur.com/x", duplicate=False, follower=True) == NO_RULE
    assert found.first_match("first", duplicate=False, follower=True) == NO_RULE
    replies = {one.name: one.reply for one in found.rules if one.action == "reply"}
    assert {name: subjects_of(reply) for name, reply in replies.items()} == {
        "Hours": {"hours"},
        "Delivery": {"delivery"},
    }


def test_invariant_the_guides_examples_run() -> None:
    """Invariant: what the guide shows of Python is what comes out."""
    failed, tried = doctest.testfile(str(GUIDE), module_relative=False, encoding="utf-8")
    assert (failed, tried > 2) == (0, True)


def test_invariant_the_guide_names_every_column_and_action() -> None:
    """Invariant: no column, no action and no limit of a sheet is left unexplained."""
    text = _guide()
    assert not [name for name in (*COLUMNS, *ACTIONS) if f"`{name}`" not in text]
    limits = ("inbox.longest_reply", "inbox.longest_condition", "inbox.most_rules")
    assert not [name for name in limits if f"{int(model_parameters()[name]):,}" not in text]


def test_invariant_every_rule_of_replies_is_met_here() -> None:
    """Invariant: no sentence of the catalogue's replies is untested."""
    here = Path(__file__).read_text(encoding="utf-8")
    known = {key.split(".")[2] for key in catalogue(DEFAULT_LANGUAGE) if key.startswith("problems.replies.")}
    assert not [name for name in known if f"replies.{name}" not in here and f'"{name}"' not in here]


# ------------------------------------------------------------------ the benchmark


def test_theory_the_benchmark_counts_right() -> None:
    """Theory: shares of known counts, with the intervals that were published with them."""
    known = [("subscribe!", True), ("free pans", True), ("nice", False), ("check my oven out", False)]
    assert caught_by(RULES, known).shares == ((1, 2), (0, 2), (1, 1))
    assert share(*PUBLISHED.shares[0]) == ".849 (.825-.870)"
    assert share(*PUBLISHED.shares[1]) == ".013 (.007-.022)"
    assert share(*PUBLISHED.shares[2]) == ".986 (.976-.992)"
    assert share(0, 0) == "-"
    assert "recall on spam" in table({"published": PUBLISHED, "ours": caught_by(RULES, known)})
