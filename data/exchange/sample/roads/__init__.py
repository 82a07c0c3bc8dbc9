"""The objectives of the sample company, by cycle and team."""

from datetime import date

from data.exchange.sample import cycles
from data.exchange.sample.road import KeyResult, Objective, Roads, Span
from data.exchange.sample.roads import (
    company_quarter,
    last_quarter,
    people_quarter,
    team_quarter,
    this_year,
)
from data.okrs.fields import KeyResultRow, ObjectiveRow


def roads(today: date) -> list[tuple[Span, str, Objective]]:
    """Return every objective with its cycle and its team, in the order of their rows."""
    quarter = cycles.quarter(today)
    planned: list[tuple[Span, Roads]] = [
        (cycles.year(today), this_year.ROADS),
        (cycles.quarter_before(today), last_quarter.ROADS),
        (quarter, company_quarter.ROADS),
        (quarter, team_quarter.ROADS),
        (quarter, people_quarter.ROADS),
    ]
    return [
        (span, team, objective)
        for span, by_team in planned
        for team, objectives in by_team.items()
        for objective in objectives
    ]


def objectives(today: date) -> list[ObjectiveRow]:
    """Return what each team wants to reach."""
    return [_objective(span, team, objective) for span, team, objective in roads(today)]


def key_results(today: date) -> list[KeyResultRow]:
    """Return how each objective is measured."""
    return [
        _key_result(span, team, objective, key_result)
        for span, team, objective in roads(today)
        for key_result in objective.key_results
    ]


def _objective(span: Span, team: str, objective: Objective) -> ObjectiveRow:
    return ObjectiveRow(
        cycle=span.name,
        team=team,
        objective=objective.name,
        scope=objective.scope,
        ambition=objective.ambition,
        owner=objective.owner,
        supports=objective.supports,
        guardrails=objective.guardrails,
        state=objective.state,
        origin_kpi=objective.origin_kpi,
    )


def _key_result(span: Span, team: str, objective: Objective, key_result: KeyResult) -> KeyResultRow:
    return KeyResultRow(
        cycle=span.name,
        team=team,
        objective=objective.name,
        key_result=key_result.name,
        kind=key_result.kind,
        unit=key_result.unit,
        start=key_result.start,
        target=key_result.target,
        weight=key_result.weight,
        hold_periods=key_result.hold_periods,
        kpi=key_result.kpi,
        owner=key_result.owner,
    )
