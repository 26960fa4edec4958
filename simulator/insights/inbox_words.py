"""The words of a month's inbox: who got an answer and how soon, who went elsewhere."""

from __future__ import annotations

from collections.abc import Sequence

from simulator.insights import message_marks as marks
from simulator.insights.inbox_metrics import Inbox, work_hours
from simulator.insights.inbox_picture_words import kind_counts, lasting
from simulator.insights.inbox_rules import RuleFound
from simulator.insights.presence import unattended
from simulator.insights.tables import Insights
from simulator.insights.words import listed, percent
from simulator.network.work import TASKS
from simulator.texts import say
from simulator.world.talk import WORTH_AN_ANSWER


def inbox_sentences(insights: Insights) -> list[str]:
    """What large numbers and pictures do not say of the month's messages, as far as it is true."""
    found = insights.inbox
    tellers = (_of_kinds, _nobody, _platform, _moods, _hours)
    return [sentence for tell in tellers if (sentence := tell(found))]


def inbox_headline(insights: Insights) -> str:
    """The sentences of messages that matter most; empty when nobody wrote."""
    found = insights.inbox
    if not len(found.messages):
        return ""
    alone, usual = (_nobody_there, _sales), (_of_kinds, _nobody, _soon, _sales)
    tellers = alone if unattended(found.month) else usual
    return " ".join(filter(None, (tell(found) for tell in tellers)))


def nobody_there(insights: Insights) -> list[str]:
    """What came of a month's messages when neither a person nor a rule was there for them."""
    found = insights.inbox
    tellers = (_nobody_there, _sales, _left, _ran_out)
    return [*(sentence for tell in tellers if (sentence := tell(found))), say("inbox.words.be_there")]


def never_fired(rules: Sequence[RuleFound]) -> str:
    """Which rules caught nothing; empty when every rule did."""
    idle = [rule.name for rule in rules if not rule.fired]
    return say("inbox.rules.never", rules=listed(idle)) if idle else ""


# ---------------------------------------------------------------- sentences


def _of_kinds(found: Inbox) -> str:
    """How many of each kind worth an answer got one."""
    rows, answered = found.messages, marks.answered(found.messages)
    parts = []
    for kind in WORTH_AN_ANSWER:
        of_kind = marks.of_kind(rows, kind)
        if of_kind.any():
            words = {"answered": f"{(of_kind & answered).sum():,}", "came": f"{of_kind.sum():,}"}
            parts.append(say("inbox.words.of_kind", kind=say(f"inbox.kinds.{kind}"), **words))
    return say("inbox.words.answers", parts=listed(parts)) if parts else say("inbox.words.nothing_to_answer")


def _nobody(found: Inbox) -> str:
    """That no person answered, where somebody wanted it."""
    wanted = found.figures["worth_an_answer"] and not found.figures["conversations_answered"]
    return say("inbox.words.nobody") if wanted else ""


def _nobody_there(found: Inbox) -> str:
    """How many messages wanted an answer, and that nobody could give one."""
    messages, wanted = (found.figures[name] for name in ("messages", "worth_an_answer"))
    came = say("inbox.words.nobody_there", messages=f"{messages:,}", kinds=kind_counts(found.messages))
    if not wanted:
        return f"{came} {say('inbox.words.nothing_to_answer')}"
    return f"{came} {say('inbox.words.unanswered', wanted=f'{wanted:,}')}"


def _left(found: Inbox) -> str:
    """How many followers left over having got no answer."""
    lost = int(found.month.log.unfollows.service.sum())
    return say(f"insights.story.losses_service_{_number(lost)}", lost=f"{lost:,}") if lost else ""


def _ran_out(found: Inbox) -> str:
    words = {"waiting": f"{found.figures['backlog_end']:,}", "expired": f"{found.expired:,}"}
    return say("inbox.words.ran_out", patience=lasting(found.patience_minutes), **words)


def _soon(found: Inbox) -> str:
    """How soon a person answered."""
    figures = found.figures
    if not (figures["worth_an_answer"] and figures["conversations_answered"]):
        return ""
    middle, most = (lasting(figures[f"first_response_minutes_{part}"]) for part in ("median", "p90"))
    answered = f"{figures['conversations_answered']:,}"
    return say("inbox.words.soon", answered=answered, middle=middle, most=most)


def _platform(found: Inbox) -> str:
    """Whether the platform shows a rate on the page, and the badge."""
    if not found.response.counted:
        return say("inbox.words.no_rate")
    return say(f"inbox.words.{'badge' if found.very_responsive else 'no_badge'}")


def _sales(found: Inbox) -> str:
    missed, sold = found.figures["missed_customers"], found.figures["sales_from_messages"]
    parts = []
    if missed:
        parts.append(say(f"inbox.words.missed_{_number(missed)}", missed=f"{missed:,}"))
    if sold:
        parts.append(say(f"inbox.words.sold_{_number(sold)}", sold=f"{sold:,}"))
    return " ".join(parts)


def _moods(found: Inbox) -> str:
    figures = found.figures
    if not figures["rated_conversations"]:
        return ""
    shares = {name: percent(figures[f"{name}_share"], 0) for name in ("content", "cross")}
    return say("inbox.words.moods", rated=f"{figures['rated_conversations']:,}", **shares)


def _hours(found: Inbox) -> str:
    work = found.month.log.work
    if work is None:
        return say("inbox.words.no_shifts")
    by_task = work_hours(work, found.month.log.days).sum(axis=0)
    inbox = float(by_task.sum() - by_task[TASKS.index("production")])
    words = {
        "hours": f"{by_task.sum():.1f}",
        "shift": f"{found.figures['shift_hours']:.1f}",
        "inbox": f"{inbox:.1f}",
    }
    sentence = say("inbox.words.hours", **words)
    if found.figures["handled"]:
        words = {
            "handled": f"{found.figures['handled']:,}",
            "minutes": f"{found.figures['handle_minutes']:.1f}",
        }
        sentence += " " + say("inbox.words.handle", **words)
    return sentence


def _number(count: int) -> str:
    """Singular or plural."""
    return "one" if count == 1 else "many"
