"""The rows of a cockpit as a careful person would read them with the plain SQLite driver."""

import sqlite3
from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any

from data.kpis.signals.series import microseconds

Rows = list[tuple[Any, ...]]

IN_FORCE = """
    SELECT id FROM {terms} AS held
    WHERE held.{owner}_id = {owner}.id AND held.valid_from <= :day AND held.known_at <= :moment
    ORDER BY held.valid_from DESC, held.known_at DESC, held.id DESC LIMIT 1
"""
TEAM = "SELECT id FROM team WHERE name = ?"
VERSION = "SELECT version FROM company"
OBJECTIVES = f"""
    SELECT objective.id, objective.name, objective.team_id, objective.scope, team.name,
        person.name, objective_terms.state, objective_terms.ambition
    FROM objective
    JOIN objective_terms
        ON objective_terms.id = ({IN_FORCE.format(terms="objective_terms", owner="objective")})
    JOIN team ON team.id = objective.team_id
    LEFT JOIN person ON person.id = objective_terms.owner_id
    WHERE objective.cycle_id = :cycle AND objective.team_id = :team
        AND objective_terms.state <> 'draft'
        AND (objective.withdrawn_at IS NULL OR objective.withdrawn_at > :moment)
    ORDER BY objective.position, objective.id
"""
KEY_RESULTS = f"""
    SELECT key_result.id, key_result.objective_id, key_result.name, key_result.kind,
        key_result.unit, key_result.kpi_id, kpi.name, kpi.cadence, person.name,
        key_result_terms.start, key_result_terms.target, key_result_terms.weight,
        key_result_terms.hold_periods
    FROM key_result
    JOIN key_result_terms
        ON key_result_terms.id = ({IN_FORCE.format(terms="key_result_terms", owner="key_result")})
    LEFT JOIN person ON person.id = key_result_terms.owner_id
    LEFT JOIN kpi ON kpi.id = key_result.kpi_id
    WHERE key_result.objective_id IN ({{keys}})
        AND (key_result.withdrawn_at IS NULL OR key_result.withdrawn_at > :moment)
    ORDER BY key_result.position, key_result.id
"""
GUARDRAILS = """
    SELECT guardrail.objective_id, guardrail.kpi_id, kpi.name
    FROM guardrail JOIN kpi ON kpi.id = guardrail.kpi_id
    WHERE guardrail.objective_id IN ({keys}) AND guardrail.withdrawn_at IS NULL
    ORDER BY guardrail.id
"""
CHECK_INS = """
    SELECT key_result_id, date, value, confidence, note, withdrawn FROM check_in
    WHERE key_result_id IN ({keys}) AND known_at <= :moment
    ORDER BY key_result_id, date, known_at, id
"""
MILESTONES = """
    SELECT key_result_id, step, share, done_on FROM milestone
    WHERE key_result_id IN ({keys}) AND withdrawn_at IS NULL
    ORDER BY position, id
"""
KPIS = f"""
    SELECT kpi.id, kpi.name, kpi.unit, kpi.cadence, kpi.better, kpi.smallest_change, kpi.team_id,
        team.name, person.name, kpi_terms.low, kpi_terms.high, pin.position
    FROM kpi
    JOIN kpi_terms ON kpi_terms.id = ({IN_FORCE.format(terms="kpi_terms", owner="kpi")})
    JOIN team ON team.id = kpi.team_id
    LEFT JOIN person ON person.id = kpi_terms.owner_id
    LEFT JOIN pin
        ON pin.kpi_id = kpi.id AND pin.team_id = :team AND pin.withdrawn_at IS NULL
    WHERE kpi.team_id = :team AND (kpi.withdrawn_at IS NULL OR kpi.withdrawn_at > :moment)
    ORDER BY kpi.name, kpi.id
"""
SIGNALS = """
    SELECT kpi.id, evidence, history
    FROM kpi CROSS JOIN kpi_signal ON kpi_signal.kpi_id = kpi.id AND kpi_signal.known_at = (
        SELECT known_at FROM kpi_signal AS later
        WHERE later.kpi_id = kpi.id AND known_at <= :microseconds
        ORDER BY known_at DESC LIMIT 1
    )
"""
DECISIONS = """
    SELECT kpi_id, date, decision, reason, look_again, person.name
    FROM decision LEFT JOIN person ON person.id = decision.by_id
    WHERE decision <> 'rebase' AND known_at <= :moment
        AND (decision.withdrawn_at IS NULL OR decision.withdrawn_at > :moment)
"""
SOME_SIGNALS = f"{SIGNALS} WHERE kpi.id IN ({{keys}})"
SOME_DECISIONS = f"{DECISIONS} AND kpi_id IN ({{keys}})"
LATEST = """
    SELECT kpi.id, reading.period, reading.value
    FROM kpi
    JOIN reading ON reading.id = (
        SELECT latest.id FROM reading AS latest
        WHERE latest.kpi_id = kpi.id AND latest.known_at <= :moment
        ORDER BY latest.period DESC, latest.known_at DESC, latest.id DESC LIMIT 1
    )
    WHERE kpi.id IN ({keys})
"""
READINGS = """
    SELECT kpi.id, reading.period, reading.value
    FROM kpi
    JOIN reading ON reading.kpi_id = kpi.id AND reading.known_at <= :moment
        AND reading.period >= COALESCE((
            SELECT DISTINCT far.period FROM reading AS far
            WHERE far.kpi_id = kpi.id AND far.known_at <= :moment
            ORDER BY far.period DESC LIMIT 1 OFFSET 51
        ), '0001-01-01')
    WHERE kpi.id IN ({keys})
    ORDER BY kpi.id, reading.period, reading.known_at, reading.id
"""


