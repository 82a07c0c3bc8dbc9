from typing import Any

import pytest

from components.ui import deltas
from tests.components.sent import sent, sent_texts


def wall_of_gauges() -> None:
    from components.cockpit import gauges
    from models import Health, Signal
    from tests.components.examples import PERIODS, TODAY, decision, gauge, indicator, signal

    gauges.show(
        [
            gauge(),
            gauge(kpi_id=2, high=None, off=1, needle=1.0, team="Marketing"),
            gauge(kpi_id=3, value=None, previous=None, period=None, series=(), needle=None),
            gauge(kpi_id=4, health=Health.OUT_OF_RANGE, series=(9.0, None, 64.0)),
            gauge(kpi_id=5, signal=signal()),
            gauge(kpi_id=6, signal=signal(), decision=decision()),
            gauge(kpi_id=7, signal=signal(signal=Signal.STEADY, onset=None)),
        ],
        [indicator(), indicator(kpi_id=10, team="Marketing")],
        periods=PERIODS,
        version=12,
        today=TODAY,
        day=TODAY,
        editable=True,
        outcome=None,
        focus=None,
        key="gauges",
        on_edit=lambda edit: None,
        team="Sales",
    )


def test_the_wall_is_one_component() -> None:
    data = sent(wall_of_gauges)
    assert data["version"] == 12
    assert data["day"] == "2026-11-17"
    assert data["answer"] is None
    gauges = data["gauges"]
    assert [(gauge["team"], gauge["owner"]) for gauge in gauges[:2]] == [
        ("", "Ana"),
        ("Marketing", "Ana"),
    ]
    assert [gauge["id"] for gauge in gauges] == [1, 2, 3, 4, 5, 6, 7]


def test_a_gauge_is_sent_short() -> None:
    first, one_sided, silent, gap, *_ = sent(wall_of_gauges)["gauges"]
    assert first["band"] == [0.333, 0.667]
    assert first["series"].split(" ")[-2:] == ["8.8", "9.1"]
    assert first["limits"] == [7.235, 10.99]
    assert one_sided["band"] == [0.333, 1.0]
    assert (first["exact"], first["ideal"]) == ("9.1", "8–12\u00a0%")
    nothing = (silent[name] for name in ("exact", "shown", "needle", "series", "behind"))
    assert tuple(nothing) == ("", "–", None, "", None)
    assert gap["series"] == "9 - 64"


def test_the_period_that_is_due_comes_first_and_is_named() -> None:
    data = sent(wall_of_gauges)
    (weeks,) = data["periods"].values()
    assert len(weeks) == 26
    assert weeks[0] == {"start": "2026-11-09", "name": "week of 9\u00a0Nov"}
    assert [gauge["behind"] for gauge in data["gauges"]] == [0, 0, None, 0, 0, 0, 0]


def test_a_signal_is_a_second_mark_and_marks_its_stretch() -> None:
    first, *_, drifting, decided, steady = (
        (gauge["signal"], gauge["unusual"], gauge["decided"])
        for gauge in sent(wall_of_gauges)["gauges"]
    )
    mark = {"kind": "drifting", "shape": "▼", "text": "drifting down"}
    assert first == (None, 0, False)
    assert drifting == (mark, 8, False)
    assert decided == (mark, 8, True)
    assert steady == (None, 0, False)


def test_an_indicator_has_value_change_and_period() -> None:
    row, _ = sent(wall_of_gauges)["indicators"]
    words = (row[name] for name in ("name", "value", "change", "period"))
    texts = [text.replace("\u202f", " ").replace("\u00a0", " ") for text in words]
    assert isinstance(row["id"], int)
    assert texts == ["Visitors", "123 456", "+3 456 since the week before", "week of 9 Nov"]


def test_an_indicator_of_another_team_names_it_as_a_gauge_does() -> None:
    rows = sent(wall_of_gauges)["indicators"]
    assert [row["team"] for row in rows] == ["", "Marketing"]


