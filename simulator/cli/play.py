"""``msimamizi play``: the month week by week, in a folder."""

from __future__ import annotations

import shlex
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

from simulator.cli.answers import answering, print_json, print_lines, tell
from simulator.cli.app import USUAL_PEOPLE, AsJson, Command, app, argument, number, option
from simulator.cli.limits import refuse_folder, refuse_numbers
from simulator.cli.month import playable, print_figures, write_result
from simulator.cli.progress import busy, counting
from simulator.errors import PlaybookError, problem
from simulator.texts import say

if TYPE_CHECKING:
    from simulator.insights.month import Month, Yardsticks
    from simulator.scoring.play import Play
    from simulator.world.clients import Client

SOME_CLIENT = "online-shop:7"
"""Whom to begin with is shown by this one, where no research lies in the folder."""


@app.command(cls=Command, help=say("command_line.play_help"))
def play(
    folder: Annotated[Path, argument("play_dir", "DIR")],
    client: Annotated[str, option("play_client", "--client")] = "",
    seed: Annotated[int | None, number("play_seed", "--seed")] = None,
    people: Annotated[int | None, number("play_people", "--people")] = None,
    undo: Annotated[bool, option("undo", "--undo", metavar="")] = False,
    out: Annotated[Path | None, option("play_out", "--out")] = None,
    as_json: AsJson = False,
) -> None:
    """Play a month week by week: each call plays the next week of the playbook in DIR/playbook."""
    with answering(as_json):
        refuse_numbers(people=USUAL_PEOPLE if people is None else people, seed=1 if seed is None else seed)
        table = _Table(folder, out or folder, client)
        refuse_folder(table.folder, "play_not_writable")
        refuse_folder(table.out)
        if not table.record.is_file():
            _begin(table, undo=undo, seed=seed, people=people, as_json=as_json)
            return
        game = _resumed(table, seed=seed, people=people)
        if undo:
            _take_back(table, game, as_json)
        else:
            _go_on(table, game, as_json)


@dataclass(frozen=True, slots=True)
class _Table:
    """Where a play lies: its record and playbook in ``folder``, the weeks in ``out``; ``client`` as typed."""

    folder: Path
    out: Path
    client: str

    @property
    def record(self) -> Path:
        from simulator.scoring.records import PLAY_FILE

        return self.folder / PLAY_FILE

    @property
    def playbook(self) -> Path:
        return self.folder / "playbook"

    def week(self, number: int) -> Path:
        return self.out / f"week-{number}"

    @property
    def command(self) -> str:
        """What plays the next week."""
        said = ["msimamizi", "play", str(self.folder)]
        said += ["--client", self.client] if ".toml" in self.client else []
        said += ["--out", str(self.out)] if self.out != self.folder else []
        return shlex.join(said)


# ------------------------------------------------------------------ a play begins


def _begin(table: _Table, *, undo: bool, seed: int | None, people: int | None, as_json: bool) -> None:
    """Begin a play: with the research pack where there is no playbook yet, else with the first week."""
    from simulator.scoring.play import play as new_play
    from simulator.world.clients import load_client

    if undo or not table.client:
        place = str(table.folder)
        from simulator.playbook.beside import researched_client

        known = researched_client(table.folder) or SOME_CLIENT
        words: dict[str, Any] = {"folder": shlex.quote(place), "client": known}
        raise PlaybookError([problem("command_line.no_play_yet", file=place, **words)])
    chosen = load_client(table.client)
    game = new_play(chosen, seed=1 if seed is None else seed, people=people or USUAL_PEOPLE)
    if table.playbook.is_dir():
        _go_on(table, game, as_json)
        return
    from simulator.research.pack import write_pack
    from simulator.scoring.records import write_record

    with busy(say("command_line.researching", client=chosen.label)):
        files = write_pack(chosen, table.folder, seed=game.seed, people=game.people)
    write_record(game.record(), table.record)
    if as_json:
        written = [str(path) for path in (*files, table.record)]
        print_json({**_state(table, game), "files": written})
        return
    print_lines(
        say("command_line.play.begun", **_words(table, game)),
        say("command_line.play.study", brief=table.folder / "brief.md"),
        say("command_line.play.how", playbook=table.playbook),
        say("command_line.play.rounds"),
        say("command_line.play.first", command=table.command),
    )


