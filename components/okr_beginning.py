"""Where a draft can begin: with an example of one's function, or with what a cycle left."""

from collections.abc import Callable, Mapping, Sequence

import streamlit as st

from components import words
from data.views import Left

Lines = Mapping[str, Sequence[str]]
"""Plain lines below a name: the key results of an objective, or a function's KPIs."""


def examples(
    library: Mapping[str, Lines],
    kpis: Lines,
    *,
    on_add: Callable[[str, str, bool], None],
) -> None:
    """Offer examples by function; one that is picked becomes a draft, with its KPIs if wanted."""
    with st.popover("Begin from an example", width="content"):
        function = st.selectbox("What does the team do?", tuple(library), key="example function")
        with_kpis = st.checkbox("Add the KPIs below too, where the team has none of that name")
        for at, (name, key_results) in enumerate(library[function].items()):
            st.markdown(f"**{words.escaped(name)}**")
            st.caption(_list(key_results))
            st.button(
                "Add as a draft",
                key=f"add example {at}",
                on_click=lambda name=name: on_add(function, name, with_kpis),
            )
        st.markdown("**KPIs that such a team may watch**")
        st.caption(_list(kpis[function]))


def copy(left: Sequence[Left], *, on_copy: Callable[[Left], None]) -> None:
    """Offer to copy what an earlier cycle left: the last one with objectives."""
    if not left:
        return
    last = left[0]
    st.button(
        f"Copy what was left from {words.escaped(last.cycle)}",
        help="What is not reached comes along as a draft: it starts where it stands now",
        on_click=lambda: on_copy(last),
    )


def _list(lines: Sequence[str]) -> str:
    return "\n".join(f"- {words.escaped(line)}" for line in lines)
