"""The database as rows of the exchange format, in an order that does not change."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
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
from data.exchange.tables import FILES, WHOLES, Tables, part_of
from data.kpis.fields import RangeRow
from data.kpis.queries.ranges import ranges_ahead
from data.meetings.fields import MeetingItemRow
from data.names.scopes import Names, unmistakable
from models import Action, Base, Fact, MeetingItem, Team

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
        self.made: dict[type[Row], Callable[[], Iterator[Row]]] = {
            PersonRow: self._people,
            ActionRow: self._actions,
            RangeRow: self._ranges,
            MeetingItemRow: self._meeting_items,
        }
        # The same few things have thousands of readings.
        self.place, self.named = cache(self._place), cache(self._named)

    def rows(self, file: str) -> Iterator[Row]:
        """Give the rows of a file."""
        row_class = FILES[file]
        if row_class in self.made:
            yield from self.made[row_class]()
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
                    said = map(called, tied[column.name][row.id])
                    # Who was there has no order of its own.
                    cells[column.name] = tuple(sorted(said) if column.name == "present" else said)
                else:
                    kept = held if column.table is terms else row
                    cells[column.name] = called(getattr(kept, column.stored))
            yield row_class(**cells)

    def _live(self, things: Table) -> Iterator[Any]:
        """Give the rows that stand; one is gone with the KPI, team or objective that it is of."""
        query = select(things).order_by(*things.primary_key.columns)
        if "withdrawn_at" in things.c:
            query = query.where(things.c.withdrawn_at.is_(None))
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
        live = self.live.get(name_of(ties.table))
        for row in self._live(table_of(ties.table)) if live is None else live.values():
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
        for row in self.live["action"].values():
            about = {kind: key for kind in WHOLES if (key := getattr(row, f"{kind}_id"))}
            if all(key in self.live[kind] for kind, key in about.items()):
                yield ActionRow(
                    **plain_cells(ActionRow, Action, row), **self._about(ActionRow, row)
                )

    def _meeting_items(self) -> Iterator[MeetingItemRow]:
        """Give the items of check-ins; what they were about and is gone is left blank."""
        for row in self.live["meeting_item"].values():
            meeting = self.live["meeting"][row.meeting_id]
            cells = plain_cells(MeetingItemRow, MeetingItem, row)
            cells |= self._about(MeetingItemRow, row, team_id=meeting.team_id)
            if action := self.live["action"].get(row.action_id):
                cells |= {"action": action.what, "agreed_on": action.agreed_on}
            yield MeetingItemRow(**cells, started_at=meeting.started_at)

    def _about(self, row_class: type[Row], row: Any, **more: Any) -> dict[str, Any]:
        """Give the cells that name what a row is about, and whose it is."""
        about = (kind for kind in ("key_result", "objective") if getattr(row, f"{kind}_id"))
        within = next((kind for kind in about if getattr(row, f"{kind}_id") in self.live[kind]), "")
        above = self.place(within, getattr(row, f"{within}_id")) if within else {}
        place = {**row._mapping, **above, "kpi_id": row.kpi_id, **more}
        return {
            each.name: self._called(each, place, place.get(each.stored))
            for each in columns(row_class)
            if each.is_link and each.declared.names != "action"
        }

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
