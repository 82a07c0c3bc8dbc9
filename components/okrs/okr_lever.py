"""Which KPI should become a key result: what would help a driven KPI most, in a drawer."""

from collections.abc import Callable, Sequence

import streamlit as st

from components.kpis import gauge_words
from components.ui import formatting, top_line, words
from components.ui.page_registry import SETTINGS
from data.okrs.views.drafts import DrivenKpi, DriverImpact, FedKeyResult, OkrObjective
from models import Health, ObjectiveState

TITLE = "Which KPI should become a key result?"
EXPLAINED = (
    "Each line moves one driver alone, by as much as it varies anyway, and says what that would do."
)
NOTHING_DRIVEN = (
    "No KPI in sight says yet what it is computed from. Type that in Settings, in the cell "
    "“Driven by” of a KPI, for example"
)
EXAMPLE = "100 * [Lost customers] / [Customers]"
NO_OBJECTIVE = (
    "There is no objective here yet that a key result could belong to. "
    "Close this and write the first one into the table."
)
NOTHING_TOLD = (
    "Nothing can be told here: what it is computed from needs readings, and names that are known. "
    "Its cell “Driven by” in Settings says what is missing."
)
FIRST = (Health.OUT_OF_RANGE, Health.NEAR_EDGE)
"""What asks for help first."""


def show_nothing_driven() -> None:
    """Say how to begin where no KPI is computed from others."""
    st.markdown(f"{NOTHING_DRIVEN} `{EXAMPLE}`.")
    _settings_link()


def pick_kpi(driven: Sequence[DrivenKpi]) -> DrivenKpi:
    """Ask which KPI is to get better, the team's own picked that needs it most; say how it is."""
    at = st.selectbox(
        "Which KPI should get better?",
        range(len(driven)),
        index=_first(driven),
        format_func=lambda at: driven[at].name,
    )
    kpi = driven[at]
    st.markdown(_standing(kpi))
    return kpi


def pick_objective(objectives: Sequence[OkrObjective]) -> int | None:
    """Ask which objective a new key result belongs to; None where there is none yet."""
    if not objectives:
        st.info(NO_OBJECTIVE)
        return None
    at = st.selectbox(
        "Under which objective?",
        range(len(objectives)),
        format_func=lambda at: _objective(objectives[at]),
    )
    return objectives[at].id


def show(
    levers: Sequence[DriverImpact],
    *,
    objective_id: int | None,
    on_make: Callable[[DriverImpact, int], None],
) -> None:
    """Show what would help, the most helpful first, each with its button; what would not, last.

    A KPI that feeds a key result of the objective already is one: it has no button.
    """
    if not levers:
        st.info(NOTHING_TOLD)
        _settings_link()
        return
    st.markdown(_quiet(EXPLAINED))
    for at, lever in enumerate(levers):
        if lever.share > 0:
            _helpful(lever, at, objective_id, on_make)
        else:
            st.markdown(_quiet(_told(lever, lever.feeds)))


def _helpful(
    lever: DriverImpact,
    at: int,
    objective_id: int | None,
    on_make: Callable[[DriverImpact, int], None],
) -> None:
    here = [each for each in lever.feeds if each.objective_id == objective_id]
    elsewhere = [each for each in lever.feeds if each not in here]
    with st.container(border=True, gap="small"):
        st.markdown(_told(lever, elsewhere))
        # A bar takes no more than the whole, and rounding may give a trifle more.
        st.progress(min(lever.share, 1.0), text=_compared(lever, at))
        if here:
            st.markdown(f"✓ Already a key result here: {_quoted(here)}.")
        elif objective_id is not None:
            st.button(
                "Make it a key result",
                key=f"make key result {lever.kpi_id}",
                on_click=on_make,
                args=(lever, objective_id),
            )


def _told(lever: DriverImpact, feeds: Sequence[FedKeyResult]) -> str:
    said = words.escaped(lever.reason)
    return f"{said} It already feeds {_quoted(feeds)}." if feeds else said


def _quoted(key_results: Sequence[FedKeyResult]) -> str:
    return ", ".join(f"“{words.escaped(each.name)}”" for each in key_results)


def _quiet(markdown: str) -> str:
    """Write what is for a second look; a caption's own grey is too faint to be read by all."""
    return f":small[:gray[{markdown}]]"


def _compared(lever: DriverImpact, at: int) -> str:
    if at == 0:
        return "helps most"
    if round(lever.share * 100) == 0:
        return "helps hardly at all"
    return f"helps {formatting.percent(lever.share)} as much"


def _standing(kpi: DrivenKpi) -> str:
    """Say where a KPI is; one that has gone silent was there when it was last read."""
    value = formatting.value(kpi.value, kpi.unit, kpi.low, kpi.high)
    if kpi.health is Health.NO_DATA:
        value = "" if kpi.value is None else f"last read {value}"
    ideal = words.ideal(kpi.low, kpi.high, kpi.unit, kpi.value)
    facts = (gauge_words.STATES[kpi.health.value], value, ideal)
    return " · ".join(words.escaped(fact) for fact in facts if fact)


def _first(driven: Sequence[DrivenKpi]) -> int:
    """Give a KPI of the nearest team: the first out of its range, else near its edge, else any."""

    def rank(at: int) -> tuple[int, int]:
        health = driven[at].health
        return driven[at].away, FIRST.index(health) if health in FIRST else len(FIRST)

    return min(range(len(driven)), key=rank)


def _objective(row: OkrObjective) -> str:
    return f"{row.name} (draft)" if row.state is ObjectiveState.DRAFT else row.name


def _settings_link() -> None:
    looked_at = {**top_line.looked_at(), "table": "kpis"}
    st.page_link(SETTINGS.script, label="Open Settings", query_params=looked_at, width="content")
