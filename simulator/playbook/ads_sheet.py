"""The ad sheet: ``ads.csv``, one row an ad, in the columns of Meta's bulk sheet and some of ours.

Rows of the same campaign and ad set share the set's fields: each is said once, or said again
the same. Every problem of the file is collected in one pass.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

from simulator.errors import Problem, nearest, problem
from simulator.parameters import model_parameters
from simulator.playbook.ad_cells import (
    read_age,
    read_billing,
    read_cap,
    read_category,
    read_country,
    read_gender,
    read_goal,
    read_hours,
    read_km,
    read_money,
    read_status,
)
from simulator.playbook.ad_lists import (
    CellErrors,
    Named,
    names_of,
    read_exclusions,
    read_inclusions,
    read_places,
    read_points,
)
from simulator.playbook.ad_rows import AdReader
from simulator.playbook.ads import ALL_DAY, Ad, AdPlan, AdSet, UnfinishedSet
from simulator.playbook.ads_checks import AUDIENCE_COLUMNS, Draft, is_sound, problems_of, worlds_problems
from simulator.playbook.ads_warnings import warnings_of
from simulator.playbook.ads_written import COLUMNS, NAME_COLUMNS
from simulator.playbook.audiences import Audience
from simulator.playbook.columns import (
    SheetKind,
    cell_of,
    cell_problem,
    find_columns,
    has_too_many,
    too_many_cells,
)
from simulator.playbook.moments import read_moment
from simulator.playbook.posts import Post
from simulator.playbook.trade_files import (
    CellError,
    Row,
    Sheet,
    read_sheet,
    torn_text,
)
from simulator.units import DAYS_PER_MONTH
from simulator.world.clients import DEFAULT_PEOPLE, Client
from simulator.world.world import World, draw_world

CHECKED_SEED = 1
"""The world in which audiences are sized before a run."""

KIND = SheetKind(
    COLUMNS,
    (*NAME_COLUMNS, "Optimization Goal"),
    "ads.unknown_column",
    "ads.no_header",
    "ads.missing_column",
)


def read_ads(
    path: Path | str,
    *,
    client: Client | None = None,
    days: int = DAYS_PER_MONTH,
    posts: Sequence[Post] | None = (),
    world: World | None = None,
) -> tuple[AdPlan, list[Problem]]:
    """The ads in a CSV file and every problem found in it; sets that cannot be read are left out.

    ``posts``: the plan's, of which some may be boosted; None (a plan that cannot be read) leaves
    that unchecked. Without a client, topics, dates, budgets and the sizes of audiences are not
    checked. ``world``: where sizes are taken; a town of the usual size without one.
    """
    sheet, problems = read_sheet(Path(path), empty_rule="ads.empty_file")
    if sheet is None:
        return AdPlan(), problems
    most = int(model_parameters()["ads.most_rows"])
    if len(sheet.rows) > most:
        words: dict[str, Any] = {"count": f"{len(sheet.rows):,}", "most": f"{most:,}"}
        return AdPlan(), [*problems, problem("ads.too_many_rows", file=sheet.file, **words)]
    drafts, found = _drafts(sheet, client, posts)
    problems += found
    sound: list[Draft] = []
    for draft in drafts:
        found = list(problems_of(draft, sheet.file, client, days))
        problems += found
        sound += [draft] if is_sound(draft, found) else []
    if client is not None and sound:
        world = world or draw_world(client, CHECKED_SEED, DEFAULT_PEOPLE)
        problems += worlds_problems(sound, sheet.file, world)
    problems += warnings_of(drafts, sheet.file, client, days, world, posts or ())
    unfinished = (UnfinishedSet(d.ad_set, d.unread_audience, d.why_unread) for d in drafts if d.broken)
    return AdPlan(tuple(d.ad_set for d in drafts if not d.broken), tuple(unfinished)), problems


# ------------------------------------------------------------------ rows into ad sets


@dataclass(slots=True)
class _Gathered:
    """What the rows of one ad set say: the value of each column, its cell and its line."""

    line: int
    values: dict[str, tuple[Any, str, int]] = field(default_factory=dict)
    broken: dict[str, set[str]] = field(default_factory=dict)
    ads: list[Ad] = field(default_factory=list)
    lost_ad: bool = False
    why: list[Problem] = field(default_factory=list)


def _drafts(
    sheet: Sheet, client: Client | None, posts: Sequence[Post] | None
) -> tuple[list[Draft], list[Problem]]:
    columns, problems = find_columns(sheet, KIND)
    if not columns or set(NAME_COLUMNS) - set(columns):
        return [], problems
    decimal_comma = sheet.delimiter != ","
    readers = _remembering(_readers(client, decimal_comma=decimal_comma))
    read_ad = AdReader(sheet.file, client, posts, decimal_comma=decimal_comma)
    gathered: dict[tuple[str, str], _Gathered] = {}
    for row in sheet.rows:
        wrong = _shape(row, columns, sheet)
        problems += wrong
        if wrong:
            continue
        campaign, name, ad_name = (" ".join(cell_of(row, columns, part).split()) for part in NAME_COLUMNS)
        group = gathered.setdefault((campaign, name), _Gathered(row.line))
        ad, wrong = read_ad(ad_name, row, columns)
        of_the_set = list(_gather(group, row, columns, readers, sheet.file))
        group.why += of_the_set
        wrong = [*of_the_set, *wrong]
        problems += (
            too_many_cells(row, len(sheet.header.cells), sheet.file) if wrong and torn_text(row) else wrong
        )
        group.lost_ad |= ad is None
        group.ads += [ad] if ad else []
    misnamed = _misnamed(problems, columns)
    return [_draft(*names, group, misnamed) for names, group in gathered.items()], problems


def _misnamed(problems: Iterable[Problem], columns: Container[str]) -> dict[str, Problem]:
    """Columns of an audience that seem to be there under a wrong name, and what the header's problem is."""
    missing = sorted(name for name in AUDIENCE_COLUMNS if name not in columns)
    unknown = [one for one in problems if one.rule == KIND.unknown_column]
    return {name: one for one in unknown if (name := nearest(one.value, COLUMNS)) in missing}


