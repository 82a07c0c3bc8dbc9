"""The guided page on which a team closes its cycle, an objective after the other."""

from collections.abc import Callable
from datetime import date

import streamlit as st

from components.okrs import closing_words
from components.ui import cards, words
from components.ui.payloads import LONGEST
from data.okrs.views.closing import (
    Closing,
    ClosingKeyResult,
    ClosingObjective,
    KeyResultReview,
    ObjectiveReview,
)

WIDTHS = (5, 2, 4, 3)
SAME = 0.005
"""So near to the computed score, no other one was meant."""


def show(
    view: Closing,
    *,
    team: str,
    day: date,
    editable: bool,
    on_review: Callable[[ClosingObjective, ObjectiveReview], str],
    on_add_cycle: Callable[[], None],
    on_next: Callable[[str], None],
) -> None:
    """Show what a cycle came to; `on_review` hears what a team makes of an objective.

    It says why that could not be kept, which stands beside the button that was pressed. `on_next`
    hears which cycle to go on to, `on_add_cycle` that there is none yet.
    """
    st.markdown(closing_words.NOT_PAY)
    if empty := closing_words.nothing(view, team):
        st.info(words.escaped(empty))
        return
    if said := closing_words.pattern(view):
        st.markdown(f"**{said}**")
    for each in view.objectives:
        with cards.card(f"closing {each.row.id}"):
            _objective(each, day, on_review, editable=editable)
    _next(view, on_add_cycle, on_next, editable=editable)


def _objective(
    each: ClosingObjective,
    day: date,
    on_review: Callable[[ClosingObjective, ObjectiveReview], str],
    *,
    editable: bool,
) -> None:
    st.markdown(f"**{words.escaped(each.row.name)}**  \n{closing_words.objective(each)}")
    if broke := closing_words.broke(each, day):
        st.markdown(f":red[◆ {words.escaped(broke)}]")
    if recovering := closing_words.recovering(each):
        st.caption(recovering)
    closes = closing_words.is_open(each.row)
    with st.form(f"review {each.row.id}", border=False):
        said = [_key_result(each, one, editable=editable) for one in each.key_results]
        left, right = st.columns(2)
        key = f"review {each.row.id}"
        with left:
            helped = _text("What helped", each.helped, f"{key} helped", editable=editable)
        with right:
            hindered = _text("What hindered", each.hindered, f"{key} hindered", editable=editable)
        if st.form_submit_button(
            closing_words.submit(each),
            type="primary" if closes else "secondary",
            disabled=not editable,
        ):
            review = ObjectiveReview(each.row.id, tuple(said), helped, hindered, closes=closes)
            if told := on_review(each, review):
                st.warning(words.escaped(told))


def _text(label: str, stands: str, key: str, *, editable: bool) -> str:
    return st.text_area(label, stands, height=80, max_chars=LONGEST, key=key, disabled=not editable)


def _key_result(
    objective: ClosingObjective, each: ClosingKeyResult, *, editable: bool
) -> KeyResultReview:
    """Ask what is made of a key result, beside what it came to."""
    key = f"score {each.row.id}"
    name, score, reason, following = st.columns(WIDTHS, vertical_alignment="bottom")
    with name:
        st.markdown(
            f"{words.escaped(each.row.name)}  \n{words.escaped(closing_words.key_result(each))}"
        )
    stands = each.computed if each.score is None else each.score
    with score:
        given = st.number_input(
            closing_words.computed(each),
            0.0,
            1.0,
            None if stands is None else round(stands, 2),
            step=0.05,
            format="%.2f",
            key=key,
            disabled=not editable,
        )
    with reason:
        why = st.text_input(
            "Why, if it is another",
            each.reason,
            max_chars=LONGEST,
            key=f"{key} why",
            disabled=not editable,
        )
    with following:
        offered = closing_words.next_steps(objective, each)
        chosen = st.selectbox(
            "What next",
            offered,
            offered.index(closing_words.next_step(objective, each)),
            format_func=closing_words.NEXT.__getitem__,
            key=f"{key} next",
            help=closing_words.graduates(each) or None,
            disabled=not editable,
        )
    return KeyResultReview(each.row.id, _given(each, given), why, chosen)


def _given(each: ClosingKeyResult, given: float | None) -> float | None:
    """Give the score that somebody gave; none where it is the computed one."""
    if given is None or (each.computed is not None and abs(given - each.computed) <= SAME):
        return None
    return given


def _next(
    view: Closing,
    on_add_cycle: Callable[[], None],
    on_next: Callable[[str], None],
    *,
    editable: bool,
) -> None:
    if view.next_cycle is not None:
        name = view.next_cycle.name
        st.button(f"Go on to {words.escaped(name)}", on_click=on_next, args=(name,))
    elif editable:
        st.markdown(closing_words.NO_NEXT)
        st.button("Add the next cycle", on_click=on_add_cycle)
