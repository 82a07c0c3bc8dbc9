"""A server of one card alone, before a page has it."""

import streamlit as st
from starlette.middleware import Middleware

from components.ui.frontend import Modules

app = st.App("hindsight.py", middleware=[Middleware(Modules)])