def _shape(row: Row, columns: Mapping[str, int], sheet: Sheet) -> list[Problem]:
    width = len(sheet.header.cells)
    if has_too_many(row, width):
        return too_many_cells(row, width, sheet.file)
    return [
        problem("ads.no_name", file=sheet.file, line=row.line, column=name)
        for name in NAME_COLUMNS
        if not cell_of(row, columns, name).strip()
    ]


def _gather(
    group: _Gathered,
    row: Row,
    columns: Mapping[str, int],
    readers: Mapping[str, Callable[[str], Any]],
    file: str,
) -> Iterator[Problem]:
    """Add the set's fields of one row, with a problem for each that cannot be read or says another thing."""
    for name, read in readers.items():
        cell = cell_of(row, columns, name).strip()
        if not cell or cell in group.broken.get(name, ()):
            continue
        said = group.values.get(name)
        if said is not None and said[1] == cell:
            continue
        try:
            value = read(cell)
        except CellError as wrong:
            group.broken.setdefault(name, set()).add(cell)
            yield cell_problem(wrong, file, row.line, name, cell)
            continue
        except CellErrors as wrong:
            group.broken.setdefault(name, set()).add(cell)
            group.values.setdefault(name, (wrong.rest, cell, row.line))
            yield from (cell_problem(error, file, row.line, name, cell) for error in wrong.errors)
            continue
        if said is None:
            group.values[name] = (value, cell, row.line)
        elif said[0] != value:
            group.broken.setdefault(name, set()).add(cell)
            words: dict[str, Any] = {"value": cell, "other": said[1], "first": said[2]}
            yield problem("ads.contradiction", file=file, line=row.line, column=name, **words)