def _resumed(table: _Table, *, seed: int | None, people: int | None) -> Play:
    """The play in a folder; what is typed with it must be as it was begun."""
    from simulator.scoring.model_version import model_digest
    from simulator.scoring.play import resumed
    from simulator.scoring.records import read_record
    from simulator.world.clients import load_client

    record = read_record(table.record)
    chosen: Client | None = load_client(table.client) if table.client else None
    given = (chosen.label if chosen else record.client, record.seed if seed is None else seed)
    if (*given, record.people if people is None else people) != (record.client, record.seed, record.people):
        words: dict[str, Any] = {"seed": record.seed, "people": f"{record.people:,}"}
        place = str(table.folder)
        raise PlaybookError(
            [problem("command_line.play_of_another", file=place, value=record.client, **words)]
        )
    if record.digest != model_digest() and record.playbooks:
        tell(say("command_line.play.other_model", model=record.model))
    game = resumed(record, chosen)
    if game.client.fingerprint != record.fingerprint and record.playbooks:
        tell(say("command_line.verified.other_client", client=record.client))
    return game


# ------------------------------------------------------------------ a week


def _go_on(table: _Table, game: Play, as_json: bool) -> None:
    """Play the next week of the playbook in the folder, and write down what came of it."""
    from simulator.insights.month import yardsticks
    from simulator.scoring.play import days_seen
    from simulator.scoring.playbook_texts import write_texts
    from simulator.scoring.records import write_record

    _refuse_end(table, game)
    week = game.played + 1
    playbook = playable(table.playbook, game.client, people=game.people, seed=game.seed)
    runs = playbook.ads is not None and playbook.ads.running
    if week == 1 and not (playbook.plan.posts or runs or playbook.rota):
        raise PlaybookError([problem("command_line.nothing_planned", file=str(table.playbook))])
    with counting(say("command_line.playing", client=game.client.label), days_seen(week)) as day_done:
        month = game.go_on(table.playbook, day_done=day_done)
    with busy(say("command_line.comparing")):
        beside = yardsticks(month)
    files = write_result(month, beside, table.week(week))
    write_texts(game.texts(week), table.week(week) / "playbook")
    write_record(game.record(), table.record)
    if as_json:
        from simulator.insights.tables import plain

        print_json({**_state(table, game), "report": str(files[0]), "summary": plain(month.insights.summary)})
    else:
        _show(table, game, month, beside, files[0])


def _refuse_end(table: _Table, game: Play) -> None:
    from simulator.scoring.play import WEEKS

    if game.is_over:
        words: dict[str, Any] = {"weeks": WEEKS, "command": _score_command(table, game)}
        raise PlaybookError([problem("command_line.play_over", file=str(table.folder), **words)])


def _show(table: _Table, game: Play, month: Month, beside: Yardsticks, report: Path) -> None:
    """What can be seen, and what to do next."""
    print_figures(month, beside)
    words = _words(table, game)
    seen = "whole" if game.is_over else "seen"
    print_lines(
        say(f"command_line.play.{seen}", week=game.played, days=month.days, **words),
        say("command_line.look", report=report, folder=table.week(game.played)),
        say("command_line.play.kept", folder=table.week(game.played) / "playbook"),
        *([say("command_line.play.practice", undone=game.undone)] if game.practice else []),
    )
    if game.is_over:
        print_lines(
            say("command_line.play.score", command=_score_command(table, game)),
            say("command_line.play.verify", record=table.record),
        )
    else:
        print_lines(say("command_line.play.next", command=table.command, **words))


def _take_back(table: _Table, game: Play, as_json: bool) -> None:
    """Take the last week back, and write down that this is practice."""
    from simulator.scoring.records import write_record

    week = game.played
    game.undo()
    write_record(game.record(), table.record)
    if as_json:
        print_json(_state(table, game))
        return
    words = _words(table, game)
    print_lines(say("command_line.play.undone", week=week, played=game.played, **words))
    if table.week(week).is_dir():
        print_lines(say("command_line.play.stale", folder=table.week(week)))
    print_lines(say("command_line.play.next", command=table.command, **words))


def _words(table: _Table, game: Play) -> dict[str, Any]:
    from simulator.playbook.moments import written_moment
    from simulator.scoring.play import WEEKS

    return {
        "folder": table.folder,
        "playbook": table.playbook,
        "client": game.client.label,
        "seed": game.seed,
        "weeks": WEEKS,
        "begin": game.begins(1).date(),
        "border": written_moment(game.begins(game.played + 1)),
    }


def _score_command(table: _Table, game: Play) -> str:
    client = table.client or game.client.label
    return shlex.join(["msimamizi", "score", str(table.playbook), "--client", client])


def _state(table: _Table, game: Play) -> dict[str, Any]:
    """Where a play stands, as plain data."""
    from simulator.scoring.play import WEEKS

    return {
        "client": game.client.label,
        "seed": game.seed,
        "people": game.people,
        "weeks": WEEKS,
        "played": game.played,
        "over": game.is_over,
        "undone": game.undone,
        "practice": game.practice,
        "record": str(table.record),
        "playbook": str(table.playbook),
    }
