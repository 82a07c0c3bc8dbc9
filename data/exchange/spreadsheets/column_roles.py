"""What each column of a table holds, by its heading's words and by what stands in it."""

from collections import Counter
from collections.abc import Callable, Sequence
from functools import partial

from data.core.look_alikes import look
from data.exchange.spreadsheets.grid import Cell, CellKind
from data.exchange.spreadsheets.headings import Scenario, role_of, scenario_of
from data.exchange.spreadsheets.layout import (
    Layout,
    are_numbers,
    is_number,
    is_unnamed,
    numbers_without_role,
)
from data.exchange.spreadsheets.mapping import ColumnMapping, Known, Role
from data.exchange.spreadsheets.period_labels import label_either_way, year_of
from data.exchange.spreadsheets.range_text import is_range
from data.exchange.spreadsheets.units import is_unit
from data.exchange.spreadsheets.words import folded, words

BESIDE = (
    Role.KPI,
    Role.TEAM,
    Role.UNIT,
    Role.SCENARIO,
    Role.OWNER,
    Role.BETTER,
    Role.TARGET,
    Role.LOW,
    Role.HIGH,
)
"""What columns beside periods across may be; of values in a column, NOTE as well."""


NUMERIC = (Role.VALUE, Role.LOW, Role.HIGH)
"""What a column of numbers alone is."""


def columns_of(layout: Layout, known: Known) -> tuple[ColumnMapping, ...]:
    """Propose what the columns of a table hold."""
    read = _long
    if layout.period_at is None:
        read = _wide if any(heading.period for heading in layout.headings) else _of_one_period
    roles = read(layout, known)
    return tuple(
        ColumnMapping(heading.text, role, heading.period if layout.period_at is None else "")
        for heading, role in zip(layout.headings, roles, strict=True)
    )


def role_beside(rest: str) -> Role:
    """Give what a column of a period holds, by what its heading says beside the period."""
    role = role_of(rest, exact=True) if rest else Role.VALUE
    return role if role in (Role.VALUE, Role.TARGET) else Role.LEAVE_OUT


def usual_cadence(periods: Sequence[str]) -> str:
    """Give which kind of period most are; what is of another is a sum of some."""
    labels = filter(None, (label_either_way(each) for each in periods if each))
    counts = Counter(label.cadence for label in labels)
    return max(counts, key=lambda cadence: counts[cadence], default="")


def _wide(layout: Layout, known: Known) -> list[Role]:
    cadence = usual_cadence([heading.period for heading in layout.headings])
    roles: list[Role | None] = []
    for at, heading in enumerate(layout.headings):
        label = label_either_way(heading.period) if heading.period else None
        if label is None:
            roles.append(_of_words(layout, at, BESIDE))
        else:
            roles.append(role_beside(heading.rest) if label.cadence == cadence else Role.LEAVE_OUT)
    if layout.kpi_at is not None:
        roles[layout.kpi_at] = Role.KPI
    for at in _years_beside(layout):
        roles[at] = Role.PERIOD
    return _settled(layout, roles, known)


def _years_beside(layout: Layout) -> list[int]:
    """Give the column of the years to which periods across belong, where these have none."""
    periods = [heading.period for heading in layout.headings if heading.period]
    labels = [label for each in periods if (label := label_either_way(each))]
    if any(label.year is not None for label in labels):
        return []
    places = [at for at, heading in enumerate(layout.headings) if not heading.period]
    return [at for at in places if _are_years(_cells(layout, at))][:1]


def _are_years(cells: Sequence[Cell]) -> bool:
    """Tell whether a column holds years, but for a few other cells: sums and notes."""
    filled = [cell for cell in cells if cell.text]
    years = [cell for cell in filled if year_of(cell.text) is not None]
    return bool(years) and len(years) * 2 > len(filled)


def _long(layout: Layout, known: Known) -> list[Role]:
    places = range(len(layout.headings))
    roles = [_of_words(layout, at, (*BESIDE, Role.NOTE, Role.VALUE)) for at in places]
    main = layout.period_at or 0
    for at in places:
        if at == main or (is_unnamed(layout.headings[at].text) and _adds_to(layout, at, main)):
            roles[at] = Role.PERIOD
    if not _has_numbers(layout, roles, Role.VALUE):
        numbers = list(numbers_without_role(layout, layout.body))
        # A heading that only holds a word for something else is a KPI's name: On-time delivery.
        unknown = [at for at in numbers if roles[at] is None] or numbers
        is_told = Role.TEAM in roles or roles.count(Role.PERIOD) > 1
        several = is_told and not any(role is Role.KPI for role in roles)
        for at in unknown if several else _most_telling(layout, unknown):
            roles[at] = Role.VALUE
    return _settled(layout, roles, known)


def _of_one_period(layout: Layout, known: Known) -> list[Role]:
    places = range(len(layout.headings))
    roles = [_of_words(layout, at, (*BESIDE, Role.NOTE, Role.VALUE)) for at in places]
    return _settled(layout, roles, known)


