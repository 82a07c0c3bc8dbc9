"""What a bakery's numbers would have told, on a page with nothing else."""

from datetime import date

import streamlit as st

from components.exchange import hindsight as card
from data.exchange.hindsight import hindsight
from tests.hindsight_company import bakery

st.set_page_config(layout="wide")
shown, _ = st.columns(2)
with shown:
    view = hindsight(bakery(), today=date(2026, 11, 24))
    if view is not None:
        card.show(view)
