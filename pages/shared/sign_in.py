"""Whether people must sign in, and where: one answer for the server and for every page."""

import hashlib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from urllib.parse import SplitResult, urlsplit

import streamlit as st
from streamlit.errors import StreamlitSecretNotFoundError
from streamlit.runtime.secrets import SecretsValue, secrets_singleton
from streamlit.web.server.starlette.starlette_server_config import USER_COOKIE_NAME
from streamlit.web.server.starlette.starlette_websocket import _get_signed_cookie_with_chunks

from data.core.settings import SignIn, settings
from data.identity.signing import derived


@cache
def is_asked_for() -> bool:
    """Tell whether the environment or `.streamlit/secrets.toml` has it so, as the server began.

    Once asked for, it stays so until the server ends: an edit that spoils the file must not open
    the door. Raises `StreamlitSecretNotFoundError` where a file is there and cannot be read.
    """
    if (asked := settings().sign_in) is not None:
        _take(asked)
        return True
    try:
        return "auth" in st.secrets
    except StreamlitSecretNotFoundError:
        if any(Path(path).exists() for path in st.get_option("secrets.files")):
            raise
        return False


def _take(asked: SignIn) -> None:
    """Hand what the environment says to Streamlit, in place of what a file would."""
    auth: dict[str, SecretsValue] = {
        "redirect_uri": f"{asked.address}/oauth2callback",
        "cookie_secret": derived(settings().secret, "sessions").hex(),
        "client_id": asked.client_id,
        "client_secret": asked.client_secret,
        "server_metadata_url": asked.metadata_url,
    }
    secrets_singleton.merge_programmatic_secrets({"auth": auth})


def host() -> str:
    """Give the name of the host that people open; none where nobody said so."""
    return _opened_at().hostname or ""


def is_encrypted() -> bool:
    """Tell whether people come over https."""
    return _opened_at().scheme == "https"


def session_of(cookies: Mapping[str, str]) -> str | None:
    """Give the digest of the session that a browser's cookies are of; None where they are of none.

    Each sign-in has one of its own, as its provider never gives the same answer twice.
    """
    told = _get_signed_cookie_with_chunks(dict(cookies), USER_COOKIE_NAME)
    return hashlib.sha256(told).hexdigest() if told else None


def _opened_at() -> SplitResult:
    leads_back_to = st.secrets["auth"].get("redirect_uri", "") if is_asked_for() else ""
    return urlsplit(str(leads_back_to or settings().address))