def _has_numbers(layout: Layout, roles: Sequence[Role | None], role: Role) -> bool:
    return any(each is role and are_numbers(_cells(layout, at)) for at, each in enumerate(roles))


def _adds_to(layout: Layout, at: int, main: int) -> bool:
    """Tell whether a column has the year, or the number in it, of what the main one has."""
    text = next((row[main].text for row in layout.body if row[main].text), "")
    label = label_either_way(text)
    if label is not None and label.year is not None:
        return False
    return are_numbers(_cells(layout, at)) or label is None


def _of_words(layout: Layout, at: int, possible: Sequence[Role]) -> Role | None:
    """Give what a heading says, where what stands below does not deny it."""
    heading = layout.headings[at].text
    role = role_of(heading)
    if role is None or role is Role.LEAVE_OUT:
        return role
    if role not in possible:
        return Role.LEAVE_OUT
    cells = [cell for cell in _cells(layout, at) if cell.text]
    numeric = are_numbers(cells)
    # A name may be as short as what stands for no number.
    are_none_names = sum(map(is_number, cells)) * 2 > len(cells)
    if role in (Role.KPI, Role.TEAM, Role.OWNER) and are_none_names:
        return Role.LEAVE_OUT
    if cells and (role is Role.UNIT) == numeric and role in (Role.UNIT, *NUMERIC):
        return None
    return role


def _settled(layout: Layout, roles: list[Role | None], known: Known) -> list[Role]:
    """Give those that no word told a role by what stands in them; each but once."""
    for at, heading in enumerate(layout.headings):
        if at != layout.period_at and not heading.period and _tell_scenarios(_cells(layout, at)):
            roles[at] = Role.SCENARIO
    for at, role in enumerate(roles):
        if role is None:
            roles[at] = _of_content(_cells(layout, at), known)
    _name_kpis(layout, roles)
    for role in (*BESIDE, Role.NOTE):
        places = [at for at, each in enumerate(roles) if each is role]
        places = [at for at in places if not layout.headings[at].period or role is not Role.TARGET]
        for at in places[1:]:
            roles[at] = Role.LEAVE_OUT
    return [role or Role.LEAVE_OUT for role in roles]


def _of_content(cells: Sequence[Cell], known: Known) -> Role | None:
    filled = [cell for cell in cells if cell.text]
    tests: tuple[tuple[Role, Callable[[Cell], bool]], ...] = (
        (Role.UNIT, lambda cell: is_unit(cell.text)),
        (Role.TARGET, is_range),
        (Role.BETTER, _says_better),
        (Role.OWNER, partial(_is_among, known.people)),
        (Role.TEAM, partial(_is_among, known.teams)),
    )
    for role, test in tests:
        if filled and sum(map(test, filled)) * 2 > len(filled):
            return role
    return None


def _tell_scenarios(cells: Sequence[Cell]) -> bool:
    """Tell whether a column says of each row whether it is of actual values, targets or others."""
    said = [scenario_of(cell.text) for cell in cells if cell.text and not is_number(cell)]
    told = [each for each in said if each]
    return len(told) * 2 > len(said) and len(set(told)) > 1 and Scenario.ACTUAL in told


def _name_kpis(layout: Layout, roles: list[Role | None]) -> None:
    """Find the column of the KPIs' names: of those that say so, or of texts, the most diverse."""
    said = [at for at, role in enumerate(roles) if role is Role.KPI]
    is_long = layout.period_at is not None
    if not said:
        said = [at for at, role in enumerate(roles) if role is None and _are_texts(layout, at)]
        if is_long:
            said = [at for at in said if _repeats_with_periods(layout, at)]
    if not said:
        return
    chosen = max(said, key=lambda at: (len({cell.text for cell in _cells(layout, at)}), -at))
    for at in said:
        roles[at] = Role.KPI if at == chosen else roles[at] and Role.LEAVE_OUT


def _are_texts(layout: Layout, at: int) -> bool:
    filled = [cell for cell in _cells(layout, at) if cell.text]
    texts = [cell for cell in filled if cell.kind == CellKind.TEXT and not is_number(cell)]
    return bool(texts) and len(texts) * 2 > len(filled)


def _repeats_with_periods(layout: Layout, at: int) -> bool:
    """Tell whether names and periods together tell the rows apart, and periods alone do not."""
    period = layout.period_at or 0
    rows = [row for row in layout.body if row[period].text and row[at].text]
    pairs = {(row[period].text, row[at].text) for row in rows}
    return len(pairs) == len(rows) > len({row[period].text for row in rows})


def _most_telling(layout: Layout, places: Sequence[int]) -> list[int]:
    """Choose the column with the most different numbers: a target repeats, a value does not."""
    count = {at: len({cell.text for cell in _cells(layout, at)}) for at in places}
    return [max(places, key=lambda at: (count[at], at))] if places else []


def _cells(layout: Layout, at: int) -> list[Cell]:
    return [row[at] for row in layout.body]


def _says_better(cell: Cell) -> bool:
    return any(folded(cell.text) in said for said in words().better_said.values())


def _is_among(names: Sequence[str], cell: Cell) -> bool:
    return look(cell.text) in names
