"""What the cards of what needs a decision are sent, and their groups."""

from typing import Any

import pytest

from components.ui import deltas
from tests.components.sent import sent


def cards_of_decisions() -> None:
    from data.screens.views.cockpit import DecisionCard
    from tests.components.cockpit.shown import show_cards
    from tests.components.examples import (
        decision,
        gauge,
        key_result,
        out_of_range,
        signal,
    )

    slow = key_result(standing="behind pace", progress=0.1)
    known = gauge(kpi_id=4, signal=signal(), decision=decision())
    cards = [
        out_of_range(),
        DecisionCard("drifting", gauge=gauge(kpi_id=3, signal=signal(), undecided_days=7)),
        DecisionCard("no data", gauge=gauge(kpi_id=2, period=None)),
        DecisionCard("behind pace", key_result=slow, objective="Sell"),
        DecisionCard("drifting", gauge=known, decided=True),
    ]
    show_cards(*cards)


def test_the_cards_are_one_component_and_say_what_they_open() -> None:
    cards = sent(cards_of_decisions)["cards"]
    opens = [(card["target"], card["id"], card["verb"], card["kpi"]) for card in cards]
    assert opens == [
        ("kpi", 1, "", 1),
        ("kpi", 3, "", 3),
        ("kpi", 2, "Enter it now", 2),
        ("key result", 7, "Check in", None),
        ("kpi", 4, "", 4),
    ]


def test_what_nobody_has_decided_can_be_decided_in_its_card() -> None:
    data = sent(cards_of_decisions)
    decides = [card["decide"] for card in data["cards"]]
    assert [each and each["owner"] for each in decides] == ["Ana", "Ana", None, None, None]
    assert [card["decided"] for card in data["cards"]] == [False, False, False, False, True]
    assert decides[1]["latest"] == 1
    assert len(decides[1]["series"].split()) == 26
    assert list(data["form"]["cadences"]) == ["weekly"]


def alike() -> None:
    from data.screens.views.cockpit import DecisionCard
    from tests.components.cockpit.shown import show_cards
    from tests.components.examples import gauge, out_of_range, signal

    lines = [
        DecisionCard(
            "drifting",
            gauge=gauge(kpi_id=at, name=f"Line {at} scrap rate", signal=signal(), undecided_days=7),
        )
        for at in (1, 2, 3)
    ]
    show_cards(out_of_range(kpi_id=9), *lines)


def test_cards_that_say_the_same_of_siblings_are_sent_as_a_group_too() -> None:
    data = sent(alike)
    assert len(data["cards"]) == 4
    (group,) = data["groups"]
    assert (group["title"], group["whose"]) == ("3 lines: scrap rate", "Sales")
    assert group["places"] == [1, 2, 3]
    assert group["worst"].startswith("The worst is Line 1 scrap rate. Falling from ")
    assert (group["shape"], group["age"]) == ("▼", "all are drifting, nobody has decided")


def test_cards_and_groups_are_written_once_for_all_who_look(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    large: list[dict[str, Any]] = []
    monkeypatch.setattr(deltas, "delta", lambda name, content: large.append(content))
    sent(alike)
    sent(alike)
    first, second = ([*content["cards"], *content["groups"]] for content in large)
    assert len(first) == 5
    assert [id(row) for row in first] == [id(row) for row in second]


def alike_in_teams() -> None:
    from data.screens.views.cockpit import DecisionCard
    from tests.components.cockpit.shown import show_cards
    from tests.components.examples import key_result, out_of_range

    slow = key_result(name="Money saved", standing="behind pace")
    lags = [DecisionCard("behind pace", key_result=slow, objective=name) for name in "ABC"]
    show_cards(*(out_of_range(kpi_id=at, team=f"Plant {at}") for at in (1, 2, 3)), *lags)


def test_the_worst_of_one_name_is_told_by_its_team_or_objective() -> None:
    of_teams, of_objectives = sent(alike_in_teams)["groups"]
    assert (of_teams["title"], of_teams["whose"]) == ("3 teams: Conversion rate", "")
    assert of_teams["worst"].startswith("The worst is Plant 1. ")
    assert of_objectives["worst"].startswith("The worst is A. ")


def no_decisions() -> None:
    from tests.components.cockpit.shown import show_cards

    show_cards()


def test_without_cards_there_is_a_calm_line() -> None:
    assert sent(no_decisions)["calm"] == {"shape": "✓", "text": "Nothing needs a decision."}
