"""One spelling for names that look alike: what is here already has its own, else the first one."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from operator import attrgetter
from typing import Any

from sqlalchemy import Connection, Engine, select

from data.core.as_of import table_of
from data.core.database import snapshot
from data.core.fields import Column, Row, columns, name_of
from data.core.look_alikes import look
from data.core.problems import Problem, Problems, shown
from data.exchange.readings_columns import ReadingColumns
from data.exchange.tables import FILES, Tables
from data.exchange.unknown_names import Looks
from data.names.expressions import NAME
from data.names.scopes import TEAM_SIGN
from models import Alias, Cycle, Entity, KeyResult, Kpi, Objective, Person, Team

_ENTITIES: tuple[type[Entity], ...] = (Team, Person, Cycle, Kpi, Objective, KeyResult)


_TWO_THINGS = "give one of them another name if they are two things"


@dataclass(slots=True)
class Spellings:
    """How the things of one kind are spelled, and which of them look like a name."""

    exact: set[str] = field(default_factory=set)
    by_look: dict[str, str] = field(default_factory=dict)


def spellings(connection: Connection) -> Mapping[str, Spellings]:
    """Give how what is here is spelled, by its kind."""
    return {name_of(entity): _spellings(connection, entity) for entity in _ENTITIES}


def looks_here(engine: Engine) -> Looks:
    """Give how the names of what is here look, by its kind."""
    with snapshot(engine) as connection:
        return {kind: each.by_look.keys() for kind, each in spellings(connection).items()}


def _spellings(connection: Connection, entity: type[Entity]) -> Spellings:
    """Note the names of what is here, today's before former ones."""
    things, former = table_of(entity).c, table_of(Alias).c
    names = [select(things.name).where(things.withdrawn_at.is_(None))]
    ours = (former.entity == name_of(entity), former.withdrawn_at.is_(None))
    names += [select(former.name).where(*ours)]
    found = Spellings()
    for name in (name for query in names for (name,) in connection.execute(query)):
        found.exact.add(name)
        found.by_look.setdefault(look(name), name)
    return found


def with_one_spelling(
    connection: Connection, tables: Tables, label: Callable[[str], str]
) -> tuple[Tables, list[Problem]]:
    """Give the rows with names as they are spelled here, and say which of them only looked so."""
    spelled_here = spellings(connection)
    changed: dict[str, Sequence[Row]] = {}
    said, known = Problems(), set[tuple[str, str]]()
    for file, rows in tables.items():
        for column in columns(FILES[file]):
            spell = _speller(column, spelled_here)
            anew = _respelled(changed.get(file, rows), column.name, spell) if spell else {}
            if anew:
                changed[file] = _with(changed.get(file, rows), column.name, anew)
                for text, (line, now) in anew.items():
                    is_new = (str(text), str(now)) not in known
                    known.add((str(text), str(now)))
                    if is_new and said.note(label(file)):
                        said.append(_remark(label(file), line, text, now))
    spelled = replace(tables)
    for file, rows in changed.items():
        setattr(spelled, file, rows)
    return spelled, said.told()


def _speller(column: Column, spelled: Mapping[str, Spellings]) -> Callable[[Any], Any] | None:
    """Return what spells the cells of a column, None where they name nothing."""
    if column.name == "driven_by":
        return lambda text: NAME.sub(lambda name: _in_brackets(name, spelled), text)
    kind = column.declared.names
    if kind not in spelled:
        return None
    if column.kind is tuple:
        return lambda texts: tuple(_named(text, kind, spelled) for text in texts)
    return lambda text: _named(text, kind, spelled)


def _in_brackets(name: re.Match[str], spelled: Mapping[str, Spellings]) -> str:
    """Spell the name of a KPI in an expression, and leave the spaces around it."""
    text = name[1].strip()
    return name[0].replace(text, _named(text, "kpi", spelled))


def _named(text: str, kind: str, spelled: Mapping[str, Spellings]) -> str:
    known = spelled[kind]
    if not text or text.strip() in known.exact:
        return text
    seen = look(text)
    team, sign, name = seen.partition(TEAM_SIGN)
    teams = spelled["team"].by_look
    if sign and seen not in known.by_look and team in teams and name in known.by_look:
        return f"{teams[team]}{TEAM_SIGN}{known.by_look[name]}"
    return known.by_look.setdefault(seen, text)


def _respelled(
    rows: Sequence[Row], name: str, spell: Callable[[Any], Any]
) -> dict[Any, tuple[int, Any]]:
    """Give the cells of a column that are spelled otherwise, each with its first line."""
    cells = rows.cells(name) if isinstance(rows, ReadingColumns) else map(attrgetter(name), rows)
    distinct = dict.fromkeys(cells)
    anew = {cell: spelled for cell in distinct if (spelled := spell(cell)) != cell}
    lines = _first_lines(rows, name) if anew else {}
    return {cell: (lines[cell], spelled) for cell, spelled in anew.items()}


def _first_lines(rows: Sequence[Row], name: str) -> Mapping[Any, int]:
    if isinstance(rows, ReadingColumns):
        return rows.first_lines(name)
    return {getattr(row, name): row.line for row in reversed(rows)}


def _with(rows: Sequence[Row], name: str, anew: dict[Any, tuple[int, Any]]) -> Sequence[Row]:
    """Give the rows with the cells of a column spelled anew."""
    spelled = {cell: now for cell, (_, now) in anew.items()}
    if isinstance(rows, ReadingColumns):
        return rows.respelled(name, spelled)
    return [
        replace(row, **{name: spelled[cell]}) if (cell := getattr(row, name)) in spelled else row
        for row in rows
    ]


def _remark(file: str, line: int, text: Any, spelled: Any) -> Problem:
    before, after = (
        "; ".join(each) if isinstance(each, tuple) else each for each in (text, spelled)
    )
    signs = ", ".join(_signs(before, after)) or "spaces"
    what = f"“{shown(before)}” is taken for “{shown(after)}”, from which only {signs} tells it"
    return Problem(file, line, what, _TWO_THINGS)


def _signs(text: str, other: str) -> Iterator[str]:
    """Name the signs that one of two names alone has."""
    for sign in sorted(set(text) ^ set(other)):
        if not sign.isascii():
            yield f"U+{ord(sign):04X}"
