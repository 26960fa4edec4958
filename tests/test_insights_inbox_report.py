"""The report of messages: pictures, words and section, sound and true, and only when somebody wrote."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from types import SimpleNamespace
from xml.etree import ElementTree

import numpy as np
import pytest

from simulator.insights.deeds import DEEDS, deeds, wrong
from simulator.insights.drawing import INK
from simulator.insights.hard_days import hard_days_note, incident_stories
from simulator.insights.inbox_charts import INBOX_CHARTS, TASK_LOOKS, curve
from simulator.insights.inbox_metrics import SUMMARY
from simulator.insights.inbox_report import inbox_section
from simulator.insights.inbox_words import inbox_headline, inbox_sentences, nobody_there
from simulator.insights.presence import hours_there, minutes_there
from simulator.insights.report import report_html
from simulator.insights.worth_reading import MOST, worth_reading
from simulator.network.messages import Incident
from simulator.network.work import TASKS
from simulator.texts import say
from tests.example_mail import (
    NAN,
    done,
    large_month,
    mail,
    mail_month,
    paper_month,
    replied,
    with_mail,
    with_rules,
    worked,
    wrote,
)
from tests.example_months import MadeMonth, empty_month
from tests.test_insights_report import Page

DAY = 1_440.0


def spam_month() -> MadeMonth:
    """Nothing but spam, in the last hour, and nobody there."""
    return mail_month(*(wrote(2 * DAY - k, "spam", sender=-k) for k in range(1, 40)))


def praise_month() -> MadeMonth:
    """One message that wants no answer, liked at once by a rule nobody knows any more."""
    return mail_month(done(10, "like", kind="praise", rule=5), days=1)


def long_month() -> MadeMonth:
    """A year with two messages and work on its first day."""
    work = worked((0, 60, "reply"), shift=[60.0] + [0.0] * 363)
    return with_mail(empty_month(days=364), mail(replied(9, 9), wrote(363 * DAY)), work=work)


MONTHS = {
    "paper": paper_month,
    "large": large_month,
    "empty": empty_month,
    "spam": spam_month,
    "praise": praise_month,
    "long": long_month,
}


@pytest.fixture(scope="module", params=list(MONTHS))
def month(request: pytest.FixtureRequest) -> MadeMonth:
    return MONTHS[request.param]()


def test_invariant_every_picture_is_sound(month: MadeMonth) -> None:
    """Invariant: well-formed, labelled, with a caption that says what to look for, no id twice."""
    charts = {name: draw(month.insights) for name, draw in INBOX_CHARTS.items()}
    ids: list[str] = []
    for name, chart in charts.items():
        assert chart.alt
        if chart.svg:
            assert ElementTree.fromstring(chart.svg).get("aria-label") == chart.alt
            assert chart.caption
            assert INK not in chart.svg
            assert f'id="chart-{name}"' in chart.svg
            ids += re.findall(r'\bid="([^"]+)"', chart.svg)
    assert len(ids) == len(set(ids))


def test_invariant_the_page_is_sound(month: MadeMonth) -> None:
    """Invariant: tags close, ids are unique, no script, no gap; the section stands when somebody wrote."""
    html = report_html(month.insights)
    page = Page(html)
    assert len(page.ids) == len(set(page.ids))
    assert "script" not in page.tags
    assert ("inbox" in page.ids) == bool(len(month.log.messages))
    assert not re.findall(r"\{\w+\}", html)


@pytest.mark.parametrize("name", list(INBOX_CHARTS))
def test_golden_the_same_month_gives_the_same_bytes(name: str) -> None:
    """Golden: drawn twice, byte for byte the same."""
    assert INBOX_CHARTS[name](paper_month().insights) == INBOX_CHARTS[name](paper_month().insights)


def test_worked_example_the_words_of_the_pictures() -> None:
    """Worked example: the paper month's main figures are said under its pictures."""
    charts = {name: draw(paper_month().insights) for name, draw in INBOX_CHARTS.items()}
    said = {name: chart.caption.replace("\N{NO-BREAK SPACE}", " ") for name, chart in charts.items()}
    assert said["inbox-arrivals"].startswith("8 % of the 12 messages came while somebody was there.")
    assert said["inbox-backlog"].startswith("At most 3 messages waited at once, on Tue 2 Mar 02:00;")
    assert said["inbox-response"].startswith("Of 6 conversations worth an answer that began a day")
    assert said["inbox-deeds"].startswith("2 of 12 messages (17 %) were dealt with wrongly")
    assert said["inbox-work"].startswith("0.7 hours of work on this page; 30 % of them")
    assert "Mon 01:00 (2, somebody was there)" in charts["inbox-arrivals"].alt
    assert "A hard day (faulty batch) began on Mon 1 Mar 02:30." in charts["inbox-backlog"].alt
    assert "within 1 h 30 min, nine in ten within 20 h 18 min" in charts["inbox-response"].alt
    assert "orders: personal reply 1, canned: wrong 1" in charts["inbox-deeds"].alt


