"""What needs a decision on a cockpit, worst first; what is decided already may wait."""

from collections.abc import Iterator, Sequence

from data.kpis.views.gauges import Gauge
from data.okrs.views.key_results import KeyResultView, ObjectiveView
from data.screens.views.cockpit import DecisionCard
from models import Health, ObjectiveState, Signal

UNDER_WAY = (ObjectiveState.ACTIVE, ObjectiveState.PROBATION)


def decision_cards(
    wall: Sequence[Gauge], objectives: Sequence[ObjectiveView], *, under_way: bool
) -> Iterator[DecisionCard]:
    """Give the cards of gauges and, while their cycle is under way, of objectives.

    First what drifts or is out of range, then what is behind pace, silent, certified as back, or
    settled at a better level; what somebody has decided comes last.
    """
    troubled = sorted((card for card in map(_trouble, wall) if card), key=_badness)
    yield from (card for card in troubled if not card.decided)
    if under_way:
        yield from _behind_pace(objectives)
    silent = [gauge for gauge in wall if gauge.health is Health.NO_DATA]
    for gauge in sorted(silent, key=lambda gauge: -gauge.late_days):
        yield DecisionCard("no data", gauge=gauge)
    yield from (DecisionCard("recovered", gauge=gauge) for gauge in wall if _awaits_person(gauge))
    awaited = _behind_by_kpi(objectives) if under_way else set()
    settled = [
        gauge
        for gauge in wall
        if _settled(gauge) and gauge.kpi_id not in awaited and not _awaits_person(gauge)
    ]
    yield from (DecisionCard("settled", gauge=gauge) for gauge in settled)
    yield from (card for card in troubled if card.decided)


def _trouble(gauge: Gauge) -> DecisionCard | None:
    if gauge.health is Health.NO_DATA:
        return None
    decided = gauge.decision is not None and gauge.undecided_days is None
    if gauge.health is Health.OUT_OF_RANGE:
        return DecisionCard("out of range", gauge=gauge, decided=decided)
    if gauge.signal is not None and gauge.signal.signal is Signal.DRIFTING:
        return DecisionCard("drifting", gauge=gauge, decided=decided)
    return None


def _badness(card: DecisionCard) -> tuple[float, float]:
    """Put the furthest out of range first, among those in range the surest drift."""
    gauge = card.gauge
    if gauge is None:
        return 0.0, 0.0
    sureness = gauge.signal.z if gauge.signal is not None else None
    return -gauge.severity, -abs(sureness or 0.0)


def _behind_pace(objectives: Sequence[ObjectiveView]) -> Iterator[DecisionCard]:
    for key_result, name in sorted(
        _behind(objectives), key=lambda found: found[0].progress - found[0].pace
    ):
        yield DecisionCard("behind pace", key_result=key_result, objective=name)


def _behind_by_kpi(objectives: Sequence[ObjectiveView]) -> set[int | None]:
    """Give the KPIs that are to get better still: none of them is asked for a new normal."""
    return {key_result.fed_by_id for key_result, _ in _behind(objectives)}


def _behind(objectives: Sequence[ObjectiveView]) -> Iterator[tuple[KeyResultView, str]]:
    for objective in objectives:
        if objective.state in UNDER_WAY:
            for key_result in objective.key_results:
                if _is_behind(key_result):
                    yield key_result, objective.name


def _is_behind(key_result: KeyResultView) -> bool:
    """Tell whether a key result is behind its pace; of a recovery its KPI tells itself."""
    if key_result.goes_nowhere or key_result.recovery is not None:
        return False
    return key_result.standing == "behind pace"


def _awaits_person(gauge: Gauge) -> bool:
    """Tell whether a recovery waits for somebody to confirm it, or to let it graduate."""
    return gauge.recovery is not None and gauge.recovery.awaits_person


def _settled(gauge: Gauge) -> bool:
    """Tell whether a gauge is at a better level and nothing else is the matter."""
    signal, fine = gauge.signal, gauge.health in (Health.IN_RANGE, Health.NEAR_EDGE)
    return fine and signal is not None and signal.favourable and signal.signal is Signal.STEADY
