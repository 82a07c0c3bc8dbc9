"""What the gauges and the key results of a cockpit are sent."""

from tests.components.sent import sent, sent_texts


def wall_of_gauges() -> None:
    from models import Health, Signal
    from tests.components.cockpit.shown import show_gauges
    from tests.components.examples import decision, gauge, indicator, signal

    show_gauges(
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
    from tests.components.cockpit.shown import show_gauges
    from tests.components.examples import gauge

    series = [tuple(97.1234567 + (week + n) / 7 for week in range(26)) for n in range(200)]
    show_gauges(
        [
            gauge(kpi_id=1000 + n, name=f"Share of calls {n}", series=each)
            for n, each in enumerate(series)
        ]
    )


def test_a_gauge_costs_at_most_350_bytes() -> None:
    assert sum(map(len, sent_texts(two_hundred_gauges))) <= 350 * 200


def empty_wall() -> None:
    from tests.components.cockpit.shown import show_gauges

    show_gauges([])


def test_an_empty_wall_says_what_to_do_first() -> None:
    assert sent(empty_wall)["empty"].startswith("No KPIs here yet. Add")


def lanes_of_objectives() -> None:
    from data.okrs.views.key_results import GuardrailView
    from models import Cadence, Health, KeyResultKind
    from tests.components.cockpit.shown import show_key_results
    from tests.components.examples import key_result, objective

    held = {"kind": KeyResultKind.HOLD, "held": 3, "hold_periods": 8}
    ahead = {"chance": 0.92, "expected": 0.61, "span": (0.12345, 1.23)}
    show_key_results(
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
        ),
        focus=9,
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
    assert (held["span"], held["lag"]) == ([0.123, 1.0], "")
    assert held["prospect"].startswith("92\u00a0% likely by 31\u00a0Dec · ")
    assert (held["kpi"], archived["fed"], archived["kpi"]) == (4, "Calls", None)
    assert [each["closed"] for each in objective["key_results"]] == [False, False, False, True]
    assert (silent["exact"], silent["value"], silent["confidence"]) == ("", "–", "")
    assert silent["sureness"]["word"] == "no confidence given"
    assert (silent["span"], silent["prospect"], silent["promise"]) == (None, "", "")


def no_objectives() -> None:
    from tests.components.cockpit.shown import show_key_results

    show_key_results()


def test_no_objectives_says_what_to_do_first() -> None:
    assert sent(no_objectives)["empty"].startswith("No objectives here yet. Write")
