"""``msimamizi bench``: how fast a month runs here."""

from __future__ import annotations

from typing import Annotated

from simulator.cli.answers import answering, print_json, print_table
from simulator.cli.app import USUAL_DAYS, USUAL_PEOPLE, AsJson, Command, Days, People, app, number
from simulator.cli.limits import refuse_numbers
from simulator.cli.progress import busy
from simulator.texts import say


@app.command(cls=Command, help=say("command_line.bench_help"))
def bench(
    people: People = USUAL_PEOPLE,
    followers: Annotated[int, number("followers", "--followers")] = 3_000,
    days: Days = USUAL_DAYS,
    posts: Annotated[int, number("posts", "--posts")] = 40,
    as_json: AsJson = False,
) -> None:
    """How fast a month runs here."""
    with answering(as_json):
        from simulator.network.speed import measure_speed

        refuse_numbers(people=people, days=days)
        with busy(say("command_line.measuring", people=f"{people:,}")):
            speed = measure_speed(people, min(followers, people // 2), days, posts)
        if as_json:
            print_json(speed.as_dict())
        else:
            rows = [
                (say(f"command_line.speed.{name}"), f"{value:,}") for name, value in speed.as_dict().items()
            ]
            print_table(
                "bench_title", [say(f"command_line.columns.{name}") for name in ("figure", "value")], rows
            )