def connect(path: Path) -> sqlite3.Connection:
    """Open a file with the settings that the app opens it with."""
    connection = sqlite3.connect(path, isolation_level=None, cached_statements=256)
    for pragma in ("journal_mode = WAL", "synchronous = FULL", "foreign_keys = ON"):
        connection.execute(f"PRAGMA {pragma}")
    return connection


def as_of(day: date, moment: datetime) -> dict[str, Any]:
    """Give the parameters that say as of when rows are read."""
    return {
        "day": day.isoformat(),
        "moment": moment.strftime("%Y-%m-%d %H:%M:%S.%f"),
        "microseconds": microseconds(moment),
    }


def rows(
    connection: sqlite3.Connection, statement: str, at: dict[str, Any], keys: Sequence[int] = ()
) -> Rows:
    """Read rows with keys, which are numbers from the database itself."""
    return connection.execute(statement.replace("{keys}", ",".join(map(str, keys))), at).fetchall()


def cockpit_rows(
    connection: sqlite3.Connection, *, team: str, cycle_id: int, day: date, moment: datetime
) -> list[Rows]:
    """Read in one snapshot what the cockpit of a team with pinned KPIs is made of."""
    at = as_of(day, moment)

    def read(statement: str, keys: Sequence[int] = (), **more: Any) -> Rows:
        return rows(connection, statement, {**at, **more}, keys)

    connection.execute("BEGIN")
    ((team_id,),) = connection.execute(TEAM, (team,)).fetchall()
    version = connection.execute(VERSION).fetchall()
    objectives = read(OBJECTIVES, cycle=cycle_id, team=team_id)
    of_objectives = [row[0] for row in objectives]
    key_results = read(KEY_RESULTS, of_objectives)
    guardrails = read(GUARDRAILS, of_objectives)
    of_key_results = [row[0] for row in key_results]
    check_ins = read(CHECK_INS, of_key_results)
    milestones = read(MILESTONES, of_key_results)
    kpis = read(KPIS, team=team_id)
    here = [row[0] for row in kpis]
    decisions, latest = read(SOME_DECISIONS, here), read(LATEST, here)
    shown = {row[0] for row in kpis if row[-1] is not None}
    shown |= {row[1] for row in guardrails} | {row[5] for row in key_results if row[5]}
    # How many drift is said of all of a team, whatever is shown of them.
    signals, readings = read(SOME_SIGNALS, sorted({*here, *shown})), read(READINGS, sorted(shown))
    connection.execute("COMMIT")
    return [
        version,
        objectives,
        key_results,
        guardrails,
        check_ins,
        milestones,
        kpis,
        signals,
        decisions,
        latest,
        readings,
    ]
