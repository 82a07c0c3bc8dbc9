"""What was done, read from the log: of everything, of one thing, or by one person.

Three statements and at most one a kind of row that is spoken of, however much the log holds:
the data's version; the commands; the first changes of each; then what facts and terms stood
before, and names.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Engine,
    Select,
    and_,
    func,
    literal,
    or_,
    select,
    true,
)

from data.company.commands.erasing import ERASE
from data.company.queries import Company, company
from data.core.as_of import table
from data.core.database import snapshot, version_seen
from data.history.changes import told
from data.history.views import ChangeView, DoneView, HistoryView, Subject

SHOWN = 50
CHANGES_SHOWN = 12
"""How many rows of one command are told; an import writes thousands."""

LONGEST_LOG = 100_000
BATCH = 5_000
"""How many changes the whole log tells at most, and reads at a time."""

FOR_GOOD = ("introduce", "admit", ERASE)
"""What adds the person who does it or erases one, and is no change to take back."""

STEPS = ("show item", "pause check-in", "resume check-in")
"""What moves a check-in on: its minutes tell of it, and the list of who asks for it by name."""

_command, _change, _person = table("command"), table("change"), table("person")

HANGS_ON: Mapping[str, tuple[str, ...]] = {
    "kpi": ("kpi_terms", "reading", "action", "decision", "annotation", "verdict", "pin"),
    "key_result": (
        *("key_result_terms", "check_in", "milestone", "target_step"),
        *("key_result_score", "action"),
    ),
    "objective": (
        *("objective_terms", "alignment", "guardrail", "key_result"),
        *("learning", "action"),
    ),
    "team": (),
    "person": ("membership",),
    "cycle": (),
}
"""The tables of what belongs to a thing; they name it in a column that is called after it."""


@dataclass(frozen=True, slots=True)
class Asked:
    """Which part of the log is asked for; what is None does not matter.

    `text` is part of a thing's name; `mine` is somebody's key, who asks what they may take back;
    `as_of` is the day at whose end one looks, `since` and `until` narrow to days.
    """

    subject: Subject | None = None
    key: int | None = None
    text: str = ""
    who: str | None = None
    mine: int | None = None
    name: str | None = None
    since: date | None = None
    until: date | None = None
    as_of: date | None = None
    shown: int = SHOWN


@lru_cache(maxsize=32)
def history(engine: Engine, version: int, asked: Asked) -> HistoryView:
    """Read what was done, the latest first, at a version of the data."""
    here = company(engine, version)
    with snapshot(engine) as connection:
        base_version = version_seen(connection)
        query = (
            select(_command.c.id, *_head(here, asked))
            .outerjoin(_person, _person.c.id == _command.c.person_id)
            .where(*_wanted(here, asked))
            .order_by(_command.c.id.desc())
        )
        commands = connection.execute(query.limit(asked.shown + 1)).all()
        shown = commands[: asked.shown]
        rows = _first_changes(connection, asked, [row.id for row in shown])
        changes = told(connection, rows, here.zone)
    wrote = _by_command(rows)
    done = tuple(
        _done(row, changes.get(row.id, ()), of, more=of[0].count - len(of) if of else 0)
        for row in shown
        for of in [wrote.get(row.id, [])]
    )
    return HistoryView(base_version, done, len(commands) > asked.shown)


def whole_log(engine: Engine, version: int, asked: Asked) -> Iterator[DoneView]:
    """Read every change asked for, up to `LONGEST_LOG`, a batch at a time.

    A command that is longer than a batch comes in parts.
    """
    here = company(engine, version)
    with snapshot(engine) as connection:
        query = _log(here, asked).limit(LONGEST_LOG).execution_options(yield_per=BATCH)
        for rows in connection.execute(query).partitions():
            changes = told(connection, rows, here.zone)
            wrote = _by_command(rows)
            yield from (_done(of[0], changes.get(key, ()), of) for key, of in wrote.items())


@lru_cache(maxsize=8)
def doers(engine: Engine, version: int) -> tuple[str, ...]:
    """Name all who ever did something, those no longer here too."""
    did = select(_command.c.id).where(_command.c.person_id == _person.c.id).exists()
    with snapshot(engine) as connection:
        names = connection.execute(select(_person.c.name).where(did)).scalars()
        return tuple(sorted(set(names), key=str.casefold))


def _by_command(rows: Sequence[Any]) -> Mapping[int, list[Any]]:
    grouped: dict[int, list[Any]] = {}
    for row in rows:
        grouped.setdefault(row.command_id, []).append(row)
    return grouped


def _done(
    row: Any, changes: tuple[ChangeView, ...], rows: Sequence[Any], more: int = 0
) -> DoneView:
    return DoneView(
        command_id=row.command_id,
        name=row.name,
        who=row.who,
        at=row.at,
        why=_why(row, changes, rows),
        changes=changes,
        more=more,
        taken_back=row.taken_back,
        rows=len(rows) + more,
    )


def _why(row: Any, changes: Sequence[ChangeView], rows: Sequence[Any]) -> str:
    """Give the words said with a command: the reason of a decision, or a new note.

    A file says many things at once, and none of them of the whole.
    """
    if row.name == "import" or row.undoes_id is not None:
        return ""
    reasons = (str(each.after["reason"]) for each in rows if each.entity == "decision")
    notes = (str(each.after) for each in changes if each.field == "note" and each.after)
    return next((text for text in (*reasons, *notes) if text), "")


def _head(here: Company, asked: Asked) -> list[ColumnElement[Any]]:
    """Give what is told of a command itself."""
    undoing = _command.alias()
    taken_back = select(undoing.c.id).where(
        undoing.c.undoes_id == _command.c.id, _known(here, asked, undoing.c.at)
    )
    return [
        _command.c.id.label("command_id"),
        _command.c.name,
        _command.c.at,
        _command.c.undoes_id,
        _person.c.name.label("who"),
        taken_back.correlate(_command).exists().label("taken_back"),
    ]


def _first_changes(
    connection: Connection, asked: Asked, command_ids: Sequence[int]
) -> Sequence[Any]:
    """Give the first changes of each command that are asked for, with the count of all such."""
    own = _change.c.command_id
    numbered = (
        select(
            *_change.c,
            func.row_number().over(partition_by=own, order_by=_change.c.id).label("number"),
            func.count().over(partition_by=own).label("count"),
        )
        .where(_change.c.command_id.in_(command_ids), _about(asked))
        .subquery()
    )
    first = select(numbered).where(numbered.c.number <= CHANGES_SHOWN).order_by(numbered.c.id)
    return connection.execute(first).all()


def _log(here: Company, asked: Asked) -> Select[Any]:
    """Ask for the changes, the latest command first."""
    return (
        select(
            _change.c.id,
            *(_change.c[name] for name in ("entity", "entity_id", "before", "after")),
            *_head(here, asked),
        )
        .join(_command, _command.c.id == _change.c.command_id)
        .outerjoin(_person, _person.c.id == _command.c.person_id)
        .where(*_wanted(here, asked), _about(asked))
        .order_by(_change.c.command_id.desc(), _change.c.id)
    )


def _wanted(here: Company, asked: Asked) -> list[ColumnElement[bool]]:
    conditions = [_known(here, asked, _command.c.at)]
    if asked.who is not None:
        conditions.append(_person.c.name == asked.who)
    if asked.mine is not None:
        conditions += [_command.c.person_id == asked.mine, *_stands()]
    if asked.name is not None:
        conditions.append(_command.c.name == asked.name)
    else:
        conditions.append(_command.c.name.not_in(STEPS))
    if asked.since is not None:
        conditions.append(_command.c.at >= _start_of(here, asked.since))
    if asked.until is not None:
        conditions.append(_command.c.at < here.end_of(asked.until))
    if asked.subject is not None or asked.text:
        conditions.append(_command.c.id.in_(select(_change.c.command_id).where(_about(asked))))
    return conditions


def _stands() -> list[ColumnElement[bool]]:
    """Pick what can be taken back: what was not, takes nothing back and adds nobody."""
    undoing = _command.alias()
    undone = select(undoing.c.id).where(undoing.c.undoes_id == _command.c.id)
    return [
        _command.c.undoes_id.is_(None),
        _command.c.name.not_in(FOR_GOOD),
        ~undone.correlate(_command).exists(),
    ]


def _known(here: Company, asked: Asked, at: ColumnElement[datetime]) -> ColumnElement[bool]:
    return true() if asked.as_of is None else at < here.end_of(asked.as_of)


def _start_of(here: Company, day: date) -> datetime:
    return here.end_of(max(day, date(2, 1, 1)) - timedelta(days=1))


def _about(asked: Asked) -> ColumnElement[bool]:
    """Pick the changes of the thing asked for, or of all whose name holds a text."""
    if asked.subject is not None and asked.key is not None:
        return _of(asked.subject.replace(" ", "_"), select(literal(asked.key)))
    if not asked.text:
        return true()
    return or_(
        *(
            _of(kind, select(rows.c.id).where(rows.c.name.icontains(asked.text, autoescape=True)))
            for kind, rows in ((kind, table(kind)) for kind in HANGS_ON)
        )
    )


def _of(entity: str, keys: Select[Any]) -> ColumnElement[bool]:
    """Pick the changes of things and of what belongs to them."""
    parts = [and_(_change.c.entity == entity, _change.c.entity_id.in_(keys))]
    for name in HANGS_ON[entity]:
        rows = table(name)
        hanging = select(rows.c.id).where(rows.c[f"{entity}_id"].in_(keys))
        parts.append(and_(_change.c.entity == name, _change.c.entity_id.in_(hanging)))
    return or_(*parts)
