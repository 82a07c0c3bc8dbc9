"""What runs is noted in the log of the server, under the name of the request that it answers."""

import logging

import streamlit as st

LOG = logging.getLogger("milepost")


def note(event: str, **facts: float | str) -> None:
    """Note an event with facts, none of which may be words of people."""
    request = st.context.headers.get("X-Request-ID")
    LOG.info(event, extra={"facts": {"request": request, **facts}})
