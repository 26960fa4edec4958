"""The command line: ``msimamizi clients | research | check | audience | run | portfolio | demo | bench``.

Every command reads its inputs, calls one public name and shows the result. With ``--json``
only JSON goes to stdout; words and progress go to stderr. Exit codes: 0 fine (warnings too),
1 failed, 2 bad input, 130 interrupted.
"""

from __future__ import annotations

import json
import os
import shlex
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Final, NoReturn

import typer
from typer.core import TyperCommand, TyperGroup

from simulator.errors import PlaybookError, Problem, SimulatorError, problem
from simulator.playbook.run_days import MOST_DAYS
from simulator.texts import say

if TYPE_CHECKING:
    from rich.console import Console

    from simulator.insights.month import Month, Yardsticks
    from simulator.insights.portfolio import PortfolioMonth
    from simulator.insights.tables import Insights
    from simulator.playbook.playbook import Playbook
    from simulator.playbook.portfolio import PortfolioPlan
    from simulator.world.clients import Client

FAILED, BAD_INPUT, INTERRUPTED = 1, 2, 130
MOST_ALIKE = 5
"""So many problems of one rule are printed; of more only their number."""

FEWEST_PEOPLE, MOST_PEOPLE, USUAL_PEOPLE = 500, 5_000_000, 20_000
USUAL_DAYS = 28
MOST_SEED = 2**53
DEMO_CLIENT: Final = "online-shop"


def _option(name: str, *flags: str, **more: Any) -> Any:
    said = say(f"command_line.options.{name}")
    return typer.Option(*flags, help=said, show_default=name != "client", **more)


def _argument(name: str, metavar: str = "") -> Any:
    return typer.Argument(help=say(f"command_line.options.{name}"), metavar=metavar or name.upper())


class _PlainHelp:
    """Shows the switch for help without a type, as all switches are shown."""

    def get_help_option(self, ctx: Any) -> Any:
        option = super().get_help_option(ctx)  # type: ignore[misc]
        if option is not None:
            option.metavar = ""
        return option


class _Command(_PlainHelp, TyperCommand):
    pass


class _Group(_PlainHelp, TyperGroup):
    pass


AsJson = Annotated[bool, _option("json", "--json", metavar="")]
ClientName = Annotated[str, _option("client", "--client")]
Seed = Annotated[int, _option("seed", "--seed")]
People = Annotated[int, _option("people", "--people")]
Days = Annotated[int, _option("days", "--days")]
Folder = Annotated[Path, _argument("dir")]

