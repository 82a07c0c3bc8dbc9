from types import SimpleNamespace

import pytest
import streamlit as st

from components.ui import cookies
from tests.components.sent import sent


def test_what_was_remembered_is_recalled(monkeypatch: pytest.MonkeyPatch) -> None:
    kept = {"team": "S%C3%BCd%3B%20%26%20Nord"}
    monkeypatch.setattr(st, "context", SimpleNamespace(cookies=kept))
    assert cookies.recall("team") == "Süd; & Nord"
    assert cookies.recall("person") is None


def remembered() -> None:
    from components.ui import cookies

    cookies.remember("team", "Süd; & Nord")


def test_a_cookie_is_percent_encoded() -> None:
    assert sent(remembered) == {"name": "team", "value": "S%C3%BCd%3B%20%26%20Nord"}
