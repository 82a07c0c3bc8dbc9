"""Who is here: by sign-in where the company asks for it, else by the name that they picked."""

import contextlib
from collections.abc import Iterable

import streamlit as st
from sqlalchemy import Engine

from components.ui import cookies, words
from components.ui import sign_in as way_in
from data.core.settings import settings
from data.identity.people import NO_LONGER_LISTED, admit, introduce
from data.identity.queries import standing
from data.identity.sessions import has_ended
from data.identity.signing import signed, verified
from pages.shared import sign_in
from pages.shared.workspace import opened

PERSON_COOKIE = "milepost_person"
SOMEBODY_ELSE = "Somebody else? Type the whole name."
NO_ADDRESS = "Your sign-in tells no confirmed e-mail address, by which people are known here."


def require() -> None:
    """Find out who is here; where sign-in is asked for, show nothing else without it."""
    if not sign_in.is_asked_for():
        _recall()
        return
    if not _has_signed_in():
        way_in.ask(on_sign_in=st.login)
        st.stop()
    st.session_state.person = _name_of_signed_in()


def person_key(engine: Engine, name: str) -> int:
    """Give the key of who is here, for a command: a sign-in counts for more than a name.

    Raises `CommandRejected` where the name is none, or where they are no longer listed.
    """
    if not sign_in.is_asked_for():
        return introduce(engine, name)
    return admit(engine, email=_address() if _has_signed_in() else "", name=_claim("name"))


def remember() -> None:
    """Have the browser keep the name that was picked; to be shown last, as it takes a gap."""
    name = st.session_state.get("person")
    if sign_in.is_asked_for() or not name or name == _recalled():
        return
    # Where no key can be kept, people pick their name again in every session.
    with contextlib.suppress(OSError):
        token = signed(name, purpose=PERSON_COOKIE, key_file=settings().cookie_key)
        cookies.remember(PERSON_COOKIE, token)


def _recall() -> None:
    name = st.session_state.person if "person" in st.session_state else _recalled()
    if name and "known_as" in st.session_state and name != st.session_state.known_as:
        name = _listed(name)
    # Said again at every run: each page has a picker of its own, which begins without a name.
    st.session_state.person = st.session_state.known_as = name


def _listed(typed: str) -> str:
    """Take who is listed for a name that somebody typed just now, and say so."""
    people = [person.name for person in opened().company.people]
    if typed in people or (meant := person_meant(typed, people)) is None:
        return typed
    st.toast(f"You are {words.escaped(meant)}. {SOMEBODY_ELSE}", duration="long")
    return meant


def person_meant(typed: str, people: Iterable[str]) -> str | None:
    """Give the one whose name was typed, whole or in part; None where that is nobody or several.

    A part is a word of the name, or the words that it begins with, in capitals or not.
    """
    said = typed.casefold().split()
    spelled = {name: name.casefold().split() for name in people}
    whole = [name for name, own in spelled.items() if own == said]
    in_part = [
        name
        for name, own in spelled.items()
        if own[: len(said)] == said or (len(said) == 1 and said[0] in own)
    ]
    found = whole or in_part
    return found[0] if said and len(found) == 1 else None


def _recalled() -> str | None:
    kept = cookies.recall(PERSON_COOKIE)
    if kept is None:
        return None
    return verified(kept, purpose=PERSON_COOKIE, key_file=settings().cookie_key)


def _has_signed_in() -> bool:
    # Without sign-in this is missing, and as an attribute it would raise.
    if st.user.get("is_logged_in") is not True:
        return False
    session = sign_in.session_of(st.context.cookies)
    return session is None or not has_ended(session)


def _name_of_signed_in() -> str:
    """Name who signed in, as they are listed or else as their sign-in says."""
    email = _address()
    if not email:
        _turn_away(NO_ADDRESS)
    workspace = opened()
    listed = standing(workspace.engine, workspace.version, email)
    if listed is None:
        return _claim("name") or email
    if listed.withdrawn:
        _turn_away(NO_LONGER_LISTED)
    return listed.name


def _turn_away(reason: str) -> None:
    way_in.turn_away(reason, on_sign_out=st.logout)
    st.stop()


def _address() -> str:
    """Give the address of who signed in; one that its provider doubts is none."""
    # Some providers write it as text.
    is_doubted = str(st.user.get("email_verified")).lower() == "false"
    return "" if is_doubted else _claim("email")


def _claim(name: str) -> str:
    claim = st.user.get(name)
    return claim.strip() if isinstance(claim, str) else ""
