"""A company of 25 teams, and people whose pages stay open and follow what others save.

Each has a KPI that nobody else types into, and three others look at the same cockpit.
"""

import json
import random
import time
from dataclasses import dataclass, field
from datetime import timedelta

from sqlalchemy import Engine, select

from bench.chaos_people import PAUSE, Person, Seen, cookie_of
from components.ui.live import EVERY
from data.company.fields import CycleRow, PersonRow, TeamRow
from data.core.as_of import table_of
from data.core.database import data_version, now
from data.exchange.tables import Tables
from data.kpis.fields import KpiRow, ReadingRow
from data.okrs.fields import CheckInRow, KeyResultRow, ObjectiveRow
from models import Cadence, Kpi, Role

TEAMS = 25
GAUGES = 12
"""KPIs of each team: as many as a cockpit shows."""
DAYS = 200
WEEKS = 6
KEY_RESULTS = 3
TOP, CYCLE, AIM = "Everyone", "This half", "Be known for it"


@dataclass(frozen=True, slots=True)
class Pace:
    """How many seconds people let pass between two acts, and pages between two looks."""

    pause: tuple[float, float] = PAUSE
    look_every: float = EVERY


@dataclass(slots=True)
class Follower(Person):
    """Somebody whose page looks every two seconds whether others saved, and then shows it.

    `looks` and `followed` are the seconds that such a look took, and such a showing.
    """

    looks: list[float] = field(default_factory=list)
    followed: list[float] = field(default_factory=list)
    look_every: float = EVERY
    next_look: float = 0.0

    def _wait(self, seconds: float) -> None:
        end = time.monotonic() + seconds
        if not self.next_look:
            self.next_look = time.monotonic() + self.chance.uniform(0, self.look_every)
        while (at := max(self.next_look, time.monotonic())) < end:
            time.sleep(max(0.0, at - time.monotonic()))
            self.next_look = at + self.look_every
            self._follow()
        time.sleep(max(0.0, end - time.monotonic()))

    def _follow(self) -> None:
        if self.session is None or not self.session.fragment:
            return
        began = time.monotonic()
        self.session.look_again()
        self.looks.append(time.monotonic() - began)
        if json.loads(self.session.element().json)["shown"][0]["newer"]:
            began = time.monotonic()
            self.session.send("show", began)
            self._read(self.session.received)
            self.followed.append(time.monotonic() - began)


def company(teams: int = TEAMS, days: int = DAYS) -> Tables:
    """Give a company of teams with a full cockpit each, and everybody's rights to save."""
    today, chance = now().date(), random.Random(20261130)
    names = [f"Crew {at}" for at in range(teams)]
    begun = today - timedelta(weeks=WEEKS)
    key_results = [f"Key result {at}" for at in range(KEY_RESULTS)]
    return Tables(
        teams=[TeamRow(team=TOP), *(TeamRow(team=team, parent=TOP) for team in names)],
        people=[
            PersonRow(person=_worker(team, at), team=team, role=Role.MEMBER)
            for team in names
            for at in range(GAUGES)
        ],
        cycles=[CycleRow(cycle=CYCLE, starts_on=begun, ends_on=begun + timedelta(days=180))],
        kpis=[
            KpiRow(team=team, kpi=_kpi(team, at), low=40, cadence=Cadence.DAILY)
            for team in names
            for at in range(GAUGES)
        ],
        readings=[
            ReadingRow(
                team=team,
                kpi=_kpi(team, at),
                date=today - timedelta(days=back),
                value=round(chance.gauss(50, 4), 1),
            )
            for team in names
            for at in range(GAUGES)
            for back in range(days, 0, -1)
        ],
        objectives=[ObjectiveRow(cycle=CYCLE, team=team, objective=AIM) for team in names],
        key_results=[_key_result(team, name) for team in names for name in key_results],
        check_ins=[
            CheckInRow(
                cycle=CYCLE,
                team=team,
                objective=AIM,
                key_result=name,
                date=begun + timedelta(weeks=week),
                value=4.0 * week,
            )
            for team in names
            for name in key_results
            for week in range(WEEKS)
        ],
    )


def _key_result(team: str, name: str) -> KeyResultRow:
    return KeyResultRow(
        cycle=CYCLE, team=team, objective=AIM, key_result=name, start=0.0, target=60.0
    )


def _worker(team: str, at: int) -> str:
    return f"Worker {at} of {team}"


def _kpi(team: str, at: int) -> str:
    return f"Measure {at} of {team}"


def followers(engine: Engine, count: int, addresses: list[str], pace: Pace) -> list[Follower]:
    """Give people at servers in turn, as many at each."""
    kpi = table_of(Kpi)
    with engine.connect() as connection:
        found = connection.execute(select(kpi.c.name, kpi.c.id)).all()
    keys = {row.name: row.id for row in found}
    teams = len(keys) // GAUGES
    seen, version, period = Seen(), data_version(engine), now().date().isoformat()
    people = []
    for at in range(count):
        number, team = at // teams, f"Crew {at % teams}"
        people.append(
            Follower(
                name=_worker(team, number),
                team=team,
                kpi_id=keys[_kpi(team, number)],
                period=period,
                address=addresses[at % len(addresses)],
                cookie=cookie_of(_worker(team, number)),
                seen=seen,
                first_value=40.0,
                chance=random.Random(at),
                pause=pace.pause,
                look_every=pace.look_every,
                base_version=version,
            )
        )
    return people