def two_hundred_gauges() -> None:
    from components.cockpit import gauges
    from tests.components.examples import PERIODS, TODAY, gauge

    series = [tuple(97.1234567 + (week + n) / 7 for week in range(26)) for n in range(200)]
    gauges.show(
        [
            gauge(kpi_id=1000 + n, name=f"Share of calls {n}", series=each)
            for n, each in enumerate(series)
        ],
        [],
        periods=PERIODS,
        version=12,
        today=TODAY,
        day=TODAY,
        editable=True,
        outcome=None,
        focus=None,
        key="gauges",
        on_edit=lambda edit: None,
    )


def test_a_gauge_costs_at_most_350_bytes() -> None:
    assert sum(map(len, sent_texts(two_hundred_gauges))) <= 350 * 200


def empty_wall() -> None:
    from components.cockpit import gauges
    from tests.components.examples import TODAY

    gauges.show(
        [],
        [],
        periods={},
        version=0,
        today=TODAY,
        day=TODAY,
        editable=False,
        outcome=None,
        focus=None,
        key="gauges",
        on_edit=lambda edit: None,
    )


def test_an_empty_wall_says_what_to_do_first() -> None:
    assert sent(empty_wall)["empty"].startswith("No KPIs here yet. Add")


def lanes_of_objectives() -> None:
    from components.cockpit import key_results
    from data.okrs.views.key_results import GuardrailView
    from models import Cadence, Health, KeyResultKind
    from tests.components.examples import TODAY, key_result, objective

    held = {"kind": KeyResultKind.HOLD, "held": 3, "hold_periods": 8, "standing": "behind pace"}
    ahead = {"chance": 0.92, "expected": 0.61, "span": (0.12345, 1.23)}
    key_results.show(
        [
            objective(
                key_result(progress=1.4, standing="done"),
                key_result(
                    key_result_id=8,
                    fed_by="Churn",
                    fed_by_id=4,
                    cadence=Cadence.WEEKLY,
                    **held,
                    **ahead,
                ),
                key_result(key_result_id=9, value=None, standing="no value", confidence=None),
                key_result(
                    key_result_id=10, fed_by="Calls", fed_by_id=5, feed_is_live=False, is_over=True
                ),
                guardrails=(GuardrailView(4, "Churn", Health.OUT_OF_RANGE),),
                unvalued=("Raise 90-day retention",),
                expected=0.61,
            )
        ],
        team="Company",
        version=12,
        today=TODAY,
        day=TODAY,
        editable=True,
        outcome=None,
        focus=9,
        key="key_results",
        on_edit=lambda edit: None,
    )


def test_the_lanes_are_one_component() -> None:
    data = sent(lanes_of_objectives)
    (objective,) = data["objectives"]
    assert data["focus"] == 9
    assert objective["facts"].endswith(" · likely 61\u00a0% at the end")
    assert objective["over"] is False
    assert objective["guardrails"] == [
        {"id": 4, "name": "Churn", "matter": "is out of range while this objective runs"}
    ]
    assert objective["unvalued"] == "counts as 0: Raise 90-day retention"
    done, held, silent, archived = objective["key_results"]
    assert (done["done"], done["typed"], done["phrase"]) == (1.0, True, "done")
    assert (held["typed"], held["fed"], held["way"]) == (False, "Churn", "3 of 8 weeks held")
    assert (held["phrase"], held["promise"]) == ("92\u00a0% by\u00a031\u00a0Dec", "in-time")
    assert (held["span"], held["lag"]) == ([0.123, 1.0], "5 points behind")
    assert held["prospect"].startswith("92\u00a0% likely by 31\u00a0Dec · ")
    assert (held["kpi"], archived["fed"], archived["kpi"]) == (4, "Calls", None)
    assert [each["closed"] for each in objective["key_results"]] == [False, False, False, True]
    assert (silent["exact"], silent["value"], silent["confidence"]) == ("", "–", "")
    assert silent["sureness"]["word"] == "no confidence given"
    assert (silent["span"], silent["prospect"], silent["promise"]) == (None, "", "")


