from types import SimpleNamespace

import pytest
import streamlit as st

from components.ui import cookies


def test_what_was_remembered_is_recalled(monkeypatch: pytest.MonkeyPatch) -> None:
    kept = {"team": "S%C3%BCd%3B%20%26%20Nord"}
    monkeypatch.setattr(st, "context", SimpleNamespace(cookies=kept))
    assert cookies.recall("team") == "Süd; & Nord"
    assert cookies.recall("person") is None
