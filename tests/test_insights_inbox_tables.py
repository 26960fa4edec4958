"""Tables of the inbox: one row a message, harmless in a spreadsheet, written where there is something."""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from pathlib import Path

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from simulator.insights.inbox_rules import RuleFound, rule_name, rules_found
from simulator.insights.inbox_tables import MESSAGE_FACTS, WORK_FACTS, messages_table, work_table
from simulator.insights.spreadsheet import FORMULA_SIGNS, as_text
from simulator.insights.table_files import write_tables
from simulator.network.log import NO_POST
from tests.example_mail import (
    done,
    large_month,
    mail_month,
    paper_mail,
    paper_month,
    replied,
    with_mail,
    with_rules,
    worked,
    wrote,
)
from tests.example_months import empty_month, published, small_month


def test_worked_example_the_row_of_a_message() -> None:
    """Worked example: the complaint that was answered, and went on, with everything known of it."""
    row = paper_month().insights.messages.set_index("number").loc[3]
    assert str(row["time"]) == "2027-03-01 03:20:00"
    assert (row["true_kind"], row["subject"], row["language"], row["place"]) == (
        "complaint",
        "none",
        "en",
        "private",
    )
    assert (row["rule"], row["action"], row["done_by"]) == ("", "personal reply", "hand")
    assert str(row["reply_time"]) == str(row["action_time"]) == "2027-03-01 04:50:00"
    assert (row["first_response_minutes"], row["handle_minutes"], row["satisfaction"]) == (90.0, 8.0, -0.2)


def test_worked_example_conversations_are_numbered() -> None:
    """Worked example: a message that goes on has its conversation's number and no first response."""
    table = paper_month().insights.messages
    assert table["conversation"].tolist() == [1, 2, 3, 4, 5, 6, 3, 7, 8, 9, 10, 11]
    assert np.flatnonzero(table["first_response_minutes"].notna()).tolist() == [0, 2, 8]


def test_worked_example_what_rules_did_is_told_apart() -> None:
    """Worked example: by rule, by hand, by nobody; the rule by its name."""
    table = paper_month().insights.messages
    assert table["done_by"].tolist()[:6] == ["hand", "rule", "hand", "rule", "rule", "rule"]
    assert table["done_by"].tolist()[9:] == ["", "", ""]
    assert table["rule"].tolist()[:6] == ["", "links", "", "links", "price list", "price list"]


def test_invariant_names_are_stable() -> None:
    """Invariant: one name a sender, the same whoever else writes; accounts from outside have handles."""
    table = paper_month().insights.messages
    assert table["sender"][1] == table["sender"][9]
    assert "_" in table["sender"][1]
    assert table["sender"][2] == table["sender"][6]
    alone = mail_month(wrote(9, sender=2)).insights.messages
    assert alone["sender"][0] == table["sender"][2]


def test_worked_example_where_it_stands() -> None:
    """Worked example: the opening of the post on one line, nothing under a private message."""
    month = small_month()
    long = published(month.log.posts[0].post.posting_time, "A stew\nin one pan " * 9, "inform", "recipes")
    found = mail_month(wrote(1, public=True, post=0), wrote(2)).log.messages
    month = with_mail(replace(month, log=replace(month.log, posts=(long,))), found)
    place, private = month.insights.messages["post"]
    assert place.startswith("A stew in one pan A stew")
    assert (len(place), private) == (60, "")


def test_worked_example_a_rule_nobody_knows_has_its_number() -> None:
    """Worked example: played without its playbook, or with a rule without a name."""
    month = mail_month(done(5, "hide", rule=2))
    assert rule_name(month, 2) == "rule 3"
    assert month.insights.messages["rule"].tolist() == ["rule 3"]
    assert [found.fired for found in rules_found(month)] == [0, 0, 1]
    assert rule_name(with_rules(month, ("", "hide")), 0) == "rule 1"


def test_worked_example_rules_of_the_paper_month() -> None:
    """Worked example: one spam and one question by the first, one right and one wrong reply, one never."""
    assert rules_found(paper_month()) == (
        RuleFound("links", "delete", fired=2, unwanted=1, wronged=1, answered=0),
        RuleFound("price list", "reply", fired=2, unwanted=0, wronged=1, answered=1),
        RuleFound("never", "hide", fired=0, unwanted=0, wronged=0, answered=0),
    )
    assert rules_found(paper_month())[0].unwanted_share == 0.5
    assert rules_found(empty_month()) == ()


