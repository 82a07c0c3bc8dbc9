"""A flaw in a team that is sound apart from it."""

from __future__ import annotations

from dataclasses import dataclass

from analytics.coach.draft import DraftObjective, DraftTeam, KpiFacts
from tests.analytics.coach import drafts_kpis as kpis
from tests.analytics.coach.drafts_sound import SOUND


@dataclass(frozen=True, slots=True)
class Flaw:
    """The remark that is due, where: objective, key result, or KPI; and the whole team."""

    kind: str
    objective: int | None
    key_result: int | None
    kpi: str | None
    team: DraftTeam


def flawed(
    kind: str,
    function: str,
    *drafts: DraftObjective,
    at: int | None = None,
    more: tuple[KpiFacts, ...] = (),
) -> Flaw:
    """Put objectives after two sound ones of the same team; the last one has the flaw."""
    objectives = SOUND[function][:2] + drafts
    return Flaw(
        kind, len(objectives) - 1, at, None, DraftTeam(objectives, kpis.KPIS[function] + more)
    )


def flawed_kpi(kind: str, function: str, *more: KpiFacts) -> Flaw:
    team = DraftTeam(SOUND[function][:3], kpis.KPIS[function] + more)
    return Flaw(kind, None, None, more[0].name, team)


def flawed_team(
    kind: str,
    function: str,
    objectives: tuple[DraftObjective, ...],
    more: tuple[KpiFacts, ...] = (),
) -> Flaw:
    return Flaw(kind, None, None, None, DraftTeam(objectives, kpis.KPIS[function] + more))
