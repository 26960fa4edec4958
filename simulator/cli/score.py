"""``msimamizi score``: what a playbook is worth on the scale, how sure that is, and why."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

from simulator.cli.answers import answering, print_json, print_lines, print_table
from simulator.cli.app import (
    USUAL_DAYS,
    USUAL_FIRST,
    USUAL_PEOPLE,
    USUAL_WORLDS,
    AsJson,
    ClientName,
    Command,
    Dask,
    FirstWorld,
    Folder,
    ModelVersion,
    People,
    Workers,
    Worlds,
    app,
    option,
    points_above_zero,
)
from simulator.cli.limits import refuse_file, refuse_no_client, refuse_numbers
from simulator.cli.month import playable
from simulator.cli.progress import counting
from simulator.texts import say

if TYPE_CHECKING:
    from simulator.scoring.score import Score


@app.command(cls=Command, help=say("command_line.score_help"))
def score(
    folder: Folder,
    client: ClientName = "",
    worlds: Worlds = USUAL_WORLDS,
    until_error: Annotated[float | None, points_above_zero("until_error", "--until-error")] = None,
    first: FirstWorld = USUAL_FIRST,
    people: People = USUAL_PEOPLE,
    workers: Workers = None,
    dask: Dask = None,
    model: ModelVersion = None,
    out: Annotated[Path | None, option("score_out", "--out")] = None,
    as_json: AsJson = False,
) -> None:
    """What a playbook is worth on the scale, how sure that is, and why."""
    with answering(as_json):
        from simulator.scoring.hands import Hands
        from simulator.scoring.playbook_texts import texts_in
        from simulator.scoring.records import new_record, score_figures, write_record
        from simulator.scoring.score import score as scored
        from simulator.world.clients import load_client

        refuse_no_client(client, folder)
        refuse_numbers(people=people, worlds=worlds, workers=workers, first=first)
        if out is not None:
            refuse_file(out)
        chosen, texts = load_client(client), texts_in(folder)
        playbook = playable(folder, chosen, people=people)
        with counting(say("command_line.scoring", client=chosen.label), worlds) as done:
            found = scored(
                chosen,
                playbook,
                worlds=worlds,
                first=first,
                people=people,
                hands=Hands(workers, dask),
                until_error=until_error,
                model=model,
                watch=done,
            )
        if out is not None:
            asked: dict[str, Any] = {"worlds": worlds, "until_error": until_error, "people": people}
            asked |= {"seed": first, "days": USUAL_DAYS}
            write_record(new_record("score", chosen, [texts], score_figures(found), **asked), out)
        if as_json:
            print_json(as_data(found))
        else:
            show(found, folder, until_error)


def as_data(found: Score) -> dict[str, Any]:
    """A score as plain data."""
    low, high = found.points.interval
    return {
        "client": found.client,
        "score": found.shown,
        "points": round(found.points.value, 4),
        "standard_error": round(found.points.error, 4),
        "interval": [round(low, 4), round(high, 4)],
        "worlds": len(found.seeds),
        "first_world": found.seeds[0],
        "people": found.people,
        "luck_share": round(found.luck_share, 4),
        "worth_cents": round(float(found.cents.mean())),
        "anchors_cents": {name: round(float(column.mean())) for name, column in found.anchors.items()},
        "model": found.model,
        "criteria": [
            {
                "name": one.name,
                "weight": one.weight,
                "found_cents": round(one.found),
                "wanted_cents": round(one.wanted),
                "points": round(one.points, 4),
                "one_thing": one.one_thing,
            }
            for one in found.criteria
        ],
    }


def plain_points(points: float) -> str:
    """Points to a tenth, a real minus below 0.

    >>> plain_points(42.46), plain_points(-0.04)
    ('42.5', '0.0')
    """
    return f"{round(points, 1) + 0.0:.1f}".replace("-", "−")


def show(found: Score, folder: Path, until_error: float | None = None) -> None:
    """A score in words and a table."""
    from simulator.insights.words import signed, whole_money
    from simulator.scoring.criteria import goal_title

    low, high = found.points.interval
    worth = whole_money(float(found.cents.mean()))
    words = {"folder": folder, "client": found.client, "worlds": len(found.seeds), "worth": worth}
    print_lines(
        say("command_line.score.headline", score=str(found), **words),
        say("command_line.score.interval", low=plain_points(low), high=plain_points(high)),
        say(
            "command_line.score.scale",
            **{name: whole_money(getattr(found.scale, name)) for name in ("nothing", "beginner", "expert")},
        ),
        say("command_line.score.luck", share=f"{found.luck_share:.0%}"),
    )
    if until_error is not None and found.points.error >= until_error:
        error = plain_points(found.points.error)
        print_lines(
            say("command_line.score.not_sure_yet", error=error, worlds=len(found.seeds), until=until_error)
        )
    names = ("goal", "weight", "found", "wanted", "points")
    rows = [
        (
            goal_title(one.name),
            f"{one.weight:.0%}",
            signed(one.found / 100),
            signed(one.wanted / 100),
            signed(one.points, 1),
        )
        for one in found.criteria
    ]
    total = (say("command_line.score.total"), "", "", "", signed(found.points.value, 1))
    print_table("score_title", [say(f"command_line.columns.{name}") for name in names], [*rows, total])
    print_lines(
        say("command_line.score.costs"),
        say("command_line.score.try_title"),
        *(f"- {goal_title(one.name)}: {one.one_thing}" for one in found.criteria),
    )
