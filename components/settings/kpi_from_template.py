"""Where a team's KPIs can begin: with examples of its function."""

from collections.abc import Callable, Collection, Mapping

import streamlit as st

from components.okrs import okr_from_template
from components.ui import words


def examples(
    library: Mapping[str, Mapping[str, str]],
    *,
    team: str,
    likely: str | None,
    known: Collection[str],
    refused: str,
    on_add: Callable[[str, str], None],
) -> None:
    """Offer a function's KPIs, each with its range and cadence in words, to be added one by one.

    `likely` is the function offered first, `known` are names that the team has already, and
    `refused` says why the last was not added.
    """
    with st.popover("Use an example", width="content"):
        function = okr_from_template.function_asked(
            tuple(library), key="kpi example function", likely=likely
        )
        st.caption(f"Added to {words.escaped(team)}, and yours to change.")
        if refused:
            st.warning(words.escaped(refused))
        for at, (name, facts) in enumerate(library[function].items()):
            with st.container(horizontal=True, vertical_alignment="center"):
                is_here = " · ✓ the team has it" if name in known else ""
                st.markdown(
                    f"**{words.escaped(name)}**  \n{words.escaped(facts)}{is_here}", width="stretch"
                )
                st.button(
                    "Add",
                    disabled=bool(is_here),
                    key=f"add example kpi {at}",
                    on_click=lambda name=name: on_add(function, name),
                )