def test_worked_example_a_like_is_no_answer() -> None:
    """Worked example: thanks may be liked, an order may not; a person who answers all the same mends it."""
    rows = [done(k, "like", kind=kind, rule=0) for k, kind in enumerate(("praise", "order", "question"))]
    month = with_rules(mail_month(*rows, done(9, "leave", rule=0, reply_time=20.0)), ("thanks", "like"))
    assert rules_found(month) == (RuleFound("thanks", "like", fired=4, unwanted=0, wronged=2, answered=1),)


def test_worked_example_a_rule_whose_message_a_person_answers() -> None:
    """Worked example: a rule that puts a message before a person is credited with the answer."""
    month = with_rules(mail_month(replied(5, 20, rule=0)), ("prices", "personal reply"))
    assert rules_found(month) == (RuleFound("prices", "personal reply", 1, 0, 0, 1),)


def test_extreme_nothing_came_and_nothing_was_done() -> None:
    """Extreme: tables of no rows with their columns."""
    table = messages_table(empty_month())
    assert (len(table), tuple(table)) == (0, MESSAGE_FACTS)
    table = work_table(empty_month(), worked(shift=[0]))
    assert (len(table), tuple(table)) == (0, WORK_FACTS)


def _rows(path: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(path.read_text(encoding="utf-8"))))


def test_worked_example_files(tmp_path: Path) -> None:
    """Worked example: written where messages came and somebody worked, read back as they were."""
    paths = {path.name: path for path in write_tables(paper_month().insights, tmp_path)}
    rows = _rows(paths["inbox.csv"])
    assert tuple(rows[0]) == MESSAGE_FACTS
    assert (rows[0]["time"], rows[0]["action_time"]) == ("2027-03-01 01:00", "2027-03-01 01:30")
    assert (rows[9]["action_time"], rows[9]["first_response_minutes"], rows[9]["sold"]) == ("", "", "False")
    work = _rows(paths["work.csv"])
    assert work[1] == {
        "time": "2027-03-01 01:30",
        "minutes": "4.0",
        "task": "reply",
        "post": "",
        "message": "",
    }


def test_worked_example_no_files_of_nothing(tmp_path: Path) -> None:
    """Worked example: nobody wrote and nobody had shifts; somebody wrote and nobody had."""
    assert not {"inbox.csv", "work.csv"} & {
        path.name for path in write_tables(empty_month().insights, tmp_path)
    }
    quiet = with_mail(empty_month(days=2), paper_mail())
    names = {path.name for path in write_tables(quiet.insights, tmp_path)}
    assert {"inbox.csv"} == names & {"inbox.csv", "work.csv"}


def test_invariant_no_cell_is_a_formula(tmp_path: Path) -> None:
    """Invariant: what strangers wrote is text, whatever sign it begins with, line breaks too."""
    texts = [f"{sign}1+1\n,;\"'" for sign in FORMULA_SIGNS]
    rows = [wrote(k, "scam", sender=-1, text=text) for k, text in enumerate(texts)]
    write_tables(mail_month(*rows).insights, tmp_path)
    found = [row["text"] for row in _rows(tmp_path / "inbox.csv")]
    assert [cell[0] for cell in found] == ["'"] * len(texts)
    assert len(found) == len(texts)


@given(st.text())
def test_invariant_harmless_text_can_be_had_back(text: str) -> None:
    """Invariant: at most an apostrophe is added, and twice is once more only where it is needed."""
    found = as_text(text)
    assert found in (text, f"'{text}")
    assert not found.startswith(FORMULA_SIGNS)
    assert as_text(found) == found


def test_worked_example_work_names_post_and_message() -> None:
    """Worked example: the number in the messages' table, empty where it was for none."""
    work = worked((5, 1, "reply"), shift=[60, 0], message=3)
    table = work_table(with_mail(small_month(), paper_mail()), work)
    assert table["message"].tolist() == [4]
    made = replace(work, post=np.array([1], np.int32), message=np.array([NO_POST], np.int32))
    table = work_table(with_mail(small_month(), paper_mail()), made)
    assert table["post"].tolist() == ["The pan, 20 % off"]
    assert table["message"].isna().all()


def test_invariant_the_table_is_what_the_figures_count() -> None:
    """Invariant: counted in the table, the same figures."""
    insights = large_month().insights
    table, figures = insights.messages, insights.inbox.figures
    gone = table["action"].isin(["hide", "delete", "block"])
    assert gone.sum() == figures["taken_away"]
    assert table["true_kind"].isin(["spam", "scam", "abuse"]).sum() == figures["unwanted"]
    assert table["first_response_minutes"].notna().sum() == figures["conversations_answered"]
    assert table.loc[table["missed"], "sender"].nunique() == figures["missed_customers"]
    assert sum(rule.fired for rule in rules_found(insights.month)) == (table["rule"] != "").sum()