def test_worked_example_the_curve_of_answers() -> None:
    """Worked example: steps at each answer; one of three unanswered leaves the curve at two thirds."""
    times, shares = curve(np.array([90.0, np.nan, 30.0]), 100.0)
    assert times.tolist() == [1, 30, 30, 90, 90, 100]
    assert shares.tolist() == pytest.approx([0, 0, 100 / 3, 100 / 3, 200 / 3, 200 / 3])


def test_invariant_every_task_has_its_look() -> None:
    """Invariant: told apart by colour, and no task is left out."""
    assert tuple(TASK_LOOKS) == TASKS
    assert len({colour for colour, _ in TASK_LOOKS.values()}) == len(TASKS)


def test_worked_example_deeds() -> None:
    """Worked example: counted by kind and by what was done, canned replies by whether they fit."""
    table = deeds(paper_month().log.messages)
    assert table.kinds == ("question", "order", "complaint", "praise", "spam", "scam", "abuse")
    row = dict(zip(table.names, table.counts[0].tolist(), strict=True))
    assert (row["personal reply"], row["canned right"], row["hide"], row["delete"]) == (2, 1, 1, 0)
    assert table.wrong_count == 2
    assert table.counts.sum() == 12


def test_invariant_what_waits_is_not_yet_wrong() -> None:
    """Invariant: for no kind; and for every kind something is right and something wrong."""
    assert not any(wrong(kind, "waiting") for kind in ("question", "spam", "praise"))
    for kind in ("question", "order", "praise", "chat", "spam", "abuse"):
        assert {wrong(kind, deed) for deed in DEEDS} == {True, False}


def test_worked_example_hours_there_by_the_plan() -> None:
    """Worked example: shifts of this page and of any count, those of another page do not."""
    stretches = {0: ((540, 660, ""),), 1: ((600, 630, "online-shop"), (700, 800, "salon"))}
    plan = SimpleNamespace(
        on_day=lambda day, begin: stretches.get(day, ()) if begin == date(2027, 3, 1) else ()
    )
    month = replace(empty_month(days=8), playbook=SimpleNamespace(rota=plan))
    there = minutes_there(month)
    assert there.sum() == 150
    week = hours_there(there)
    assert week[0, 9:12].tolist() == [0.5, 0.5, 0.0]
    assert week[1, 10] == 0.5
    assert week[2:].sum() == 0


def test_worked_example_hours_there_by_the_work() -> None:
    """Worked example: without a plan somebody was there while they worked; without work nobody ever was."""
    assert minutes_there(paper_month()).sum() == 43
    assert minutes_there(empty_month(days=2)).sum() == 0


