"""Drifts that are over: one tap says whether each was real, and a table what became of all."""

from collections.abc import Callable
from datetime import date
from itertools import groupby

import streamlit as st

from components.drift import account_words
from components.ui import cards, words
from data.screens.views.alarms import AlarmAccount, EndedDrift
from models import DriftVerdict


def ask(
    account: AlarmAccount, *, today: date, on_judge: Callable[[EndedDrift, DriftVerdict], None]
) -> None:
    """Ask of the drifts that ended last whether they were real; show nothing where none waits."""
    if not account.to_judge:
        return
    with cards.card("drifts that are over"):
        st.markdown(f"**{account_words.OVER}**")
        for each in account.to_judge[: account_words.MOST]:
            key = f"judge {each.kpi_id} {each.on}"
            with st.container(horizontal=True, vertical_alignment="center", gap="small"):
                st.markdown(words.escaped(account_words.drift(each, today)), width="content")
                for verdict, label in (
                    (DriftVerdict.REAL, account_words.REALLY),
                    (DriftVerdict.NOT_REAL, account_words.NOT_REALLY),
                ):
                    st.button(
                        label, key=f"{key} {verdict}", on_click=on_judge, args=(each, verdict)
                    )
        if more := account_words.more(account):
            st.caption(more)


def show(account: AlarmAccount) -> None:
    """Show what became of all drifts by team and year, beside how many false ones are promised."""
    if not account.years:
        st.markdown(account_words.NOTHING)
        return
    for year, of in groupby(account.years, key=lambda each: each.year):
        lines = (words.escaped(account_words.line(each)) for each in of)
        st.markdown(f"**{year}**\n\n" + "\n".join(f"- {line}" for line in lines))
    st.caption(f"{account_words.EXPLAINED} {account_words.promised(account.promised)}")