def no_objectives() -> None:
    from components.cockpit import key_results
    from tests.components.examples import TODAY

    key_results.show(
        [],
        team="Company",
        version=0,
        today=TODAY,
        day=TODAY,
        editable=False,
        outcome=None,
        focus=None,
        key="key_results",
        on_edit=lambda edit: None,
    )


def test_no_objectives_says_what_to_do_first() -> None:
    assert sent(no_objectives)["empty"].startswith("No objectives here yet. Write")


def cards_of_decisions() -> None:
    from components.cockpit import decisions
    from data.screens.views.cockpit import DecisionCard
    from tests.components.examples import (
        PERIODS,
        TODAY,
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
    decisions.show(
        cards,
        day=TODAY,
        today=TODAY,
        editable=True,
        outcome=None,
        key="decisions",
        calm="✓ Nothing needs a decision.",
        on_decide=lambda edit: None,
        on_open=lambda key: None,
        periods=PERIODS,
    )


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
    from components.cockpit import decisions
    from data.screens.views.cockpit import DecisionCard
    from tests.components.examples import PERIODS, TODAY, gauge, out_of_range, signal

    lines = [
        DecisionCard(
            "drifting",
            gauge=gauge(kpi_id=at, name=f"Line {at} scrap rate", signal=signal(), undecided_days=7),
        )
        for at in (1, 2, 3)
    ]
    decisions.show(
        [out_of_range(kpi_id=9), *lines],
        day=TODAY,
        today=TODAY,
        editable=True,
        outcome=None,
        key="decisions",
        calm="",
        on_decide=lambda edit: None,
        on_open=lambda key: None,
        periods=PERIODS,
    )


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
    from components.cockpit import decisions
    from data.screens.views.cockpit import DecisionCard
    from tests.components.examples import PERIODS, TODAY, key_result, out_of_range

    slow = key_result(name="Money saved", standing="behind pace")
    lags = [DecisionCard("behind pace", key_result=slow, objective=name) for name in "ABC"]
    decisions.show(
        [*(out_of_range(kpi_id=at, team=f"Plant {at}") for at in (1, 2, 3)), *lags],
        day=TODAY,
        today=TODAY,
        editable=True,
        outcome=None,
        key="decisions",
        calm="",
        on_decide=lambda edit: None,
        on_open=lambda key: None,
        periods=PERIODS,
    )


def test_the_worst_of_one_name_is_told_by_its_team_or_objective() -> None:
    of_teams, of_objectives = sent(alike_in_teams)["groups"]
    assert (of_teams["title"], of_teams["whose"]) == ("3 teams: Conversion rate", "")
    assert of_teams["worst"].startswith("The worst is Plant 1. ")
    assert of_objectives["worst"].startswith("The worst is A. ")


def no_decisions() -> None:
    from components.cockpit import decisions
    from tests.components.examples import PERIODS, TODAY

    decisions.show(
        [],
        day=TODAY,
        today=TODAY,
        editable=True,
        outcome=None,
        key="decisions",
        calm="✓ Nothing needs a decision.",
        on_decide=lambda edit: None,
        on_open=lambda key: None,
        periods=PERIODS,
    )


def test_without_cards_there_is_a_calm_line() -> None:
    assert sent(no_decisions)["calm"] == {"shape": "✓", "text": "Nothing needs a decision."}


def toast_of_a_command() -> None:
    from components.ui import toast

    toast.show("Saved 3.4 %.", command_id=5, key="toast", on_undo=lambda command: None)


def test_a_toast_is_told_once_for_a_command() -> None:
    assert sent(toast_of_a_command) == {
        "message": "Saved 3.4 %.",
        "command": 5,
        "nonce": "5 Saved 3.4 %.",
    }


def remembered() -> None:
    from components.ui import cookies

    cookies.remember("team", "Süd; & Nord")


def test_a_cookie_is_percent_encoded() -> None:
    assert sent(remembered) == {"name": "team", "value": "S%C3%BCd%3B%20%26%20Nord"}
