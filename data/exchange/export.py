"""The database as rows of the exchange format, in an order that does not change."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import cache, partial
from typing import Any

from sqlalchemy import Connection, Table, select

from data.actions.fields import ActionRow
from data.company.fields import PersonRow
from data.core.as_of import oldest_first, table, table_of
from data.core.database import now, time_zone
from data.core.fact_store import fact_key
from data.core.fields import Column, Row, columns, name_of, plain_cells
from data.core.postgresql import take_time
from data.core.terms import terms_of
from data.core.ties import Ties, ties_of
from data.exchange.export_meetings import meeting_item_rows, meeting_rows
from data.exchange.tables import FILES, WHOLES, Tables, part_of
from data.kpis.fields import RangeRow
from data.kpis.queries.ranges import ranges_ahead
from data.meetings.fields import MeetingItemRow, MeetingRow
from data.names.scopes import Names, unmistakable
from models import Action, Base, Fact, Team

SCOPES = {"kpi": ("team_id",), "objective": ("team_id", "cycle_id")}
"""What is called otherwise elsewhere, by what of a place tells how."""

Place = Mapping[str, Any]
"""What a thing and those that it is part of keep, and their keys."""


def export_tables(connection: Connection, *, facts: bool = True) -> Tables:
    """Give everything that stands: corrections with what they corrected, withdrawals not.

    Things come in the order in which they were first brought in, teams from the top down. Without
    `facts` it leaves out readings and check-ins, which may be many.
    """
    take_time(connection)
    export, tables = _Export(connection), Tables()
    for name, row_class in FILES.items():
        if facts or row_class is RangeRow or not issubclass(row_class.TABLE, Fact):
            setattr(tables, name, list(export.rows(name)))
    return tables


class _Export:
    """All live rows by table and key, and the names they go by."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection
        self.today = now().astimezone(time_zone(connection)).date()
        self.live: dict[str, dict[int, Any]] = {}
        # Sorted: what others hang on comes before them.
        for each in Base.metadata.sorted_tables:
            if "withdrawn_at" in each.c:
                self.live[each.name] = {row.id: row for row in self._live(each)}
        self.names = Names.of(
            self.live["team"].values(),
            cycles=self.live["cycle"].values(),
            kpis=self.live["kpi"].values(),
            objectives=self.live["objective"].values(),
        )
        # The same few things have thousands of readings.
        self.place, self.named = cache(self._place), cache(self._named)

    def rows(self, file: str) -> Iterator[Row]:
        """Give the rows of a file."""
        row_class = FILES[file]
        if row_class is PersonRow:
            yield from self._people()
            return
        if row_class is ActionRow:
            yield from self._actions()
            return
        if row_class is RangeRow:
            yield from self._ranges()
            return
        if row_class is MeetingRow:
            yield from meeting_rows(self.connection, self.live)
            return
        if row_class is MeetingItemRow:
            yield from meeting_item_rows(self.live, self.names)
            return
        own, terms = table_of(row_class.TABLE), terms_of(row_class)
        agreed = self._in_force(table_of(terms)) if terms else {}
        links = [each for each in columns(row_class) if each.is_link and not each.is_name]
        lists = {each.name: ties_of(row_class, each.name) for each in links if each.kind is tuple}
        tied = {name: self._tied(ties) for name, ties in lists.items()}
        whole = part_of(own)
        for row in self._standing(row_class):
            of = (whole, getattr(row, f"{whole}_id")) if whole else (own.name, row.id)
            held = agreed.get(row.id)
            cells = plain_cells(row_class, row_class.TABLE, row) | self.named(file, *of)
            if terms:
                cells |= plain_cells(row_class, terms, held)
            for column in links:
                called = partial(self._called, column, self.place(*of))
                if column.name in tied:
                    cells[column.name] = tuple(map(called, tied[column.name][row.id]))
                else:
                    kept = held if column.table is terms else row
                    cells[column.name] = called(getattr(kept, column.stored))
            yield row_class(**cells)

    def _live(self, things: Table) -> Iterator[Any]:
        """Give the rows that stand; one is gone with the KPI, team or objective that it is of."""
        query = select(things).where(things.c.withdrawn_at.is_(None)).order_by(things.c.id)
        links = [
            (key.parent.name, self.live[key.column.table.name])
            for key in things.foreign_keys
            if not key.parent.nullable and key.column.table.name in self.live
        ]
        for row in self.connection.execute(query):
            if all(getattr(row, name) in there for name, there in links):
                yield row

    def _standing(self, row_class: type[Row]) -> Iterable[Any]:
        if row_class.TABLE is Team:
            return self._teams(None)
        if issubclass(row_class.TABLE, Fact):
            return self._facts(row_class.TABLE)
        return self.live[name_of(row_class.TABLE)].values()

    def _teams(self, parent: int | None) -> Iterator[Any]:
        below = (row for row in self.live["team"].values() if row.parent_id == parent)
        for row in sorted(below, key=lambda row: str(row.name)):
            yield row
            yield from self._teams(row.id)

    def _facts(self, fact: type[Fact]) -> Iterator[Any]:
        """Give a fact's rows, oldest first, without what was taken back."""
        facts, (owner, moment) = table_of(fact), fact_key(fact)
        order = (facts.c[owner], facts.c[moment], *oldest_first(facts.c))
        withdrawals = select(facts.c.withdraws_id).where(facts.c.withdraws_id.is_not(None))
        standing = (facts.c.withdraws_id.is_(None), facts.c.id.not_in(withdrawals))
        for row in self.connection.execute(select(facts).where(*standing).order_by(*order)):
            if getattr(row, owner) in self.live[owner.removesuffix("_id")]:
                yield row

    def _in_force(self, terms: Table) -> dict[int, Any]:
        owner = terms.name.replace("_terms", "_id")
        # Those that are to hold from a later day on come first: what holds today counts.
        query = select(terms).order_by(terms.c.valid_from <= self.today, *oldest_first(terms.c))
        return {getattr(row, owner): row for row in self.connection.execute(query)}

    def _tied(self, ties: Ties) -> Mapping[int, list[int]]:
        """Give the keys of what things are tied to, by the thing."""
        tied: Mapping[int, list[int]] = defaultdict(list)
        for row in self.live[name_of(ties.table)].values():
            tied[getattr(row, ties.owner)].append(getattr(row, ties.other))
        return tied

    def _people(self) -> Iterator[PersonRow]:
        roles: dict[int, dict[int, Any]] = defaultdict(dict)
        memberships = table("membership")
        query = select(memberships).order_by(*oldest_first(memberships.c))
        for row in self.connection.execute(query):
            roles[row.person_id][row.team_id] = row.role
        for person in self.live["person"].values():
            held = [
                (self.live["team"][team_id].name, role)
                for team_id, role in roles[person.id].items()
                if role and team_id in self.live["team"]
            ]
            for team, role in held or [("", None)]:
                yield PersonRow(person=person.name, email=person.email, team=team, role=role)

    def _actions(self) -> Iterator[ActionRow]:
        """Give the actions but for those that are about what is gone."""
        links = [each for each in columns(ActionRow) if each.is_link]
        for row in self.live["action"].values():
            about = {kind: key for kind in WHOLES if (key := getattr(row, f"{kind}_id"))}
            if all(key in self.live[kind] for kind, key in about.items()):
                within = next((kind for kind in about if kind != "kpi"), "")
                place = self.place(within, about[within]) if within else {}
                place = {**row._mapping, **place, "kpi_id": row.kpi_id}
                cells = plain_cells(ActionRow, Action, row)
                for each in links:
                    cells[each.name] = self._called(each, place, place.get(each.stored))
                yield ActionRow(**cells)

    def _ranges(self) -> Iterator[RangeRow]:
        """Give the ranges that are to hold from a later day on."""
        for step in ranges_ahead(self.connection, self.live["kpi"], self.today):
            of = self.named("ranges", "kpi", step.kpi_id)
            yield RangeRow(
                team=of["team"],
                kpi=of["kpi"],
                starts_on=step.starts_on,
                low=step.low,
                high=step.high,
            )

    def _place(self, kind: str, key: int) -> Place:
        row, of = self.live[kind][key], part_of(table(kind))
        above = self.place(of, getattr(row, f"{of}_id")) if of else {}
        return {**above, **row._mapping, f"{kind}_id": key}

    def _named(self, file: str, kind: str, key: int) -> dict[str, str]:
        """Give the cells that name what a row is part of."""
        place = self.place(kind, key)
        return {
            each.name: self._called(each, place, place[each.stored])
            for each in columns(FILES[file])
            if each.is_link and each.is_name
        }

    def _called(self, column: Column, place: Place, key: int | None) -> str:
        """Give the name by which a row finds a thing, empty where it is none or gone."""
        kind = column.declared.names
        if key is None or (thing := self.live[kind].get(key)) is None:
            return ""
        if column.is_name or kind not in SCOPES:
            return str(thing.name)
        scope = [place[name] for name in SCOPES[kind]]
        team = self.live["team"][thing.team_id].name
        find = getattr(self.names, kind)
        return unmistakable(thing.name, thing.id, team, lambda text: find(text, *scope))
