"""Whether people must sign in: one answer for the server and for every page."""

from functools import cache
from pathlib import Path

import streamlit as st
from streamlit.errors import StreamlitSecretNotFoundError


@cache
def is_asked_for() -> bool:
    """Tell whether `.streamlit/secrets.toml` has an `[auth]` section, as the server began.

    Once asked for, it stays so until the server ends: an edit that spoils the file must not open
    the door. Raises `StreamlitSecretNotFoundError` where a file is there and cannot be read.
    """
    try:
        return "auth" in st.secrets
    except StreamlitSecretNotFoundError:
        if any(Path(path).exists() for path in st.get_option("secrets.files")):
            raise
        return False
