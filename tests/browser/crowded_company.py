"""A company that has too much of everything: teams, gauges, objectives, long words, long numbers.

Twenty-five teams three levels deep; one of them pins forty gauges, and so many of the same name
drift in several that a card each would fill the screen. Eight objectives of five key results.
"""

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import Engine

from data.actions.fields import ActionRow
from data.company.fields import CycleRow, PersonRow, TeamRow
from data.core.database import open_database
from data.exchange.importing import import_tables
from data.exchange.tables import Tables
from data.kpis.fields import DecisionRow, KpiRow, ReadingRow
from data.okrs.fields import CheckInRow, KeyResultRow, MilestoneRow, ObjectiveRow
from models import Ambition, Cadence, Confidence, DecisionKind, KeyResultKind, Role
from tests.serving import TODAY

TOP, PLANT, CYCLE = "Nordwind Group", "Hamburg plant", "Q4 2026"
UNBROKEN = "Donaudampfschifffahrtsgesellschaftskapitaenskajuetenschluesselbundverwaltungsamt"
"""A name of 80 characters without a space."""

THREE_LINES = (
    "Every customer of every region gets what was promised on the day on which it was promised, "
    "complete, undamaged and with papers that need no second look, whoever of us they have asked"
)
LONG_UNIT = "percentage points"
LONG_NUMBER = 123_456_789_012_345.0
DIVISIONS = ("Operations", "Commercial", "Support", "Finance and controlling", "People", UNBROKEN)
UNITS = 3
"""How many teams each division has."""

LINES, WEEKS = 40, 32
PEOPLE = ("Ada Lind", "Kai Vogt", "Marek Dvorsky-Featherstonehaugh of the second night shift")


def crowded(target: Path | Engine) -> Engine:
    """Fill a database with the company; give its engine."""
    engine = open_database(f"sqlite:///{target}") if isinstance(target, Path) else target
    import_tables(engine, crowded_tables())
    return engine


def crowded_tables(today: date = TODAY) -> Tables:
    """Give the company as it stands on a day."""
    divisions = [TeamRow(team=name, parent=TOP) for name in DIVISIONS]
    units = [TeamRow(team=name, parent=above) for name, above in _units()]
    tables = Tables(
        teams=[TeamRow(team=TOP), *divisions, *units],
        people=[PersonRow(person=name, team=TOP, role=Role.LEAD) for name in PEOPLE],
        cycles=[
            CycleRow(cycle="Q3 2026", starts_on=date(2026, 7, 1), ends_on=date(2026, 9, 30)),
            CycleRow(cycle=CYCLE, starts_on=date(2026, 10, 1), ends_on=date(2026, 12, 31)),
        ],
    )
    _add_kpis(tables, today)
    for number in range(8):
        _add_objective(tables, number, today)
    return tables


def _units() -> Iterator[tuple[str, str]]:
    for at, above in enumerate(DIVISIONS):
        for number in range(UNITS):
            yield PLANT if (at, number) == (0, 0) else f"{above[:60]} {number + 1}", above


def _add_kpis(tables: Tables, today: date) -> None:
    for line in range(1, LINES + 1):
        name, drift = f"Line {line} scrap rate", 2.8 if line % 9 == 0 else 1.4 * (line % 3 == 0)
        kpi = KpiRow(**_kpi(PLANT, name), unit="%", high=6, pinned=(PLANT,))
        _add_kpi(tables, kpi, today, 4 + line / 100, drift, silent=line == LINES)
    for at, (team, _) in enumerate(_units()):
        late = KpiRow(**_kpi(team, "Delivery on time"), unit=LONG_UNIT, low=95)
        _add_kpi(tables, late, today, 97, -1.5 if at % 4 == 0 else 0)
        cost = KpiRow(**_kpi(team, "Cost per unit"), unit="€", low=10, high=20)
        _add_kpi(tables, cost, today, 15 + at * 0.4, 0, silent=at % 6 == 5)
    for at, team in enumerate(DIVISIONS):
        worth = KpiRow(**_kpi(team, "Stock value"), unit="€", high=LONG_NUMBER, owner=PEOPLE[2])
        _add_kpi(tables, worth, today, LONG_NUMBER * (0.9 + at / 50), 0)
    named = KpiRow(
        **_kpi(TOP, UNBROKEN),
        unit=LONG_UNIT,
        low=2,
        high=8,
        owner=PEOPLE[2],
        # Many lines of words and of a formula, in the settings.
        description=f"{THREE_LINES}. {THREE_LINES}: {UNBROKEN}",
        driven_by=" + ".join(f"[{team} / Stock value]" for team in DIVISIONS),
    )
    _add_kpi(tables, named, today, 5, 1.2)
    tables.kpis.append(KpiRow(**_kpi(TOP, "Visitors of the house"), unit=LONG_UNIT))
    decided = _kpi(PLANT, "Line 3 scrap rate")
    tables.actions.append(
        ActionRow(**decided, action="Change the tool", owner=PEOPLE[0], due=today + timedelta(9))
    )
    known = {"date": today - timedelta(2), "look_again": today + timedelta(20), "by": PEOPLE[1]}
    tables.decisions.append(
        DecisionRow(
            **_kpi(PLANT, "Line 6 scrap rate"),
            **known,
            decision=DecisionKind.ACKNOWLEDGE,
            reason=f"{THREE_LINES}: {UNBROKEN}",
        )
    )


