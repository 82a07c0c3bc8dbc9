"""Finding what a name in a file means: the own team first, then those above it."""

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, field
from typing import Any

TEAM_SIGN = " / "


@dataclass(slots=True)
class Names:
    """Everything that can be named, by what it is called.

    A KPI is found by its team's key and its name, an objective by cycle, team and name.
    """

    teams: dict[str, int] = field(default_factory=dict)
    parents: dict[int, int | None] = field(default_factory=dict)
    people: dict[str, int] = field(default_factory=dict)
    cycles: dict[str, int] = field(default_factory=dict)
    wider_cycles: dict[int, list[int]] = field(default_factory=dict)
    kpis: dict[tuple[int, str], int] = field(default_factory=dict)
    objectives: dict[tuple[int, int, str], int] = field(default_factory=dict)
    key_results: dict[tuple[int, str], int] = field(default_factory=dict)

    @classmethod
    def of(
        cls,
        teams: Collection[Any],
        *,
        cycles: Collection[Any] = (),
        kpis: Collection[Any] = (),
        objectives: Collection[Any] = (),
    ) -> "Names":
        """Note what things are called, given as rows."""
        names = cls(
            teams={row.name: row.id for row in teams},
            parents={row.id: row.parent_id for row in teams},
            kpis={(row.team_id, row.name): row.id for row in kpis},
            objectives={(row.cycle_id, row.team_id, row.name): row.id for row in objectives},
        )
        names.note_cycles(cycles)
        return names

    def note_cycles(self, cycles: Collection[Any]) -> None:
        """Note the cycles by name, and for each those that contain it, shortest first."""
        spans = [(row.id, row.starts_on, row.ends_on) for row in cycles]
        self.cycles = {row.name: row.id for row in cycles}
        for key, starts_on, ends_on in spans:
            wider = [
                (end - start, other)
                for other, start, end in spans
                if other != key and start <= starts_on and ends_on <= end
            ]
            self.wider_cycles[key] = [other for _, other in sorted(wider)]

    def lineage(self, team_id: int) -> Iterator[int]:
        """Give a team and those above it, nearest first."""
        seen: set[int] = set()
        current: int | None = team_id
        while current is not None and current not in seen:
            seen.add(current)
            yield current
            current = self.parents.get(current)

    def kpi(self, text: str, team_id: int) -> int | None:
        """Find a KPI as a team would name it: `Churn`, or `Sales / Churn` elsewhere.

        Raises `LookupError` where the name could mean two of them.
        """
        for team in self.lineage(team_id):
            if (team, text) in self.kpis:
                return self.kpis[team, text]
        return _only({self.kpis[key] for key in self._elsewhere(text) if key in self.kpis}, text)

    def objective(self, text: str, team_id: int, cycle_id: int) -> int | None:
        """Find an objective of the cycle, or of one that contains it, as a team would name it.

        Raises `LookupError` where the name could mean two of them.
        """
        teams_and_names = [(team, text) for team in self.lineage(team_id)]
        for cycle in (cycle_id, *self.wider_cycles.get(cycle_id, ())):
            for team, name in teams_and_names:
                if (cycle, team, name) in self.objectives:
                    return self.objectives[cycle, team, name]
            keys = [(cycle, *place) for place in self._elsewhere(text)]
            found = {self.objectives[key] for key in keys if key in self.objectives}
            if found:
                return _only(found, text)
        return None

    def _elsewhere(self, text: str) -> Iterator[tuple[int, str]]:
        """Read `Team / Name` at every place where it can be split."""
        start = text.find(TEAM_SIGN)
        while start >= 0:
            team, name = text[:start].strip(), text[start + len(TEAM_SIGN) :].strip()
            if team in self.teams:
                yield self.teams[team], name
            start = text.find(TEAM_SIGN, start + 1)


def unmistakable(name: str, key: int, team: str, find: Callable[[str], int | None]) -> str:
    """Call a thing by its name alone where that finds it, else with its team in front.

    `find` gives the key of what a name means there.
    """
    try:
        found = find(name)
    except LookupError:
        found = None
    return name if found == key else f"{team}{TEAM_SIGN}{name}"


def _only(found: set[int], text: str) -> int | None:
    if len(found) > 1:
        raise LookupError(f"“{text}” could mean more than one")
    return next(iter(found), None)
