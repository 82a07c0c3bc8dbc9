"""Teams, cycles and people: what the pickers offer, and what a cockpit hangs on."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Engine, select

from analytics.progress import pace
from data.company.views import CycleView, PersonView, TeamView
from data.core.as_of import table
from data.core.database import snapshot
from data.core.team_versions import KeptViews
from models import Weekday

TEAMS = (
    select(
        *(
            table("team").c[name]
            for name in ("id", "name", "parent_id", "check_in_day", "check_in_time")
        )
    )
    .where(table("team").c.withdrawn_at.is_(None))
    .order_by(table("team").c.name)
)
CYCLES = (
    select(*(table("cycle").c[name] for name in ("id", "name", "starts_on", "ends_on")))
    .where(table("cycle").c.withdrawn_at.is_(None))
    .order_by(table("cycle").c.starts_on.desc(), table("cycle").c.ends_on, table("cycle").c.name)
)
PEOPLE = (
    select(table("person").c.id, table("person").c.name)
    .where(table("person").c.withdrawn_at.is_(None))
    .order_by(table("person").c.name)
)
SETTINGS = select(table("company").c.time_zone, table("company").c.fiscal_year_starts)


@dataclass(frozen=True, slots=True)
class Company:
    """The tree of teams from the top down, the cycles newest first, the people by name.

    Its days begin and end in the `zone`, its fiscal year starts in a month, 1 to 12.
    """

    teams: tuple[TeamView, ...]
    cycles: tuple[Any, ...]
    people: tuple[PersonView, ...]
    zone: ZoneInfo
    fiscal_year_starts: int = 1

    def below(self, team_id: int) -> list[int]:
        """Give the keys of a team and all teams under it."""
        found = {team_id}
        for team in self.teams:
            if team.parent_id in found:
                found.add(team.id)
        return sorted(found)

    def lineage(self, team_id: int) -> list[str]:
        """Name a team and those above it, the topmost first."""
        by_id = {team.id: team for team in self.teams}
        names: list[str] = []
        team = by_id.get(team_id)
        while team is not None:
            names.insert(0, team.name)
            team = by_id.get(team.parent_id or 0)
        return names

    def today(self, moment: datetime) -> date:
        """Give the company's day at a moment."""
        return moment.astimezone(self.zone).date()

    def end_of(self, day: date) -> datetime:
        """Give the moment at which a day of the company ends, in UTC."""
        next_day = min(day, date.max - timedelta(days=1)) + timedelta(days=1)
        midnight = datetime.combine(next_day, time(), tzinfo=self.zone)
        return midnight.astimezone(UTC)

    def team_named(self, name: str | None) -> TeamView:
        """Give a team by its name, the topmost where nobody has that name."""
        return next((team for team in self.teams if team.name == name), self.teams[0])

    def cycle_named(self, name: str | None, day: date) -> CycleView | None:
        """Give a cycle by its name as seen from a day, else the one that the day is in."""
        named = next((row for row in self.cycles if row.name == name), None)
        return seen_from(named, day) if named else self._cycle_on(day)

    def _cycle_on(self, day: date) -> CycleView | None:
        """Give the shortest cycle that contains a day, else the last one begun before it."""
        holding = [row for row in self.cycles if row.starts_on <= day <= row.ends_on]
        begun = [row for row in self.cycles if row.starts_on <= day]
        if holding:
            return seen_from(min(holding, key=lambda row: row.ends_on - row.starts_on), day)
        if begun:
            return seen_from(max(begun, key=lambda row: (row.ends_on, row.starts_on)), day)
        return seen_from(self.cycles[-1], day) if self.cycles else None


_kept: KeptViews[str, Company] = KeptViews(8)


def company(engine: Engine, version: int) -> Company:
    """Give teams, cycles and people at a version of the data, and the settings: four statements."""
    return _kept.get(engine, version, "company", lambda: (_company(engine), ()))


def _company(engine: Engine) -> Company:
    with snapshot(engine) as connection:
        kept = connection.execute(SETTINGS).one()
        return Company(
            teams=tuple(_tree(list(connection.execute(TEAMS)))),
            cycles=tuple(connection.execute(CYCLES)),
            people=tuple(PersonView(*row) for row in connection.execute(PEOPLE)),
            zone=ZoneInfo(kept.time_zone),
            fiscal_year_starts=kept.fiscal_year_starts,
        )


def _tree(rows: list[Any]) -> Iterator[TeamView]:
    """Give the teams depth first, those of one parent by name."""
    below: dict[int | None, list[Any]] = defaultdict(list)
    live = {row.id for row in rows}
    for row in rows:
        below[row.parent_id if row.parent_id in live else None].append(row)

    def walk(parent_id: int | None, depth: int) -> Iterator[TeamView]:
        for row in below[parent_id]:
            weekday = Weekday(row.check_in_day)
            yield TeamView(row.id, row.name, parent_id, depth, weekday, row.check_in_time)
            yield from walk(row.id, depth + 1)

    return walk(None, 0)


def seen_from(row: Any, day: date) -> CycleView:
    """Say how far a cycle has gone on a day."""
    length = (row.ends_on - row.starts_on).days + 1
    gone, weeks = max((day - row.starts_on).days, 0), max(round(length / 7), 1)
    return CycleView(
        id=row.id,
        name=row.name,
        starts_on=row.starts_on,
        ends_on=row.ends_on,
        week=min(gone // 7 + 1, weeks),
        weeks=weeks,
        elapsed=pace(row.starts_on, row.ends_on, day),
    )