def _remembering(readers: Mapping[str, Callable[[str], Any]]) -> dict[str, Callable[[str], Any]]:
    """The same readers, each of which reads the same cell only once."""
    return {name: _once(read) for name, read in readers.items()}


def _once(read: Callable[[str], Any]) -> Callable[[str], Any]:
    known: dict[str, Any] = {}

    def remembered(cell: str) -> Any:
        if cell not in known:
            known[cell] = read(cell)
        return known[cell]

    return remembered


def _readers(client: Client | None, *, decimal_comma: bool) -> dict[str, Callable[[str], Any]]:
    """How the cells of each column of an ad set are read."""
    names = names_of(client)
    money = partial(read_money, decimal_comma=decimal_comma)
    return {
        "Campaign Status": read_status,
        "Special Ad Category": read_category,
        "Ad Set Run Status": read_status,
        "Ad Set Daily Budget": money,
        "Ad Set Lifetime Budget": money,
        "Ad Set Time Start": read_moment,
        "Ad Set Time Stop": read_moment,
        "Optimization Goal": read_goal,
        "Billing Event": read_billing,
        "Bid Amount": money,
        "Countries": read_country,
        "Cities": partial(read_places, kind="city", names=names),
        "Districts": partial(read_places, kind="district", names=names),
        "Stations": partial(read_places, kind="station", names=names),
        "Within Km": partial(read_km, decimal_comma=decimal_comma),
        "Addresses": read_points,
        "Gender": read_gender,
        "Age Min": read_age,
        "Age Max": read_age,
        "Flexible Inclusions": partial(read_inclusions, names=names),
        "Flexible Exclusions": partial(read_exclusions, names=names),
        "Frequency Cap": read_cap,
        "Hours": read_hours,
    }


def _draft(campaign: str, name: str, group: _Gathered, misnamed: Mapping[str, Problem]) -> Draft:
    """The ad set of what its rows say; a field that cannot be read takes its usual value.

    ``misnamed``: columns whose name in the header is wrong, with that problem.
    """
    said = {column: value for column, (value, _, _) in group.values.items()}
    cities, districts, stations = (said.get(c, Named()) for c in ("Cities", "Districts", "Stations"))
    usual = Audience()
    audience = Audience(
        age_min=said.get("Age Min", usual.age_min),
        age_max=said.get("Age Max", usual.age_max),
        gender=said.get("Gender", usual.gender),
        cities=cities.wanted,
        cities_not=cities.barred,
        districts=districts.wanted,
        districts_not=districts.barred,
        stations=stations.wanted,
        stations_not=stations.barred,
        within_km=said.get("Within Km", usual.within_km),
        points=said.get("Addresses", ()),
        inclusions=said.get("Flexible Inclusions", ()),
        exclusions=said.get("Flexible Exclusions", ()),
    )
    ad_set = AdSet(
        campaign=campaign,
        name=name,
        goal=said.get("Optimization Goal", ""),
        audience=audience,
        daily_budget_cents=said.get("Ad Set Daily Budget"),
        lifetime_budget_cents=said.get("Ad Set Lifetime Budget"),
        start=said.get("Ad Set Time Start"),
        stop=said.get("Ad Set Time Stop"),
        bid_cents=said.get("Bid Amount"),
        frequency_cap=said.get("Frequency Cap"),
        hours=said.get("Hours", ALL_DAY),
        special_category=said.get("Special Ad Category", ""),
        ads=tuple(group.ads),
        active=said.get("Ad Set Run Status", True),
        campaign_active=said.get("Campaign Status", True),
        line=group.line,
    )
    cells = {column: (cell, line) for column, (_, cell, line) in group.values.items()}
    why = (*misnamed.values(), *group.why)
    return Draft(ad_set, cells, frozenset(group.broken) | misnamed.keys(), group.lost_ad, why)
