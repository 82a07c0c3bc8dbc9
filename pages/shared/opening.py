"""Opening the data for a page, or saying in words why it cannot be opened."""

import streamlit as st

from data.database import Unusable
from data.migrate import TooNew
from data.workspace import Workspace, open_workspace


def opened() -> Workspace:
    """Give the open data; where there is none, say why and end the run."""
    try:
        return open_workspace()
    except (Unusable, TooNew) as error:
        st.error(str(error))
        st.stop()