app = typer.Typer(
    name="msimamizi",
    cls=_Group,
    help=say("command_line.help"),
    rich_markup_mode="rich",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def main() -> None:
    """The entry point of the command ``msimamizi``."""
    try:
        app()
    except KeyboardInterrupt:
        sys.exit(INTERRUPTED)


def _show_version(wanted: bool) -> None:
    if wanted:
        from importlib.metadata import PackageNotFoundError, version

        try:
            typer.echo(f"msimamizi {version('msimamizi')}")
        except PackageNotFoundError:
            typer.echo(f"msimamizi {say('command_line.not_installed')}")
        raise typer.Exit


@app.callback()
def _root(
    version: Annotated[
        bool,
        typer.Option(
            "--version",
            callback=_show_version,
            is_eager=True,
            metavar="",
            help=say("command_line.options.version"),
        ),
    ] = False,
) -> None:
    del version


@app.command(cls=_Command, help=say("command_line.clients_help"))
def clients(as_json: AsJson = False) -> None:
    """Who can be worked for."""
    with _answering(as_json):
        from simulator.world.clients import client_names, load_client

        found = [_client_row(load_client(name)) for name in client_names()]
        if as_json:
            _print_json(found)
        else:
            _print_clients(found)


@app.command(cls=_Command, help=say("command_line.research_help"))
def research(
    client: Annotated[str, _argument("client")],
    out: Annotated[Path, _option("research_out", "--out")],
    seed: Seed = 1,
    as_json: AsJson = False,
) -> None:
    """Write what may be known of a client before acting."""
    with _answering(as_json):
        from simulator.playbook.beside import researched_client
        from simulator.research.pack import write_pack
        from simulator.world.clients import load_client

        chosen = load_client(client)
        _refuse_numbers(seed=seed)
        _refuse_folder(out)
        before = researched_client(out)
        with _busy(say("command_line.researching", client=chosen.label)):
            files = write_pack(chosen, out, seed=seed)
        kept = [path for path in sorted(out.glob("playbook/*")) if path.is_file() and path not in files]
        replaced = before if before != chosen.label else ""
        if replaced and kept:
            words: dict[str, Any] = {"value": replaced, "client": chosen.label, "file": str(out)}
            _tell(_problem_line(problem("command_line.another_client", severity="warning", **words)))
        if as_json:
            folder: dict[str, Any] = {"folder": str(out), "files": [str(path) for path in files]}
            folder |= {"kept": [str(path) for path in kept], "replaced": replaced}
            _print_json({"client": chosen.label, "seed": seed, **folder})
        else:
            _print_lines(say("command_line.researched", folder=out), *(f"  {path}" for path in files))
            _print_lines(*([say("command_line.kept")] if kept else []), *(f"  {path}" for path in kept))
            _print_lines(say("command_line.next_plan", client=client, folder=out / "playbook"))


@app.command(cls=_Command, help=say("command_line.check_help"))
def check(
    folder: Folder,
    client: Annotated[str, _option("client", "--client")] = "",
    people: People = USUAL_PEOPLE,
    days: Days = USUAL_DAYS,
    as_json: AsJson = False,
) -> None:
    """Every problem of a playbook at once."""
    with _answering(as_json):
        from simulator.playbook.glance import at_a_glance
        from simulator.playbook.portfolio import is_portfolio
        from simulator.world.clients import load_client

        _refuse_numbers(people=people, days=days)
        if is_portfolio(folder):
            _check_portfolio(folder, as_json, people=people, days=days)
            return
        chosen = load_client(client) if client else None
        playbook, found = _checked(folder, chosen, people=people, days=days)
        errors = sum(one.severity == "error" for one in found)
        glance = at_a_glance(playbook, chosen, days) if chosen and folder.is_dir() else None
        if as_json:
            counts = {"errors": errors, "warnings": len(found) - errors}
            shown = {"glance": glance.as_dict() if glance else None}
            _print_json({"problems": [one.as_dict() for one in found], **counts, **shown})
        else:
            _print_lines(*_problem_lines(found))
            _print_lines(say("command_line.checked", errors=errors, warnings=len(found) - errors))
            if glance is None:
                _print_lines(*([] if client else [say("command_line.checked_without_client")]))
            elif errors:
                _print_lines(*(glance.page_lines() if playbook.page else []))
            else:
                _print_lines(*glance.lines())
                _print_lines(say("command_line.next_run", command=_run_command(folder, client, people, days)))
    if errors:
        raise typer.Exit(BAD_INPUT)


@app.command(cls=_Command, help=say("command_line.audience_help"))
def audience(
    folder: Folder,
    client: ClientName,
    seed: Seed = 1,
    people: People = USUAL_PEOPLE,
    days: Days = USUAL_DAYS,
    as_json: AsJson = False,
) -> None:
    """Whom each ad set of a playbook would reach, before anything is bought."""
    with _answering(as_json):
        from simulator.network.audience_sizes import audience_sizes, is_about_size
        from simulator.network.month import day_one
        from simulator.playbook.playbook import read_folder
        from simulator.world.clients import load_client

        _refuse_numbers(people=people, days=days, seed=seed)
        chosen = load_client(client)
        with _busy(say("command_line.sizing", client=chosen.label)):
            start = day_one(chosen, seed=seed, people=people)
            playbook, problems = read_folder(folder, chosen, days, start.world)
            found = audience_sizes(start, playbook.ads)
        problems = [one for one in problems if not is_about_size(one)]
        if not found and any(one.severity == "error" for one in problems):
            _give_up(problems, as_json, BAD_INPUT)
        _tell(*_problem_lines(problems))
        if as_json:
            _print_json([one.as_dict() for one in found])
        elif found:
            heads = [say(f"command_line.columns.{name}") for name in ("ad_set", "size", "audience")]
            rows = [(one.ad_set, one.words, one.audience) for one in found]
            _print_table("audience_title", heads, rows)
        else:
            _print_lines(say("command_line.no_ads"))


@app.command(cls=_Command, help=say("command_line.run_help"))
def run(
    folder: Folder,
    client: ClientName,
    seed: Seed = 1,
    people: People = USUAL_PEOPLE,
    days: Days = USUAL_DAYS,
    out: Annotated[Path | None, _option("run_out", "--out")] = None,
    as_json: AsJson = False,
) -> None:
    """Play a playbook for a month and write what came of it."""
    with _answering(as_json):
        from simulator.world.clients import load_client

        _refuse_numbers(people=people, days=days, seed=seed)
        result = out or folder / "result"
        _refuse_folder(result)
        month, beside = _played(load_client(client), folder, seed=seed, people=people, days=days)
        files = _write_result(month, beside, result)
        _show_result(month, beside, result, files, as_json)


@app.command(cls=_Command, help=say("command_line.portfolio_help"))
def portfolio(
    folder: Annotated[Path, _argument("portfolio", "DIR")],
    clients: Annotated[list[str] | None, _argument("start_clients", "CLIENT")] = None,
    start: Annotated[bool, _option("start", "--start", metavar="")] = False,
    seed: Seed = 1,
    people: People = USUAL_PEOPLE,
    days: Days = USUAL_DAYS,
    out: Annotated[Path | None, _option("run_out", "--out")] = None,
    as_json: AsJson = False,
) -> None:
    """Play a month of several pages under one pair of hands, or begin a folder for them."""
    with _answering(as_json):
        if start:
            _start_portfolio(folder, clients or [], as_json)
            return
        if clients:
            named = " ".join(clients)
            raise PlaybookError([problem("portfolio.clients_without_start", file=str(folder), value=named)])
        _refuse_numbers(people=people, days=days, seed=seed)
        result = out or folder / "result"
        _refuse_folder(result)
        plan, month = _played_portfolio(folder, seed=seed, people=people, days=days)
        files = _write_portfolio(plan, month, result)
        _show_portfolio(month, result, files, as_json)


@app.command(cls=_Command, help=say("command_line.demo_help"))
def demo(
    out: Annotated[Path, _option("demo_out", "--out")] = Path("demo-report"),
    seed: Seed = 1,
    people: People = USUAL_PEOPLE,
    as_json: AsJson = False,
) -> None:
    """The shipped example of the online shop, from playbook to report."""
    with _answering(as_json):
        from importlib import resources

        from simulator.world.clients import load_client

        _refuse_numbers(people=people, seed=seed)
        _refuse_folder(out)
        chosen = load_client(DEMO_CLIENT)
        _tell(say("command_line.demo_client", title=chosen.file.title, client=chosen.label))
        with resources.as_file(resources.files("simulator") / "data" / "examples" / DEMO_CLIENT) as folder:
            _tell(say("command_line.demo_playbook", folder=folder))
            _tell(say("command_line.demo_month", people=f"{people:,}", days=USUAL_DAYS, seed=seed))
            month, beside = _played(chosen, folder, seed=seed, people=people, days=USUAL_DAYS)
        _tell(say("command_line.demo_report", folder=out))
        _show_result(month, beside, out, _write_result(month, beside, out), as_json)


@app.command(cls=_Command, help=say("command_line.bench_help"))
def bench(
    people: People = USUAL_PEOPLE,
    followers: Annotated[int, _option("followers", "--followers")] = 3_000,
    days: Days = USUAL_DAYS,
    posts: Annotated[int, _option("posts", "--posts")] = 40,
    as_json: AsJson = False,
) -> None:
    """How fast a month runs here."""
    with _answering(as_json):
        from simulator.network.speed import measure_speed

        _refuse_numbers(people=people, days=days)
        with _busy(say("command_line.measuring", people=f"{people:,}")):
            speed = measure_speed(people, min(followers, people // 2), days, posts)
        if as_json:
            _print_json(speed.as_dict())
        else:
            rows = [
                (say(f"command_line.speed.{name}"), f"{value:,}") for name, value in speed.as_dict().items()
            ]
            _print_table(
                "bench_title", [say(f"command_line.columns.{name}") for name in ("figure", "value")], rows
            )


# ---------------------------------------------------------------- work


def _played(client: Client, folder: Path, *, seed: int, people: int, days: int) -> tuple[Month, Yardsticks]:
    """The month of the playbook in ``folder``, and what it is measured against."""
    from simulator.insights.month import run_month, yardsticks

    playbook, found = _checked(folder, client, people=people, days=days, seed=seed)
    errors = [one for one in found if one.severity == "error"]
    if errors:
        raise PlaybookError(errors)
    playbook = replace(playbook, warnings=tuple(found))
    _tell(*_problem_lines(found))
    with _counting(say("command_line.playing", client=client.label), days) as day_done:
        month = run_month(client, playbook, seed=seed, people=people, days=days, day_done=day_done)
    with _busy(say("command_line.comparing")):
        return month, yardsticks(month)


def _checked(
    folder: Path, client: Client | None, *, people: int, days: int, seed: int | None = None
) -> tuple[Playbook, list[Problem]]:
    """The playbook of a folder and its problems, audiences being counted in a town of so many people.

    The page's own groups are counted as they are on day one in the world ``seed``; without one
    (nothing is played) only if an ad set names them, in the first world.
    """
    from simulator.network.audience_sizes import with_day_one
    from simulator.network.month import day_one
    from simulator.playbook.ads_sheet import CHECKED_SEED
    from simulator.playbook.playbook import ADS_FILE, read_folder
    from simulator.world.world import draw_world

    town = None
    if client is not None and people != USUAL_PEOPLE and (folder / ADS_FILE).is_file():
        town = draw_world(client, CHECKED_SEED, people)
    playbook, found = read_folder(folder, client, days, town)
    running = playbook.ads.running if playbook.ads else ()
    is_played = seed is not None and not any(one.severity == "error" for one in found)
    if client is not None and running and (is_played or any(one.audience.needs_page for one in running)):
        start = day_one(client, seed=seed if seed is not None else CHECKED_SEED, people=people)
        found = with_day_one(found, start, playbook.ads)
    return playbook, found


def _run_command(folder: Path, client: str, people: int, days: int) -> str:
    """The command that plays a playbook as it was checked."""
    options = [("people", people, USUAL_PEOPLE), ("days", days, USUAL_DAYS)]
    said = [f"--{name} {value}" for name, value, usual in options if value != usual]
    return " ".join(["msimamizi run", shlex.quote(str(folder)), f"--client {client}", *said])


def _check_portfolio(folder: Path, as_json: bool, *, people: int, days: int) -> None:
    """Every problem of a portfolio, with all its pages."""
    _, found = _read_portfolio(folder, people=people, days=days)
    errors = sum(one.severity == "error" for one in found)
    if as_json:
        counts = {"errors": errors, "warnings": len(found) - errors}
        _print_json({"problems": [one.as_dict() for one in found], **counts})
    else:
        _print_lines(*_problem_lines(found))
        _print_lines(say("command_line.checked", errors=errors, warnings=len(found) - errors))
    if errors:
        raise typer.Exit(BAD_INPUT)


def _read_portfolio(
    folder: Path, *, people: int, days: int, seed: int | None = None
) -> tuple[PortfolioPlan, list[Problem]]:
    """The portfolio in a folder and its problems, each page read as a page alone is."""
    from simulator.playbook.portfolio import read_portfolio

    return read_portfolio(folder, days, partial(_checked, people=people, days=days, seed=seed))


def _start_portfolio(folder: Path, clients: Sequence[str], as_json: bool) -> None:
    """Begin a portfolio and say what to do next."""
    from simulator.playbook.portfolio_start import start_portfolio
    from simulator.world.clients import load_client

    _refuse_folder(folder)
    files = [str(path) for path in start_portfolio(folder, [load_client(name) for name in clients])]
    if as_json:
        _print_json({"folder": str(folder), "files": files})
    else:
        _print_lines(say("command_line.started", folder=folder), *(f"  {path}" for path in files))
        _print_lines(say("command_line.next_portfolio", folder=folder))


def _played_portfolio(
    folder: Path, *, seed: int, people: int, days: int
) -> tuple[PortfolioPlan, PortfolioMonth]:
    """The portfolio in ``folder`` and its month."""
    from simulator.insights.portfolio import run_portfolio

    plan, found = _read_portfolio(folder, people=people, days=days, seed=seed)
    errors = [one for one in found if one.severity == "error"]
    if errors:
        raise PlaybookError(errors)
    _tell(*_problem_lines(found))
    words = say("command_line.playing_pages", pages=len(plan.assignments))
    setting: dict[str, int] = {"seed": seed, "people": people, "days": days}
    with _counting(words, days) as day_done:
        return plan, run_portfolio(plan.assignments, plan.shifts, day_done=day_done, **setting)


def _write_portfolio(plan: PortfolioPlan, month: PortfolioMonth, folder: Path) -> Sequence[Path]:
    """The report and tables of all pages, and each page's in its own folder; the files, the report first."""
    from simulator.insights.month import yardsticks
    from simulator.insights.portfolio_report import write_portfolio

    files: list[Path] = []
    for one, page in zip(plan.assignments, month.months, strict=True):
        with _busy(say("command_line.comparing")):
            beside = yardsticks(page)
        files += _write_result(page, beside, folder / one.page)
    with _busy(say("command_line.writing", folder=folder)):
        return (*write_portfolio(month, folder, plan.warnings, linked=True), *files)


def _write_result(month: Month, beside: Yardsticks, folder: Path) -> Sequence[Path]:
    """The report and the tables; the files written, the report first."""
    from simulator.insights.report import write_report
    from simulator.insights.table_files import write_tables

    with _busy(say("command_line.writing", folder=folder)):
        warnings = month.playbook.warnings
        report = write_report(month.insights, folder, warnings, beside.nothing, beside.before, beside.idle)
        return (report, *write_tables(month.insights, folder))


def _refuse_numbers(people: int = USUAL_PEOPLE, days: int = USUAL_DAYS, seed: int = 1) -> None:
    """Raise PlaybookError with every number that is out of its range."""
    ranges = {
        "people": (people, FEWEST_PEOPLE, MOST_PEOPLE),
        "days": (days, 1, MOST_DAYS),
        "seed": (seed, 0, MOST_SEED),
    }
    wrong = [
        problem(f"command_line.{name}", file=f"--{name}", value=value, least=f"{low:,}", most=f"{high:,}")
        for name, (value, low, high) in ranges.items()
        if not low <= value <= high
    ]
    if wrong:
        raise PlaybookError(wrong)


def _client_row(client: Client) -> dict[str, Any]:
    file = client.file
    return {
        "name": file.name,
        "kind": file.kind,
        "topics": list(client.topic_names),
        "followers": round(file.audience.follower_share * USUAL_PEOPLE),
        "month_start": file.month_start.isoformat(),
        "budget_cents": file.budget_cents,
        "cities": list(file.cities),
    }


# ---------------------------------------------------------------- answers


@contextmanager
def _answering(as_json: bool) -> Iterator[None]:
    """Turn what goes wrong on purpose into words, or JSON, and the exit code."""
    try:
        yield
    except PlaybookError as wrong:
        _give_up(wrong.problems, as_json, BAD_INPUT)
    except SimulatorError as wrong:
        _give_up([_as_problem("input", wrong)], as_json, BAD_INPUT)
    except BrokenPipeError:
        raise  # whoever read the answer has read enough; Typer ends quietly
    except (OSError, MemoryError) as wrong:
        _give_up([_as_problem("failed", wrong)], as_json, FAILED)
    except KeyboardInterrupt:
        _tell(say("command_line.interrupted"))
        raise typer.Exit(INTERRUPTED) from None


def _as_problem(rule: str, wrong: BaseException) -> Problem:
    return Problem(rule, "", None, None, "", str(wrong) or type(wrong).__name__, "")


def _give_up(problems: Iterable[Problem], as_json: bool, code: int) -> NoReturn:
    if as_json:
        _print_json({"problems": [one.as_dict() for one in problems]})
    else:
        _tell(*map(_problem_line, problems))
    raise typer.Exit(code)


def _problem_line(found: Problem) -> str:
    words = str(found) if found.file else found.says
    return f"{say(f'command_line.{found.severity}')}: {words}"


def _problem_lines(found: Sequence[Problem]) -> Iterator[str]:
    """A line for each problem; of many alike the first ones, and how many more there are."""
    alike = Counter(one.rule for one in found)
    shown: Counter[str] = Counter()
    for one in found:
        shown[one.rule] += 1
        if shown[one.rule] <= MOST_ALIKE:
            yield _problem_line(one)
        elif shown[one.rule] == alike[one.rule]:
            more = alike[one.rule] - MOST_ALIKE
            yield say("command_line.more_alike", more=more, line=one.line or "-", file=one.file)


def _refuse_folder(folder: Path) -> None:
    """Raise PlaybookError when nothing can be written to ``folder``, before any work is done."""
    there = next(place for place in (folder.absolute(), *folder.absolute().parents) if place.exists())
    rule = "" if os.access(there, os.W_OK) else "not_writable"
    rule = rule if there.is_dir() else "not_a_folder"
    if rule:
        raise PlaybookError([problem(f"command_line.{rule}", file=str(folder), value=str(there))])


def _print_json(answer: Any) -> None:
    typer.echo(json.dumps(answer, ensure_ascii=False, indent=2, allow_nan=False))


def _print_lines(*lines: str) -> None:
    for line in lines:
        typer.echo(line)


def _tell(*lines: str) -> None:
    """Words beside the answer: to stderr."""
    for line in lines:
        typer.echo(line, err=True)


def _print_clients(found: Sequence[dict[str, Any]]) -> None:
    from simulator.units import money

    rows = [
        (
            row["name"],
            row["kind"],
            ", ".join(row["topics"]),
            f"{row['followers']:,}",
            money(row["budget_cents"]),
        )
        for row in found
    ]
    columns = ("name", "kind", "topics", "followers", "budget")
    _print_table("clients_title", [say(f"command_line.columns.{name}") for name in columns], rows)
    _print_lines(say("command_line.clients_note"))
    _print_lines(*(say("command_line.next_research", client=row["name"]) for row in found[:1]))


def _print_table(title: str, columns: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    from rich.box import SIMPLE
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table(title=say(f"command_line.{title}"), box=SIMPLE, title_justify="left")
    for number, column in enumerate(columns):
        table.add_column(column, no_wrap=number == 0)
    for row in rows:
        table.add_row(*map(Text, row))
    Console().print(table)


def _show_result(
    month: Month, beside: Yardsticks, folder: Path, files: Sequence[Path], as_json: bool
) -> None:
    if as_json:
        from simulator.insights.tables import plain

        more = {
            "client_label": month.client.label,
            "worth_nothing_cents": round(beside.nothing),
            "report": str(files[0]),
        }
        _print_json(plain({**month.insights.summary, **more}))
    else:
        heads = [say(f"command_line.columns.{name}") for name in ("figure", "value", "of_what")]
        _print_table("result_title", heads, _result_rows(month.insights, beside.nothing))
        _print_lines(say("command_line.look", report=files[0], folder=folder))


def _show_portfolio(month: PortfolioMonth, folder: Path, files: Sequence[Path], as_json: bool) -> None:
    from simulator.insights.portfolio_report import key_figures, pay_table, plain_summary

    if as_json:
        _print_json(plain_summary(month))
        return
    heads = [say(f"command_line.columns.{name}") for name in ("figure", "value", "of_what")]
    rows = [(figure.title, figure.value, figure.of_what) for figure in key_figures(month)]
    _print_table("portfolio_title", heads, rows)
    pay = pay_table(month)
    _print_table("pay_title", (pay.first, *pay.headings), [(row.page, *row.cells) for row in pay.rows])
    _print_lines(say("command_line.look", report=files[0], folder=folder))


def _result_rows(insights: Insights, nothing: float) -> Iterator[tuple[str, str, str]]:
    from simulator.insights.headline import key_figures

    for figure in key_figures(insights, nothing):
        yield figure.title, figure.value, "; ".join(filter(None, (figure.against, figure.of_what)))


# ---------------------------------------------------------------- progress


def _progress_console() -> Console | None:
    """Where progress is shown: stderr, when somebody is there to see it."""
    if not sys.stderr.isatty():
        return None
    from rich.console import Console

    return Console(stderr=True)


@contextmanager
def _busy(words: str) -> Iterator[None]:
    console = _progress_console()
    if console is None:
        yield
    else:
        with console.status(words):
            yield


@contextmanager
def _counting(words: str, days: int) -> Iterator[Callable[[int], None]]:
    """A bar of ``days`` steps; gives what is to be called after each."""
    console = _progress_console()
    if console is None:
        yield lambda _day: None
        return
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    look = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*look, console=console, transient=True) as progress:
        bar = progress.add_task(words, total=days)
        yield lambda _day: progress.advance(bar)


if __name__ == "__main__":
    main()