def test_worked_example_sentences_of_the_paper_month() -> None:
    """Worked example: what is said of it, in plain words; what large numbers say is not said again."""
    said = " ".join(inbox_sentences(paper_month().insights)).replace("\N{NO-BREAK SPACE}", " ")
    for words in (
        "An answer came to 3 of 4 questions, 1 of 2 orders, 1 of 1 complaints.",
        'For the badge "Very responsive" 90 of 100 first private messages must be',
        "Work on this page took 0.7 of 4.0 hours of shift, 0.2 of them for its messages.",
        "messages needed hands, for ",
    ):
        assert words in said
    for words in ("response rate", "nine in ten", "taken away", "went elsewhere", "waited at once"):
        assert words not in said
    headline = inbox_headline(paper_month().insights)
    assert "conversations that a person answered had the first reply within 1 h 30 min" in headline
    assert (
        "3 people went elsewhere who would have bought, had a person answered within five minutes."
        in headline
    )
    assert "One message led to a sale." in headline


def test_law_every_large_number_names_what_it_is_of() -> None:
    """Law: each line has its own denominator, in words: messages, conversations, first messages."""
    shown = inbox_section(paper_month().insights).key_figures
    lines = [figure.of_what.replace("\N{NO-BREAK SPACE}", " ") for figure in shown]
    for line, words in zip(
        lines,
        (
            "4 in public, 8 in private; by kind: questions (4), orders (2), complaints (1)",
            "5 of 7 questions, orders and complaints (71 %)",
            " conversations that a person answered half had the first reply",
            "3 of 6 first messages of private conversations",
            "people who would have bought",
            "2 of 4 messages of spam, scam and abuse were taken away",
            "2 of 3 messages taken away were spam, scam or abuse; 1 were honest",
            "still wait for a person when the month ends; 1 of 12 ran out because nobody came within 2 days",
        ),
        strict=True,
    ):
        assert words in line


def test_law_nothing_is_said_that_is_not_true() -> None:
    """Law: only spam came, nobody was there: no word of customers, answers in time or moods."""
    said = " ".join(inbox_sentences(spam_month().insights))
    assert say("inbox.words.nothing_to_answer") in said
    assert say("inbox.words.no_rate") in said
    assert say("inbox.words.no_shifts") in said
    assert "buy" not in said
    assert "content" not in said
    fine = " ".join(inbox_sentences(mail_month(replied(10, 5)).insights))
    assert say("inbox.words.badge") in fine
    assert say("inbox.words.nobody") in " ".join(inbox_sentences(mail_month(wrote(5)).insights))


def test_worked_example_hard_days_are_told() -> None:
    """Worked example: a crisis with a first word, one without, a pile-on not fed and one fed."""
    hard = (
        Incident("faulty batch", 60, 180),
        Incident("wrong price", 70, NAN),
        Incident("pile-on", 80, NAN),
        Incident("pile-on", 90, 100),
    )
    rows = (
        wrote(65, "complaint", incident=0, sender=4),
        wrote(66, "complaint", incident=0, sender=4),
        done(85, "delete", kind="abuse", incident=2, sender=-2),
        wrote(86, "abuse", incident=2, sender=-3),
    )
    told = incident_stories(mail_month(*rows, incidents=hard).insights)
    assert told[0].startswith("Mon 1 Mar 01:00: faulty batch. Messages about it: 2 (accounts that wrote: 1).")
    assert "first word came 2 h after" in told[0]
    assert say("inbox.words.silent") in told[1]
    assert say("inbox.words.not_fed") in told[2]
    assert "among them: 2; taken away: 1 (50" in told[2]
    assert "first answer came 10 min after" in told[3]


def test_worked_example_the_section_of_the_paper_month() -> None:
    """Worked example: eight figures, five pictures, three rules of which one never fired."""
    section = inbox_section(paper_month().insights)
    figures = {
        figure.title: figure.value.replace("\N{NO-BREAK SPACE}", " ") for figure in section.key_figures
    }
    assert list(figures.values()) == ["12", "5", "1 h 30 min", "50 %", "3", "50 %", "67 %", "2"]
    assert [name for name, _ in section.charts] == list(INBOX_CHARTS)
    assert [rule.figures[0] for rule in section.rules] == ["2", "2", "0"]
    assert section.idle.startswith("Never fired: never.")
    assert len(section.incidents) == 1


