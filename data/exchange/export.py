"""The database as rows of the exchange format, in an order that does not change."""

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from sqlalchemy import Connection, Table, select

from data.company.fields import CycleRow, PersonRow, TeamRow
from data.core.as_of import oldest_first
from data.core.fields import plain_cells
from data.exchange.tables import Tables
from data.kpis.fields import AnnotationRow, DecisionRow, KpiRow, ReadingRow
from data.names.scopes import Names, unmistakable
from data.okrs.fields import CheckInRow, KeyResultRow, MilestoneRow, ObjectiveRow
from models import (
    Annotation,
    Base,
    CheckIn,
    Cycle,
    Decision,
    KeyResult,
    KeyResultTerms,
    Kpi,
    KpiTerms,
    Milestone,
    Objective,
    ObjectiveTerms,
    Reading,
    Team,
)


def export_tables(connection: Connection) -> Tables:
    """Give everything that stands: corrections with what they corrected, withdrawals not.

    Things come in the order in which they were first brought in, teams from the top down.
    """
    return _Export(connection).tables()


def export_things(connection: Connection) -> Tables:
    """Give all that stands but readings and check-ins, which may be many."""
    return _Export(connection).tables(facts=False)


class _Export:
    """All live rows by table and key, and the names they go by."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection
        self.live: dict[str, dict[int, Any]] = {}
        # Sorted: what others hang on comes before them.
        for table in Base.metadata.sorted_tables:
            if "withdrawn_at" in table.c:
                self.live[table.name] = {row.id: row for row in self._rows(table)}
        self.names = self._names()

    def tables(self, *, facts: bool = True) -> Tables:
        return Tables(
            teams=list(self._teams()),
            people=list(self._people()),
            cycles=list(self._cycles()),
            kpis=list(self._kpis()),
            readings=list(self._readings()) if facts else [],
            objectives=list(self._objectives()),
            key_results=list(self._key_results()),
            milestones=list(self._milestones()),
            check_ins=list(self._check_ins()) if facts else [],
            decisions=list(self._decisions()),
            annotations=list(self._annotations()),
        )

    def _rows(self, table: Table) -> Iterator[Any]:
        """Give the rows that stand; one is gone with the KPI, team or objective that it is of."""
        query = select(table).where(table.c.withdrawn_at.is_(None)).order_by(table.c.id)
        links = [
            (key.parent.name, self.live[key.column.table.name])
            for key in table.foreign_keys
            if not key.parent.nullable and key.column.table.name in self.live
        ]
        for row in self.connection.execute(query):
            if all(getattr(row, name) in there for name, there in links):
                yield row

    def _names(self) -> Names:
        return Names.of(
            self.live["team"].values(),
            cycles=self.live["cycle"].values(),
            kpis=self.live["kpi"].values(),
            objectives=self.live["objective"].values(),
        )

    def _name(self, entity: str, key: int | None) -> str:
        """Give a thing's name, empty where it is none or gone."""
        return self.live[entity][key].name if key in self.live[entity] else ""

    def _in_force(self, terms: str, owner: str) -> dict[int, Any]:
        table = Base.metadata.tables[terms]
        query = select(table).order_by(*oldest_first(table.c))
        return {getattr(row, owner): row for row in self.connection.execute(query)}

    def _teams(self) -> Iterator[TeamRow]:
        below = defaultdict(list)
        for row in self.live["team"].values():
            below[row.parent_id].append(row)

        def walk(parent: int | None) -> Iterator[TeamRow]:
            for row in sorted(below[parent], key=lambda row: str(row.name)):
                above = self._name("team", row.parent_id)
                yield TeamRow(parent=above, **plain_cells(TeamRow, Team, row))
                yield from walk(row.id)

        yield from walk(None)

    def _people(self) -> Iterator[PersonRow]:
        roles: dict[int, dict[int, Any]] = defaultdict(dict)
        table = Base.metadata.tables["membership"]
        query = select(table).order_by(*oldest_first(table.c))
        for row in self.connection.execute(query):
            roles[row.person_id][row.team_id] = row.role
        for person in self.live["person"].values():
            memberships = [
                (self._name("team", team_id), role)
                for team_id, role in roles[person.id].items()
                if role and team_id in self.live["team"]
            ]
            for team, role in memberships or [("", None)]:
                yield PersonRow(person=person.name, email=person.email, team=team, role=role)

    def _cycles(self) -> Iterator[CycleRow]:
        for row in self.live["cycle"].values():
            yield CycleRow(**plain_cells(CycleRow, Cycle, row))

    def _kpis(self) -> Iterator[KpiRow]:
        terms = self._in_force("kpi_terms", "kpi_id")
        pinned = defaultdict(list)
        for pin in self.live["pin"].values():
            pinned[pin.kpi_id].append(self._name("team", pin.team_id))
        for row in self.live["kpi"].values():
            agreed = terms[row.id]
            yield KpiRow(
                team=self._name("team", row.team_id),
                owner=self._name("person", agreed.owner_id),
                pinned=tuple(pinned[row.id]),
                **plain_cells(KpiRow, Kpi, row),
                **plain_cells(KpiRow, KpiTerms, agreed),
            )

    def _facts(self, fact: str, owner: str, moment: str) -> Iterator[Any]:
        """Give a fact's rows, oldest first, without what was taken back."""
        table = Base.metadata.tables[fact]
        order = (table.c[owner], table.c[moment], *oldest_first(table.c))
        withdrawals = select(table.c.withdraws_id).where(table.c.withdraws_id.is_not(None))
        standing = (table.c.withdraws_id.is_(None), table.c.id.not_in(withdrawals))
        for row in self.connection.execute(select(table).where(*standing).order_by(*order)):
            if getattr(row, owner) in self.live[owner.removesuffix("_id")]:
                yield row

    def _kpi_place(self, kpi_id: int) -> dict[str, Any]:
        kpi = self.live["kpi"][kpi_id]
        return {"team": self._name("team", kpi.team_id), "kpi": kpi.name}

    def _readings(self) -> Iterator[ReadingRow]:
        for row in self._facts("reading", "kpi_id", "period"):
            yield ReadingRow(
                **self._kpi_place(row.kpi_id),
                **plain_cells(ReadingRow, Reading, row),
                recorded_by=self._name("person", row.recorded_by_id),
            )

    def _objectives(self) -> Iterator[ObjectiveRow]:
        terms = self._in_force("objective_terms", "objective_id")
        supports, guardrails = defaultdict(list), defaultdict(list)
        for tie in self.live["alignment"].values():
            supports[tie.objective_id].append(tie.supports_id)
        for tie in self.live["guardrail"].values():
            guardrails[tie.objective_id].append(tie.kpi_id)
        for row in self.live["objective"].values():
            agreed = terms[row.id]
            yield ObjectiveRow(
                cycle=self._name("cycle", row.cycle_id),
                team=self._name("team", row.team_id),
                **plain_cells(ObjectiveRow, Objective, row),
                **plain_cells(ObjectiveRow, ObjectiveTerms, agreed),
                owner=self._name("person", agreed.owner_id),
                supports=tuple(self._supported(row, key) for key in supports[row.id]),
                guardrails=tuple(self._called(row.team_id, key) for key in guardrails[row.id]),
                origin_kpi=self._called(row.team_id, row.origin_kpi_id),
            )

    def _objective_place(self, objective_id: int) -> dict[str, Any]:
        row = self.live["objective"][objective_id]
        return {
            "cycle": self._name("cycle", row.cycle_id),
            "team": self._name("team", row.team_id),
            "objective": row.name,
        }

    def _called(self, team_id: int, kpi_id: int | None) -> str:
        """Give the name by which a team finds a KPI."""
        if kpi_id is None or kpi_id not in self.live["kpi"]:
            return ""
        kpi = self.live["kpi"][kpi_id]
        team = self._name("team", kpi.team_id)
        return unmistakable(kpi.name, kpi_id, team, lambda text: self.names.kpi(text, team_id))

    def _supported(self, row: Any, key: int) -> str:
        other = self.live["objective"][key]
        return unmistakable(
            other.name,
            key,
            self._name("team", other.team_id),
            lambda text: self.names.objective(text, row.team_id, row.cycle_id),
        )

    def _key_results(self) -> Iterator[KeyResultRow]:
        terms = self._in_force("key_result_terms", "key_result_id")
        for row in self.live["key_result"].values():
            agreed = terms[row.id]
            team_id = self.live["objective"][row.objective_id].team_id
            yield KeyResultRow(
                **self._objective_place(row.objective_id),
                **plain_cells(KeyResultRow, KeyResult, row),
                **plain_cells(KeyResultRow, KeyResultTerms, agreed),
                kpi=self._called(team_id, row.kpi_id),
                owner=self._name("person", agreed.owner_id),
            )

    def _key_result_place(self, key_result_id: int) -> dict[str, Any]:
        row = self.live["key_result"][key_result_id]
        return {**self._objective_place(row.objective_id), "key_result": row.name}

    def _milestones(self) -> Iterator[MilestoneRow]:
        for row in self.live["milestone"].values():
            yield MilestoneRow(
                **self._key_result_place(row.key_result_id),
                **plain_cells(MilestoneRow, Milestone, row),
            )

    def _check_ins(self) -> Iterator[CheckInRow]:
        for row in self._facts("check_in", "key_result_id", "date"):
            yield CheckInRow(
                **self._key_result_place(row.key_result_id),
                **plain_cells(CheckInRow, CheckIn, row),
                recorded_by=self._name("person", row.recorded_by_id),
            )

    def _decisions(self) -> Iterator[DecisionRow]:
        for row in self.live["decision"].values():
            yield DecisionRow(
                **self._kpi_place(row.kpi_id),
                **plain_cells(DecisionRow, Decision, row),
                by=self._name("person", row.by_id),
            )

    def _annotations(self) -> Iterator[AnnotationRow]:
        for row in self.live["annotation"].values():
            yield AnnotationRow(
                **self._kpi_place(row.kpi_id),
                **plain_cells(AnnotationRow, Annotation, row),
                by=self._name("person", row.by_id),
            )