def _kpi(team: str, kpi: str) -> dict[str, Any]:
    return {"team": team, "kpi": kpi}


def _add_kpi(
    tables: Tables, kpi: KpiRow, today: date, level: float, drift: float, *, silent: bool = False
) -> None:
    """Add a weekly KPI with its readings; one that drifts does so by a seventh of it a week."""
    tables.kpis.append(_weekly(kpi))
    monday = today - timedelta(days=today.weekday() + 7)
    wobble = level / 60
    for back in range(5 if silent else 0, WEEKS):
        value = level + wobble * ((back * 7 + len(kpi.kpi)) % 5 - 2) / 2
        value += drift * max(0, 7 - back) / 7
        when = monday - timedelta(weeks=back)
        row = {"team": kpi.team, "kpi": kpi.kpi, "date": when, "value": round(value, 3)}
        tables.readings.append(ReadingRow(**row))


def _weekly(kpi: KpiRow) -> KpiRow:
    kpi_of = {name: getattr(kpi, name) for name in ("team", "kpi", "unit", "low", "high", "pinned")}
    said = {"description": kpi.description, "driven_by": kpi.driven_by}
    return KpiRow(**kpi_of, **said, owner=kpi.owner or PEOPLE[0], cadence=Cadence.WEEKLY)


def _add_objective(tables: Tables, number: int, today: date) -> None:
    name = (THREE_LINES, UNBROKEN)[number] if number < 2 else f"Objective {number} is on its way"
    team = TOP if number < 5 else DIVISIONS[number % len(DIVISIONS)]
    goal = {"cycle": CYCLE, "team": team, "objective": name}
    tables.objectives.append(
        ObjectiveRow(
            **goal,
            ambition=Ambition.COMMITTED if number % 2 else Ambition.ASPIRATIONAL,
            owner=PEOPLE[number % len(PEOPLE)],
            guardrails=(f"{PLANT} / Line 9 scrap rate",) if number == 0 else (),
        )
    )
    results: list[KeyResultRow] = [
        KeyResultRow(**goal, key_result=UNBROKEN, unit=LONG_UNIT, start=0, target=90),
        KeyResultRow(
            **goal, key_result="Money saved so far", unit="€", start=0, target=LONG_NUMBER
        ),
        KeyResultRow(**goal, key_result=THREE_LINES, unit="customers", start=600, target=900),
        KeyResultRow(**goal, key_result="One form instead of four", kind=KeyResultKind.MILESTONE),
        KeyResultRow(
            **goal,
            key_result="Back in range and held",
            kind=KeyResultKind.HOLD,
            kpi=f"{PLANT} / Line 9 scrap rate",
            hold_periods=12,
        ),
    ]
    tables.key_results += results
    tables.milestones += [
        MilestoneRow(**goal, key_result="One form instead of four", step=f"Step {at}", share=0.5)
        for at in (1, 2)
    ]
    for result in results[:3]:
        way = (result.target or 0) - (result.start or 0)
        tables.check_ins += [
            CheckInRow(
                **goal,
                key_result=result.key_result,
                date=today - timedelta(weeks=back),
                value=round((result.start or 0) + way * share * (1.6 if number % 2 else 0.8), 3),
                confidence=(Confidence.UNSURE, Confidence.SURE)[number % 2],
            )
            for back, share in ((5, 0.05), (4, 0.1), (3, 0.2), (2, 0.3), (1, 0.4))
        ]