def test_worked_example_the_section_without_shifts_and_rules() -> None:
    """Worked example: one box, when people write, no table of rules; nothing that would be empty."""
    section = inbox_section(spam_month().insights)
    assert [name for name, _ in section.charts] == ["inbox-arrivals"]
    assert (section.rules, section.idle, section.incidents) == ([], "", [])
    assert (section.key_figures, section.sentences) == ((), ())
    assert "39 messages came (spam (39)). Nothing came that was worth" in section.nobody[0]
    assert say("inbox.words.be_there") in section.nobody
    caption = section.charts[0][1].caption
    assert say("inbox.charts.arrivals_nobody") in caption
    assert "framed" not in caption
    assert 'id="inbox-rules"' not in report_html(spam_month().insights)
    assert inbox_section(with_rules(paper_month(), ("a", "hide"), ("b", "reply")).insights).idle == ""


def test_law_who_is_left_alone_is_told_in_one_box() -> None:
    """Law: who wanted an answer, who went elsewhere, what waits and what ran out; no large numbers."""
    rows = (
        wrote(1, missed=True),
        done(2, "expired", after=600, kind="order", sender=3, missed=True),
        done(3, "expired", after=600, kind="praise", sender=4),
    )
    month = mail_month(*rows)
    said = nobody_there(month.insights)
    assert "3 messages came (questions (1), orders (1), praise (1)). 2 of them" in said[0]
    assert said[1].startswith("2 people went elsewhere who would have bought")
    assert "At the end 1 still wait; 2 ran out because nobody came within 2 days." in said
    html = report_html(month.insights)
    assert 'class="warnings nobody"' in html
    assert "nine in ten within" not in html
    assert inbox_headline(month.insights) == " ".join(said[:2])
    attended = inbox_section(with_rules(month, ("links", "hide")).insights)
    assert not attended.nobody
    assert attended.key_figures


def test_law_no_large_number_is_of_nothing() -> None:
    """Law: rules alone answered: no time of a first response by a person, no share of nothing taken away."""
    month = with_rules(mail_month(done(5, "reply", rule=0, right=True), wrote(6, "praise")), ("a", "reply"))
    section = inbox_section(month.insights)
    assert [figure.title for figure in section.key_figures] == [
        "messages",
        "messages answered",
        "response rate",
        "missed customers",
        "backlog at the end",
    ]
    assert "–" not in [figure.value for figure in section.key_figures]


def test_law_captions_explain_only_what_is_drawn() -> None:
    """Law: frames, shades, dashes and triangles are explained where there are some, and only there."""
    full = {name: draw(paper_month().insights).caption for name, draw in INBOX_CHARTS.items()}
    rules_only = with_rules(mail_month(done(5, "like", rule=0, kind="praise"), wrote(9)), ("a", "like"))
    bare = {name: draw(rules_only.insights).caption for name, draw in INBOX_CHARTS.items()}
    for name, mark in (
        ("inbox-backlog", "Shaded"),
        ("inbox-backlog", "Dashed"),
        ("inbox-backlog", "Triangle"),
        ("inbox-deeds", "Framed"),
        ("inbox-deeds", "silenced"),
    ):
        assert mark in full[name]
        assert mark not in bare[name]
    assert "framed" not in bare["inbox-arrivals"]
    assert "framed" in INBOX_CHARTS["inbox-arrivals"](large_month().insights).caption


def test_extreme_a_curve_of_no_answers_is_not_drawn() -> None:
    """Extreme: nobody answered: a sentence instead of an empty picture."""
    chart = INBOX_CHARTS["inbox-response"](mail_month(wrote(5)).insights)
    assert chart.svg == ""
    assert "none was answered" in chart.alt


