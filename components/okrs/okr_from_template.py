"""Where a draft can begin: with an example of one's function, or with what a cycle left."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date

import streamlit as st

from components.ui import formatting, words
from data.company.views import NextCycle
from data.okrs.views.drafts import Left

Lines = Mapping[str, Sequence[str]]
"""Plain lines below a name: the key results of an objective, or a function's KPIs."""

EXAMPLES, LEFT = "examples", "copy left"
"""Where the session keeps which of both is open."""

NOTHING_LEFT = "Nothing was left over there, or all of it is here already."


def examples(
    library: Mapping[str, Lines],
    kpis: Lines,
    *,
    likely: str | None,
    too_many: Callable[[str], str],
    on_add: Callable[[str, str, bool], None],
) -> None:
    """Offer examples by function; one that is picked becomes a draft, with its KPIs if wanted.

    `likely` is the function offered first; `too_many` warns that a function's KPIs are too many
    for the team, with nothing where they are not.
    """
    # What is not looked at is not sent.
    shown = st.popover("Use an example", width="content", key=EXAMPLES, on_change="rerun")
    if not shown.open:
        return
    with shown:
        function = function_asked(tuple(library), key="example function", likely=likely)
        with_kpis = st.checkbox("Add the KPIs below too, where the team has none of that name")
        if with_kpis and (warning := too_many(function)):
            st.markdown(warning)
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


def function_asked(functions: Sequence[str], *, key: str, likely: str | None = None) -> str:
    """Ask what the team does; the likely answer is picked already."""
    first = functions.index(likely) if likely in functions else 0
    # Another team's own answer is none for this one.
    return str(
        st.selectbox("What does the team do?", functions, index=first, key=f"{key}: {likely}")
    )


def too_many(count: int, most: int) -> str:
    """Say that a team would have more KPIs than it can keep in mind; nothing where it would not."""
    if count <= most:
        return ""
    return f"That makes {count} KPIs: more than {most} are hard to keep in mind."


def copy(
    left: Sequence[Left],
    *,
    lines_of: Callable[[Left], Lines],
    on_copy: Callable[[Left], None],
    ahead: NextCycle | None,
    day: date,
    on_ahead: Callable[[], None],
) -> None:
    """Offer to copy what an earlier cycle left, the last one first, with a look at it.

    Where nothing comes after the cycle that is looked at, the one `ahead` is offered: what this one
    leaves can be copied once it is there.
    """
    if not left and ahead is None:
        return
    # What was left is read when somebody wants to see it.
    shown = st.popover("Copy what was left", key=LEFT, on_change="rerun")
    if not shown.open:
        return
    with shown:
        if ahead is not None:
            _offer_next(ahead, day, on_ahead)
        if not left:
            return
        at = st.selectbox(
            "From which cycle?",
            range(len(left)),
            format_func=lambda at: left[at].cycle,
            key="copied cycle",
        )
        found = lines_of(left[at])
        if not found:
            st.markdown(NOTHING_LEFT)
            return
        for name, key_results in found.items():
            st.markdown(f"**{words.escaped(name)}**")
            st.markdown(_list(key_results))
        st.button(
            "Copy as drafts",
            type="primary",
            help="Each key result starts where it stands now",
            on_click=lambda: on_copy(left[at]),
        )


def _offer_next(ahead: NextCycle, day: date, on_ahead: Callable[[], None]) -> None:
    """Offer to add the cycle that comes next."""
    first, last = (formatting.day(each, day) for each in (ahead.starts_on, ahead.ends_on))
    name = words.escaped(ahead.name)
    st.markdown(f"To plan ahead, add the next cycle: {name}, {first} to {last}.")
    st.button(f"Add {name}", key="add next cycle", on_click=on_ahead)


def _list(lines: Sequence[str]) -> str:
    return "\n".join(f"- {words.escaped(line)}" for line in lines)
