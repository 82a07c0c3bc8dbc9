"""What the leader's list is sent, and what it says."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from components.drift import drift_words
from data.kpis.queries.decision_status import act_of
from models import DecisionKind, Health, Signal
from tests.components.drift_examples import counts, view
from tests.components.examples import TODAY, action, decision, gauge, signal
from tests.components.sent import sent
from tests.elements import records

YESTERDAY = TODAY - timedelta(days=1)


def list_of_drifts() -> None:
    from components.drift import drift_list
    from models import Health
    from tests.components.drift_examples import view
    from tests.components.examples import TODAY, decision, departure, gauge, signal

    drift_list.show(
        view(
            gauge(signal=signal(), undecided_days=28, departure=departure()),
            gauge(kpi_id=2, signal=signal(), decision=decision()),
            gauge(kpi_id=3, health=Health.OUT_OF_RANGE, value=64.0, undecided_days=8),
            more=30,
        ),
        today=TODAY,
        narrowed=False,
        key="drift",
        on_open=lambda kind, key: None,
        on_team=lambda name: None,
        on_more=lambda: None,
    )


def plain(text: str) -> str:
    return text.replace("\u202f", " ").replace("\u00a0", " ")


def test_the_list_is_one_component() -> None:
    data = sent(list_of_drifts)
    assert data["question"] == "5 of 38 KPIs drift, 2 undecided."
    assert [row["id"] for row in records(data["rows"])] == [1, 2, 3]
    assert data["more"] == 30
    assert data["empty"] == ""


def test_a_row_says_state_since_and_decision() -> None:
    open_, decided, outside = records(sent(list_of_drifts)["rows"])
    assert (open_["name"], open_["path"]) == ("Conversion rate", {"teams": ["Sales", "North"]})
    assert [plain(open_[name]) for name in ("value", "ideal", "sentence", "decision")] == [
        "9.1 %",
        "ideal 8–12 %",
        "Falling from 10.2 to 9.4 % since 21 Sep. Leaves its range around 30 Nov.",
        "undecided for 4 weeks",
    ]
    assert (open_["waits"], decided["waits"], outside["waits"]) == (True, False, True)
    assert open_["state"]["kind"] == "in-range"
    assert open_["signal"] == {"kind": "drifting", "shape": "▼", "text": "drifting down"}
    assert plain(decided["decision"]) == "acknowledged by Ana until 1 Dec"
    assert outside["state"]["kind"] == "out-of-range"
    assert outside["signal"] is None
    assert plain(outside["sentence"]) == "Out of range: 64 %."
    assert open_["unusual"] == 8


def test_the_teams_that_drift_most_are_shown_first() -> None:
    data = sent(list_of_drifts)
    assert len(data["teams"]) == 16
    assert (data["teams"][0]["name"], data["teams"][0]["depth"]) == ("Acme", 0)
    assert len(data["shown"]) == 12
    hidden = set(range(16)) - set(data["shown"])
    assert {data["teams"][at]["drifting"][-1] for at in hidden} == {0}
    assert data["months"][:6] == ["", "", "Jun", "", "", ""]


def list_to_decide_in() -> None:
    from components.drift import drift_list
    from models import Signal
    from tests.components.drift_examples import view
    from tests.components.examples import PERIODS, TODAY, action, decision, gauge, signal

    acted = gauge(kpi_id=2, signal=signal(), decision=decision(), actions=(action(),))
    drift_list.show(
        view(
            gauge(signal=signal(), undecided_days=28),
            acted,
            gauge(kpi_id=3, signal=signal(signal=Signal.WATCH)),
        ),
        today=TODAY,
        narrowed=False,
        key="drift",
        on_open=lambda kind, key: None,
        on_team=lambda name: None,
        on_more=lambda: None,
        editable=True,
        periods=PERIODS,
        people=["Ana", "Ben"],
        person="Ben",
    )


def test_what_drifts_can_be_decided_in_its_row() -> None:
    data = sent(list_to_decide_in)
    waits, decided, watched = records(data["rows"])
    assert [row["decides"] for row in (waits, decided, watched)] == [True, True, False]
    assert (waits["owner"], waits["cadence"], waits["latest"]) == ("Ana", "weekly", 1)
    assert plain(decided["actions"]) == "Ben: Check the feed, by 12 Dec"
    assert (data["editable"], data["answer"], data["form"]["person"]) == (True, None, "Ben")
    assert list(data["form"]["cadences"]) == ["weekly"]


def list_of_thirty() -> None:
    from components.drift import drift_list
    from tests.components.drift_examples import view
    from tests.components.examples import TODAY, departure, gauge, signal

    drift_list.show(
        view(
            *(
                gauge(
                    kpi_id=n,
                    name=f"Share of calls {n}",
                    value=9.1 + n,
                    signal=signal(),
                    undecided_days=n,
                    departure=departure(),
                    series=tuple(97.1234567 + (week + n) / 7 for week in range(26)),
                )
                for n in range(30)
            )
        ),
        today=TODAY,
        narrowed=False,
        key="drift",
        on_open=lambda kind, key: None,
        on_team=lambda name: None,
        on_more=lambda: None,
    )


def test_a_row_costs_at_most_350_bytes() -> None:
    import json

    data = sent(list_of_thirty)
    assert len(json.dumps(data["rows"])) <= 350 * 30


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"drifting": 0, "undecided": 0, "waiting": 0}, "None of 38 KPIs drifts."),
        (
            {"drifting": 0, "undecided": 0, "waiting": 1},
            "None of 38 KPIs drifts; 1 other waits for a decision.",
        ),
        (
            {"drifting": 1, "undecided": 1, "waiting": 1},
            "1 of 38 KPIs drifts, 1 undecided.",
        ),
        ({"drifting": 1, "undecided": 0, "waiting": 0}, "1 of 38 KPIs drifts, it is decided."),
        ({"undecided": 0, "waiting": 0}, "5 of 38 KPIs drift, all are decided."),
        ({"kpis": 0}, "What drifts, since when, and who has decided?"),
        (
            {"kpis": 41, "silent": 3, "undecided": 0, "waiting": 0},
            "5 of 38 KPIs drift, all are decided.",
        ),
        (
            {"kpis": 141, "silent": 141, "drifting": 0},
            "141 KPIs have no data: nothing can be told.",
        ),
    ],
)
def test_the_headline(changes: dict[str, int], said: str) -> None:
    assert drift_words.headline(view(counts=counts(**changes))) == said


@pytest.mark.parametrize(
    ("of_real", "by_chance", "many", "simulated"),
    [
        ((0.12, 0.15), (0.02, 0.08), "probably none", "too"),
        ((1.52, 1.9), (0.23, 1.06), "about 2", "at most about 1"),
        ((6.0, 7.5), (0.9, 4.2), "about 6 to 8", "about 1 to 4"),
        ((0.4, 0.6), (0.9, 1.2), "at most about 1", "about 1"),
    ],
)
def test_what_to_expect_by_chance(
    of_real: tuple[float, float], by_chance: tuple[float, float], many: str, simulated: str
) -> None:
    assert drift_words.by_chance(counts(of_real=of_real, by_chance=by_chance)) == (
        f"By luck alone, {many} of 38 KPIs would be called drifting in 26 readings, "
        f"though nothing had changed (in simulations {simulated})."
    )


def test_without_judged_kpis_nothing_is_expected() -> None:
    assert drift_words.by_chance(counts(judged=0)) == ""


def test_what_else_is_the_matter() -> None:
    found = counts(kpis=41, silent=3, outside=1, recovering=2, watched=3, indicators=1, judged=36)
    assert drift_words.besides(found) == (
        "3 have no data · 1 is out of range · 2 recover · 3 to watch · 1 indicator drifts · "
        "2 have too few readings to tell"
    )


@pytest.mark.parametrize(
    ("changes", "narrowed", "said"),
    [
        (
            {"listed": 0, "kpis": 12, "calm": 12},
            False,
            "Nothing drifts under Acme. 12 KPIs are in range and steady.",
        ),
        (
            {"listed": 0, "kpis": 13, "calm": 12},
            False,
            "Nothing drifts under Acme. 12 KPIs are in range and steady. "
            "1 KPI has too few or too old readings to tell.",
        ),
        ({"kpis": 0}, False, drift_words.NO_KPIS),
        ({"listed": 3}, True, drift_words.NO_SUCH),
    ],
)
def test_an_empty_list_says_what_there_is(
    changes: dict[str, int], narrowed: bool, said: str
) -> None:
    assert drift_words.nothing(view(counts=counts(**changes)), narrowed=narrowed) == said


def test_indicators_alone_need_a_range_first() -> None:
    found = view(counts=counts(kpis=0), has_indicators=True)
    assert drift_words.nothing(found, narrowed=False) == drift_words.NO_RANGES


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"signal": signal(), "undecided_days": 0}, "undecided since today"),
        (
            {"signal": signal(), "undecided_days": 14, "decision": decision()},
            "to look at again for 2 weeks · acknowledged by Ana on 3 Nov",
        ),
        (
            {"signal": signal(), "decision": replace(decision(), kind=DecisionKind.REROUTE)},
            "rerouted by Ana on 3 Nov",
        ),
        (
            {"signal": signal(), "decision": act_of(action()), "actions": (action(),)},
            "Ben: Check the feed, by 12 Dec",
        ),
        (
            {"signal": signal(), "decision": act_of(action(due=YESTERDAY)), "undecided_days": 0},
            "Ben: Check the feed, was due 16 Nov and is not done",
        ),
        (
            {"signal": signal(), "decision": act_of(action(done_on=YESTERDAY))},
            "Ben: Check the feed, done 16 Nov",
        ),
        ({"signal": signal(signal=Signal.RECOVERING), "undecided_days": 14}, ""),
        ({"signal": signal(signal=Signal.WATCH)}, ""),
        ({"signal": signal(), "undecided_days": 9, "health": Health.NO_DATA}, ""),
        (
            {"health": Health.OUT_OF_RANGE, "since_before": True, "undecided_days": 1114},
            "undecided for over 3 years",
        ),
    ],
)
def test_who_decided_what(changes: dict[str, Any], said: str) -> None:
    assert plain(drift_words.decision(gauge(**changes), TODAY)) == said
