from typing import Any

import pytest
import streamlit as st

from components.ui import click_events


def test_what_was_clicked_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    heard: list[tuple[str, int]] = []
    state: dict[str, Any] = {"cards": {"open": {"target": "kpi", "id": 4}}}
    monkeypatch.setattr(st, "session_state", state)
    click_events.listener("cards", lambda kind, number: heard.append((kind, number)))()
    click_events.listener("cards", None)()
    assert heard == [("kpi", 4)]


@pytest.mark.parametrize(
    "sent",
    [None, "kpi", {}, {"target": "team", "id": 4}, {"target": "kpi", "id": "4"}, {"id": True}],
)
def test_a_malformed_click_is_ignored(sent: object) -> None:
    assert click_events.target(sent) is None


def test_a_click_whose_page_was_left_meanwhile_is_ignored(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(st, "session_state", {})
    heard: list[tuple[str, int]] = []
    click_events.listener("cards", lambda kind, number: heard.append((kind, number)))()
    assert heard == []


def test_only_a_name_on_offer_is_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    picked: list[str] = []
    for name in ("Ana", "Bo", None, 3, ["Ana"], {"Ana": 1}):
        monkeypatch.setattr(st, "session_state", {"list": {"pick": name}})
        for known in ({"Ana"}, ["Ana"]):
            click_events.picker("list", "pick", lambda known=known: known, picked.append)()  # type: ignore[misc]
    assert picked == ["Ana", "Ana"]