def test_law_hard_days_are_not_ones_own_doing() -> None:
    """Law: by chances of .25 and .15 one month of three has one; said and explained where one came."""
    month = mail_month(wrote(65, "complaint", incident=0), incidents=(Incident("wrong price", 60, NAN),))
    assert "comes in about one month of 3, whatever you post" in hard_days_note(month.insights)
    assert hard_days_note(paper_month().insights) in inbox_section(paper_month().insights).often
    assert hard_days_note(mail_month(wrote(5)).insights) == ""
    html = report_html(month.insights)
    assert 'id="metric-hard_days"' in html
    assert "drawn by lot: 36" in html
    assert 'id="metric-pile_on"' in html
    assert 'id="metric-hard_days"' not in report_html(mail_month(wrote(5)).insights)


def test_law_the_costliest_misses_come_first() -> None:
    """Law: a lost order before a lost question before somebody silenced before somebody cross."""
    rows = (
        replied(1, 2_000, "complaint", sender=1, satisfaction=-0.9),
        done(2, "hide", kind="praise", sender=2, satisfaction=-0.5),
        wrote(3, "question", sender=3, missed=True),
        wrote(4, "order", sender=4, missed=True),
        replied(5, 9, sender=5, satisfaction=0.9),
        wrote(6, "spam", sender=-9),
        replied(7, 2_000, "complaint", sender=7, satisfaction=-0.4),
    )
    found = worth_reading(mail_month(*rows).insights.inbox)
    assert [reading.lines[0].kind for reading in found] == [
        "order",
        "question",
        "praise",
        "complaint",
        "complaint",
    ]
    assert [reading.why for reading in found][:2] == [say("inbox.reading.missed")] * 2
    assert found[2].why == f"{say('inbox.reading.silenced')} {say('inbox.reading.cross')}"
    assert found[3].lines[0].done == "answered by a person after 1 day 9 h"


def test_extreme_nothing_worth_reading_and_too_much() -> None:
    """Extreme: none when all went well, ten of many, six messages of a long talk."""
    assert worth_reading(mail_month(replied(5, 9)).insights.inbox) == ()
    assert worth_reading(empty_month().insights.inbox) == ()
    assert len(worth_reading(large_month().insights.inbox)) == MOST
    talk = mail_month(*(wrote(k, thread=3, missed=True) for k in range(9)))
    (reading,) = worth_reading(talk.insights.inbox)
    assert (len(reading.lines), reading.more) == (6, 3)
    assert "and 3 more messages" in report_html(talk.insights)


def test_law_a_sale_lost_after_a_quick_answer_was_lost_by_a_tired_one() -> None:
    """Law: where a person answered within five minutes, only more care could have won the sale."""
    found = worth_reading(mail_month(replied(1, 3, missed=True), replied(2, 90, missed=True)).insights.inbox)
    assert [reading.why for reading in found] == [
        say("inbox.reading.missed_tired"),
        say("inbox.reading.missed"),
    ]


def test_invariant_what_strangers_write_is_escaped() -> None:
    """Invariant: a message or a rule's name that is HTML is shown, not run."""
    evil = "<script>alert('{1}')</script><b>"
    month = mail_month(done(5, "hide", rule=0, text=evil, missed=True))
    html = report_html(with_rules(month, (evil, evil)).insights)
    assert "<script" not in html
    assert html.count("&lt;script&gt;") >= 3


def test_invariant_figures_of_the_summary_are_those_of_the_section() -> None:
    """Invariant: what the summary says, the section says."""
    insights = large_month().insights
    counted = {name: insights.summary[name] for name in SUMMARY}
    assert counted == {name: insights.inbox.figures[name] for name in SUMMARY}
    shown = {figure.title: figure.value for figure in inbox_section(insights).key_figures}
    assert shown["messages"] == f"{counted['messages']:,}"
    assert shown["missed customers"] == f"{counted['missed_customers']:,}"
