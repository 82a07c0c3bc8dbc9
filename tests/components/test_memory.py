from types import SimpleNamespace

import pytest
import streamlit as st

from components import memory


def test_what_was_remembered_is_recalled(monkeypatch: pytest.MonkeyPatch) -> None:
    cookies = {"team": "S%C3%BCd%3B%20%26%20Nord"}
    monkeypatch.setattr(st, "context", SimpleNamespace(cookies=cookies))
    assert memory.recall("team") == "Süd; & Nord"
    assert memory.recall("person") is None
