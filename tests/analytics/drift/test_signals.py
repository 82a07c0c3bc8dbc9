"""Signals: replay, its facts, and bringing them up to date by one period."""

from collections.abc import Sequence
from dataclasses import fields
from itertools import pairwise
from math import inf, nan
from re import fullmatch

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from numpy.typing import NDArray

from analytics.drift import Facts, replay, resume, state_after, trace, trace_from
from analytics.drift.serialization import packed, unpacked

pytestmark = pytest.mark.filterwarnings("error")
relaxed = settings(deadline=None, database=None, max_examples=60)

Numbers = NDArray[np.float64]
Words = NDArray[np.str_]
better_words = st.sampled_from(["higher", "lower", "within"])

# Whole numbers: shifted, negated and doubled they stay exact, and alarms are within reach.
readings = st.one_of(st.integers(-9, 9).map(float), st.integers(0, 3).map(float), st.just(nan))
series = arrays(np.float64, st.integers(0, 75), elements=readings)
wild = st.one_of(st.floats(allow_nan=True, allow_infinity=True), readings)


@st.composite
def tables(draw: st.DrawFn) -> Numbers:
    """Draw KPIs of which some step or ramp away, so that alarms begin and end."""
    random = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    shape = (draw(st.integers(1, 4)), draw(st.integers(0, 110)))
    noise = np.round(random.normal(size=shape) * draw(st.sampled_from([0, 1, 4])))
    start, length = draw(st.integers(0, 110)), draw(st.integers(0, 60))
    noise[:, start : start + length] += draw(st.sampled_from([-12, -3, 0, 12]))
    return np.where(random.random(shape) < draw(st.sampled_from([0, 0.1, 0.6])), nan, noise)


def of(words: Words) -> str:
    """Write signals as their first letters."""
    return "".join(word[0] for word in words)


def healthy(periods: int, seed: int = 20200101) -> Numbers:
    return np.random.default_rng(seed).normal(10, 1, size=periods)


def same(one: Facts, other: Facts) -> None:
    for field in fields(Facts):
        left, right = getattr(one, field.name), getattr(other, field.name)
        np.testing.assert_array_equal(left, right, err_msg=field.name)


def test_a_steady_kpi_learns_for_eleven_readings() -> None:
    assert of(replay([1, 2] * 20, better="higher")) == "l" * 11 + "s" * 29


def test_a_bad_step_drifts_and_a_good_one_is_a_fact_of_its_own() -> None:
    values = healthy(60)
    values[40:] -= 3
    assert "d" in of(replay(values, better="higher"))[40:48]
    good = trace(values, better="lower")
    assert set(of(good.signal[11:])) <= {"s", "w"}
    assert good.favourable[40:48].any()
    assert not good.favourable[:40].any()


@pytest.mark.parametrize(("better", "sign"), [("higher", 1), ("lower", -1)])
def test_a_favourable_shift_is_told_by_the_window_that_shows_it(better: str, sign: int) -> None:
    values = sign * healthy(60)
    values[40:] += sign * 3
    good = trace(values, better=better)
    shown = good.favourable.nonzero()[0]
    assert 40 <= shown[0] < 48
    assert (sign * good.z[shown] > 2.5).all()
    assert set(good.window[shown].tolist()) <= {8, 12}
    assert (sign * (good.mean - good.expected)[shown] > 0).all()


def test_within_both_sides_are_bad() -> None:
    for step in (-3, 3):
        values = healthy(60)
        values[40:] += step
        assert "d" in of(replay(values, better="within"))[40:48]


def test_an_alarm_stands_through_recovery_until_it_is_certified() -> None:
    values = healthy(100)
    values[40:60] -= 4
    words = of(replay(values, better="higher"))
    assert words[59] == "d"
    recovering = words.index("r")
    assert 61 <= recovering <= 66
    certified = min(index for index in range(60, 100) if words[index] in "sw")
    assert set(words[recovering:certified]) == {"r"}
    assert 70 <= certified <= 76
    assert set(words[certified:]) <= {"s", "w"}


def test_the_baseline_stays_that_of_before_however_long_the_drift_lasts() -> None:
    values = healthy(300)
    values[40:] -= 4
    facts = trace(values, better="higher")
    begun = of(facts.signal).index("d")
    assert set(facts.signal[begun:]) == {"drifting"}
    assert len(set(facts.size[begun:])) == 1
    assert facts.expected[-1] == pytest.approx(10, abs=1)


def test_after_a_relapse_it_is_held_against_the_old_baseline_still() -> None:
    values = healthy(100)
    values[40:55] -= 4
    values[75:] -= 4
    words = of(replay(values, better="higher"))
    assert words[74] in "sw"
    assert "d" in words[75:81]


def test_a_person_sets_a_new_normal() -> None:
    values = healthy(120)
    values[40:] -= 4
    words = of(replay(values, better="higher", rebased=[60]))
    assert words[59] == "d"
    assert words[60:71] == "l" * 11
    assert set(words[71:]) <= {"s", "w"}


def test_a_new_normal_counts_from_its_period_though_no_reading_came() -> None:
    values = healthy(60)
    values[30:35] = nan
    words = of(replay(values, better="higher", rebased=[32]))
    assert words[29] == words[30] == words[31] != "l"
    assert words[32:46] == "l" * 14
    assert words[46] != "l"


@pytest.mark.parametrize("slope", [-0.3, -1.0])
def test_who_gets_worse_along_a_trend_of_its_own_is_watched(slope: float) -> None:
    words = replay(healthy(80) + slope * np.arange(80), better="higher")
    assert set(words[30:]) == {"watch"}
    assert set(replay(healthy(80) + slope * np.arange(80), better="lower")[30:]) <= {
        "steady",
        "watch",
    }


def test_one_bad_reading_is_watched_and_no_alarm() -> None:
    values = healthy(60)
    values[45] -= 8
    words = of(replay(values, better="higher"))
    assert words[45] == "w"
    assert "d" not in words


@pytest.mark.parametrize("outlier", [-1e6, 1e6])
def test_an_outlier_in_the_baseline_hides_nothing_and_raises_nothing(outlier: float) -> None:
    values = healthy(60)
    values[10] = outlier
    assert "d" not in of(replay(values, better="higher"))
    values[40:] -= 4
    assert "d" in of(replay(values, better="higher"))[40:48]


def test_the_numbers_of_the_sentence_can_be_recomputed() -> None:
    values = np.tile([9.0, 10.0, 11.0, 10.0, 9.5, 10.5], 8)
    values[38:] -= 1
    facts = trace(values, better="higher")
    period = of(facts.signal).index("d")
    assert period in range(41, 46)
    window = int(facts.window[period])
    last = slice(period + 1 - window, period + 1)
    assert window in (8, 12)
    assert facts.size[period] == 30
    assert facts.mean[period] == pytest.approx(values[last].mean())
    assert facts.expected[period] == pytest.approx(10, abs=0.2)
    assert facts.sigma[period] == pytest.approx(values[:30].std(ddof=1), rel=0.25)
    errors = (facts.mean[period] - facts.expected[period]) / facts.error[period]
    assert (abs(values[last] - facts.expected[period]) < 3 * facts.sigma[period]).all()
    assert facts.z[period] == pytest.approx(errors)
    assert facts.onset[period] == 39
    assert (facts.onset[:period] == -1).all()


def test_an_outlying_reading_counts_for_three_sigmas() -> None:
    values = healthy(44)
    values[-1] = -1e6
    facts = trace(values, better="higher")
    assert facts.mean[-1] < -1e4
    assert facts.z[-1] > -2


def test_the_slope_is_that_of_least_squares() -> None:
    values = healthy(50) - 0.2 * np.arange(50)
    slope = np.polyfit(np.arange(50), values, 1)[0]
    assert trace(values, better="higher").slope[-1] == pytest.approx(slope)


DEGENERATE = {
    "nothing": ([], ""),
    "three readings": ([3, 1, 2], "lll"),
    "all missing": ([nan] * 40, "l" * 40),
    "all infinite": ([inf, -inf] * 20, "l" * 40),
    "constant": ([5.0] * 60, "l" * 11 + "s" * 49),
    "constant, then worse": ([5.0] * 40 + [4.0] * 8, "l{11}s{29}w{2,3}d{5,6}"),
    "constant, then better": ([5.0] * 40 + [6.0] * 8, "l" * 11 + "s" * 37),
    "constant, then one outlier": ([5.0] * 40 + [-1e6] + [5.0] * 9, None),
    "steadily worse": (list(range(60, 0, -1)), "l" * 11 + "w" * 49),
    "steadily better": (list(range(60)), "l" * 11 + "s" * 49),
    "yes and no": ([0, 1, 1] * 20, "l" * 11 + "s" * 49),
    "rarely not": ([1.0] * 35 + [0.0] + [1.0] * 24, None),
    "near 100 %": ([100, 100, 99.5, 100, 99, 100] * 10, None),
    "huge": ([1e300, -1e300] * 30, "l" * 11 + "s" * 49),
    "tiny": ([1e-300, -1e-300] * 30, "l" * 11 + "s" * 49),
}


@pytest.mark.parametrize("name", DEGENERATE)
def test_every_series_has_a_defined_answer(name: str) -> None:
    values, expected = DEGENERATE[name]
    words = of(replay(values, better="higher"))
    assert len(words) == len(values)
    assert "d" not in words or "worse" in name
    assert expected is None or fullmatch(expected, words)


def test_three_thousand_readings_of_a_healthy_kpi_are_mostly_steady() -> None:
    words = replay(np.random.default_rng(3).normal(size=3000), better="higher")
    assert np.mean(words == "steady") > 0.85


def test_no_kpis_have_no_signals() -> None:
    assert replay(np.empty((0, 5)), better="higher").shape == (0, 5)
    assert replay(np.empty((3, 0)), better="higher").shape == (3, 0)


def test_a_season_that_is_there_is_expected() -> None:
    wave = 5 * np.sin(2 * np.pi * np.arange(84) / 12)
    words = of(replay(healthy(84) + wave, better="higher", season=12))
    assert "d" not in words
    values = healthy(84) + wave
    values[72:] -= 3
    assert "d" in of(replay(values, better="higher", season=12))[72:82]


def test_before_a_season_was_there_twice_nothing_is_called_drifting() -> None:
    values = healthy(40)
    values[14:] -= 6
    assert "d" not in of(replay(values, better="higher", season=12))[:23]
    assert "d" in of(replay(values, better="higher"))[14:23]


def test_a_season_is_believed_from_its_second_year() -> None:
    wave = 5 * np.sin(2 * np.pi * np.arange(36) / 12)
    values = healthy(36) + wave
    assert "d" not in of(replay(values, better="higher", season=12))
    values[24:] -= 6
    assert "d" in of(replay(values, better="higher", season=12))[24:32]


@pytest.mark.parametrize("seasons", [[12, 52], [7, None, 13]])
def test_a_longer_season_beside_it_changes_no_kpi(seasons: list[int | None]) -> None:
    values = noise((len(seasons), 80), 0.6) + 2 * np.sin(2 * np.pi * np.arange(80) / 12)
    values[:, 60:] -= 4
    together = trace(values, better="higher", season=seasons)
    for row, season in enumerate(seasons):
        alone = trace(values[row], better="higher", season=season)
        same(alone, Facts(*(getattr(together, field.name)[row] for field in fields(Facts))))


TICKETS = np.concatenate(
    [
        [859.0, 773, 764, 701, 632, 620, 627, 672, 787, 897, 920, 911],
        [897, 861, 803, 736, 687, 652, 682, 724, 806, 959, 981, 974],
        [914, 890, 844, 793, 758, 699, 711, 782, 880, 993, 1049, 996],
        [948, 931, 887, 809, 793, 762, 790, 831, 911, 1044, 1054, 1057],
        [1013, 991, 933, 871],
    ]
)
"""A season of twelve months that grows by some 4 % a year, as it always has."""


def test_a_season_that_grows_as_it_always_has_is_never_called_drifting() -> None:
    random = np.random.default_rng(20200101)
    values = np.tile(TICKETS, (200, 1))
    values[1:][random.random((199, len(TICKETS))) < 0.1] = nan
    assert "drifting" not in replay(values, better="within", season=12)


@pytest.mark.parametrize(
    ("terms", "said"),
    [
        ({"better": "up"}, "better is 'up'"),
        ({"better": ["higher"]}, "better has 1 words for 2 KPIs"),
        ({"better": "higher", "season": [12]}, "season has 1 numbers for 2 KPIs"),
        ({"better": "higher", "smallest_change": [1]}, "smallest_change has 1 numbers for 2 KPIs"),
        ({"better": "higher", "smallest_change": -1}, "smallest_change is below 0 or infinite"),
        ({"better": "higher", "smallest_change": [1, inf]}, "smallest_change is below 0 or inf"),
    ],
)
def test_terms_that_do_not_fit_are_refused(terms: dict[str, object], said: str) -> None:
    with pytest.raises(ValueError, match=said):
        replay(np.zeros((2, 3)), **terms)  # type: ignore[arg-type]


@relaxed
@given(tables(), st.data())
def test_each_kpi_is_judged_for_itself(values: Numbers, data: st.DataObject) -> None:
    kpis = len(values)

    def one_each(element: st.SearchStrategy[object]) -> list[object]:
        return data.draw(st.lists(element, min_size=kpis, max_size=kpis))

    indices = st.lists(st.integers(0, 110), max_size=2)
    terms = {
        "better": one_each(better_words),
        "season": one_each(st.sampled_from([None, 4, 12])),
        "rebased": one_each(indices),
        "excluded": one_each(indices),
        "smallest_change": one_each(st.sampled_from([None, 2.5])),
    }
    together = trace(values, **terms)  # type: ignore[arg-type]
    for row in range(kpis):
        alone = trace(values[row], **{name: each[row] for name, each in terms.items()})  # type: ignore[arg-type]
        same(alone, Facts(*(getattr(together, field.name)[row] for field in fields(Facts))))


def tight(periods: int = 60) -> Numbers:
    """Around 100, 0.3 % up and down, and 1 % lower from reading 40 on."""
    values = 100 + 0.3 * np.random.default_rng(20200101).normal(size=periods)
    values[40:] -= 1
    return values


def test_a_shift_below_what_matters_is_watched_and_no_alarm() -> None:
    assert "d" in of(replay(tight(), better="higher"))[40:48]
    facts = trace(tight(), better="higher", smallest_change=2)
    assert set(facts.signal[:40]) <= {"learning", "steady", "watch"}
    assert set(facts.signal[43:]) == {"watch"}
    assert set(facts.rule[48:]) == {"window"}
    assert (np.abs(facts.mean - facts.expected)[20:] < 2).all()
    assert (facts.onset == -1).all()


def test_an_alarm_begins_where_the_mean_is_as_far_off_as_what_matters() -> None:
    values = tight()
    values[48:] -= 3
    facts = trace(values, better="higher", smallest_change=2)
    begun = of(facts.signal).index("d")
    off = facts.expected - facts.mean
    assert 48 < begun < 56
    assert off[begun] >= 2
    assert (off[20:begun] < 2).all()


def test_an_alarm_that_stands_does_not_end_below_what_matters() -> None:
    values = healthy(70)
    values[40:46] -= 6
    values[46:] -= 1.6
    facts = trace(values, better="higher", smallest_change=3)
    begun = of(facts.signal).index("d")
    assert 40 < begun < 46
    assert set(facts.signal[begun:]) <= {"drifting", "recovering"}
    assert facts.expected[-1] - facts.mean[-1] < 3


@pytest.mark.parametrize(("better", "sign"), [("higher", 1), ("lower", -1)])
def test_a_favourable_shift_below_what_matters_is_none(better: str, sign: int) -> None:
    values = -sign * tight()
    assert trace(values, better=better).favourable[48:].all()
    assert not trace(values, better=better, smallest_change=2).favourable.any()
    assert trace(values, better=better, smallest_change=0.5).favourable[48:].all()


def test_a_wild_reading_makes_no_shift_the_size_that_matters() -> None:
    values = tight()
    values[50] += 1000
    facts = trace(values, better="higher", smallest_change=2)
    assert facts.mean[50] - facts.expected[50] > 50
    assert "d" not in of(facts.signal)


def test_each_kpi_has_a_smallest_change_of_its_own() -> None:
    words = replay([tight()] * 4, better="higher", smallest_change=[None, 2.0, nan, 0.5])
    assert ["d" in of(row) for row in words] == [True, False, True, True]


@relaxed
@given(tables(), better_words, st.sampled_from([0, 0.0, nan, None]))
def test_without_a_smallest_change_every_shift_counts(
    values: Numbers, better: str, none: float | None
) -> None:
    same(
        trace(values, better=better, smallest_change=none),
        trace(values, better=better, smallest_change=[none] * len(values)),
    )
    same(trace(values, better=better, smallest_change=none), trace(values, better=better))


@relaxed
@given(tables(), better_words, st.sampled_from([1, 4, 30]))
def test_an_alarm_never_begins_below_what_matters(
    values: Numbers, better: str, least: float
) -> None:
    facts = trace(values, better=better, smallest_change=least)
    alarmed = facts.signal == "drifting"
    begins = (np.diff(facts.onset, axis=1, prepend=-1) != 0) & alarmed
    assert (np.abs(facts.mean - facts.expected)[begins] >= least).all()
    assert (np.abs(facts.mean - facts.expected)[facts.favourable] >= least).all()


@relaxed
@given(tables(), better_words, st.integers(-64, 64), st.sampled_from([0.5, 1, 4]))
def test_what_matters_is_in_the_unit_of_the_kpi(
    values: Numbers, better: str, shift: int, least: float
) -> None:
    words = replay(values, better=better, smallest_change=least)
    moved = replay((values + shift) * 4, better=better, smallest_change=least * 4)
    np.testing.assert_array_equal(words, moved)


@relaxed
@given(tables(), better_words, st.integers(0, 110), st.sampled_from([None, 12]))
def test_nobody_looks_ahead(values: Numbers, better: str, cut: int, season: int | None) -> None:
    terms = {"better": better, "season": season, "rebased": [[50]] * len(values)}
    whole, begun = (replay(part, **terms) for part in (values, values[:, :cut]))  # type: ignore[arg-type]
    np.testing.assert_array_equal(begun, whole[:, :cut])


@relaxed
@given(tables(), better_words, st.integers(-64, 64), st.integers(-9, 9))
def test_unit_and_origin_do_not_matter(
    values: Numbers, better: str, shift: int, power: int
) -> None:
    moved = (values + shift) * 2.0**power
    np.testing.assert_array_equal(replay(values, better=better), replay(moved, better=better))


@relaxed
@given(tables())
def test_higher_and_lower_mirror_each_other(values: Numbers) -> None:
    higher, lower = trace(values, better="higher"), trace(-values, better="lower")
    np.testing.assert_array_equal(higher.signal, lower.signal)
    np.testing.assert_array_equal(higher.favourable, lower.favourable)
    np.testing.assert_array_equal(replay(values, better="within"), replay(-values, better="within"))


@relaxed
@given(tables(), better_words)
def test_a_missing_reading_repeats_the_last_signal(values: Numbers, better: str) -> None:
    words = replay(values, better=better)
    before = np.concatenate([np.full((len(values), 1), "learning"), words[:, :-1]], axis=1)
    missing = np.isnan(values)
    np.testing.assert_array_equal(words[missing], before[:, : values.shape[1]][missing])


@relaxed
@given(tables(), better_words, st.lists(st.integers(0, 110), max_size=5))
def test_an_excluded_reading_is_as_if_missing(
    values: Numbers, better: str, excluded: Sequence[int]
) -> None:
    left_out = values.copy()
    left_out[:, [index for index in excluded if index < values.shape[1]]] = nan
    given_terms = replay(values, better=better, excluded=[excluded] * len(values))
    np.testing.assert_array_equal(given_terms, replay(left_out, better=better))


@relaxed
@given(arrays(np.float64, st.integers(0, 90), elements=wild), better_words)
def test_nothing_upsets_it(values: Numbers, better: str) -> None:
    words = replay([values, values], better=better, season=[4, 12])
    assert set(words.ravel()) <= {"learning", "steady", "watch", "drifting", "recovering"}


@relaxed
@given(tables(), better_words, st.integers(0, 110), st.sampled_from([None, 12]))
def test_resuming_is_replaying(values: Numbers, better: str, cut: int, season: int | None) -> None:
    begun, least = [[60]] * len(values), [2.5, None, 0.5, nan][: len(values)]
    terms = {"better": better, "season": season, "rebased": begun, "smallest_change": least}
    state = state_after(values[:, :cut], **terms)  # type: ignore[arg-type]
    facts = trace(values, **terms)  # type: ignore[arg-type]
    for period in range(min(cut, values.shape[1]), values.shape[1]):
        state = resume(state, values[:, period], rebased=np.full(len(values), period == 60))
        same(
            state.facts, Facts(*(getattr(facts, field.name)[:, period] for field in fields(Facts)))
        )


@relaxed
@given(tables(), better_words, st.lists(st.integers(0, 110), min_size=4, max_size=4))
def test_periods_without_a_reading_need_no_step(
    values: Numbers, better: str, cuts: list[int]
) -> None:
    kpis, periods = values.shape
    left = np.array([min(cut, periods) for cut in cuts[:kpis]])
    begun = [[60]] * kpis
    facts = trace(values, better=better, rebased=begun)
    until = np.where(np.arange(periods) < left[:, None], values, nan)
    state = state_after(
        until, better=better, rebased=[[60] if cut > 60 else [] for cut in left.tolist()]
    )
    later = [
        np.flatnonzero(np.isfinite(row) & (np.arange(periods) >= left[at]))
        for at, row in enumerate(values)
    ]
    steps = np.array([mine[0] if len(mine) else periods for mine in later])
    newest = [row[step] if step < periods else nan for row, step in zip(values, steps, strict=True)]
    state = resume(state, newest, periods=steps, rebased=(left <= 60) & (steps >= 60))
    read = np.flatnonzero(steps < periods)
    same(
        Facts(*(getattr(state.facts, field.name)[read] for field in fields(Facts))),
        Facts(*(getattr(facts, field.name)[read, steps[read]] for field in fields(Facts))),
    )


@relaxed
@given(
    tables(),
    better_words,
    st.lists(st.integers(0, 110), max_size=2),
    st.lists(st.integers(0, 110), max_size=3),
)
def test_going_on_from_what_is_packed_is_tracing(
    values: Numbers, better: str, begun: list[int], cuts: list[int]
) -> None:
    kpis, periods = values.shape
    least = [2.5, None, 0.5, nan][:kpis]
    terms = {"better": better, "season": 12, "smallest_change": least}
    state = state_after(values[:, :0], **terms)  # type: ignore[arg-type]
    ends = sorted({*(cut for cut in cuts if cut < periods), periods})
    parts: list[tuple[int, Words, Facts]] = []
    for start, end in pairwise([0, *ends]):
        here = [at - start for at in begun if start <= at < end]
        rebased = [here] * kpis
        state, signals, facts = trace_from(state, values[:, start:end], rebased=rebased)
        parts.append((start, signals, facts))
        state = unpacked(packed(state), better=[better] * kpis, season=12, smallest_change=least)
    whole = trace(values, rebased=[begun] * kpis, **terms)  # type: ignore[arg-type]
    np.testing.assert_array_equal(np.hstack([signals for _, signals, _ in parts]), whole.signal)
    for start, _, facts in parts:
        read = np.isfinite(values[:, start : start + facts.signal.shape[1]]).cumsum(axis=1) > 0
        for field in fields(Facts):
            mine, all_facts = getattr(facts, field.name), getattr(whole, field.name)
            np.testing.assert_array_equal(
                mine[read], all_facts[:, start : start + mine.shape[1]][read]
            )


def share_drifting(
    values: Numbers, *, after: int, better: str = "higher", season: int | None = None
) -> float:
    words = replay(values, better=better, season=season)[:, after:]
    return float((words == "drifting").any(axis=1).mean())


def noise(shape: tuple[int, int], correlation: float = 0.0) -> Numbers:
    values = np.random.default_rng(20200101).normal(size=shape)
    for period in range(1, shape[1]):
        values[:, period] *= np.sqrt(1 - correlation**2)
        values[:, period] += correlation * values[:, period - 1]
    return values


# Shares of 800; the bounds lie three standard errors beyond the aims of the benchmark.
@pytest.mark.parametrize(
    ("correlation", "slope"), [(0.0, 0.0), (0.3, 0.0), (0.6, 0.0), (0.0, -0.1), (0.3, -0.2)]
)
def test_few_healthy_kpis_are_called_drifting(correlation: float, slope: float) -> None:
    values = noise((800, 56), correlation) + slope * np.arange(56)
    assert share_drifting(values, after=30) <= 0.048


@pytest.mark.parametrize("better", ["higher", "lower", "within"])
@pytest.mark.parametrize("slope", [0.0, -0.1, 0.1])
def test_few_healthy_kpis_with_a_season_are_called_drifting(slope: float, better: str) -> None:
    wave = 2 * np.sin(2 * np.pi * np.arange(62) / 12)
    values = noise((800, 62)) + wave + slope * np.arange(62)
    assert share_drifting(values, after=0, better=better, season=12) <= 0.048


@pytest.mark.parametrize("better", ["higher", "lower"])
def test_high_months_that_scatter_most_raise_few_alarms(better: str) -> None:
    season = np.exp(np.sin(2 * np.pi * np.arange(74) / 12))
    values = season * (1 + 0.1 * noise((400, 74), 0.3))
    assert share_drifting(values, after=48, better=better, season=12) <= 0.048
    values[:, 48:] *= 0.5 if better == "higher" else 1.5
    assert share_drifting(values, after=48, better=better, season=12) >= 0.9


def test_few_are_called_drifting_after_a_baseline_of_twelve() -> None:
    assert share_drifting(noise((800, 38)), after=12) <= 0.05


@pytest.mark.parametrize(
    ("step", "ramp", "correlation", "within", "least"),
    [
        (2.0, 0.0, 0.0, 8, 0.81),
        (1.5, 0.0, 0.0, 13, 0.66),
        (0.0, 0.25, 0.0, 13, 0.89),
        (0.0, 0.1, 0.0, 26, 0.79),
        (2.0, 0.0, 0.6, 13, 0.50),
    ],
)
def test_most_drifts_are_found_in_time(
    step: float, ramp: float, correlation: float, within: int, least: float
) -> None:
    values = noise((800, 30 + within), correlation)
    values[:, 30:] -= step + ramp * np.arange(1, within + 1)
    assert share_drifting(values, after=30) >= least


def test_a_young_kpi_hears_of_a_great_fall() -> None:
    values = noise((200, 29))
    values[:, 16:] -= 8
    assert share_drifting(values, after=16) >= 0.9
    values = noise((200, 25))
    values[:, 12:] -= 8
    assert share_drifting(values, after=12) >= 0.9


@pytest.mark.parametrize("step", [-3.0, 3.0])
def test_a_step_inside_the_baseline_does_not_hide_a_later_drop(step: float) -> None:
    values = noise((200, 43))
    values[:, 15:] += step
    values[:, 30:] -= 2
    assert share_drifting(values, after=30) >= 0.3


def test_an_outage_inside_the_baseline_does_not_hide_a_later_drop() -> None:
    values = 50 + noise((200, 53))
    values[:, 20:25] = 0
    values[:, 40:] -= 8
    assert share_drifting(values, after=40, season=7) >= 0.9
    values[:, 40:] += 6
    assert share_drifting(values, after=40, season=7) >= 0.4


def test_after_two_years_a_great_fall_of_a_month_is_heard() -> None:
    wave = 2 * np.sin(2 * np.pi * np.arange(36) / 12)
    values = noise((200, 36)) + wave
    assert share_drifting(values, after=24, season=12) <= 0.08
    values[:, 24:] -= 6
    assert share_drifting(values, after=24, season=12) >= 0.8


@pytest.mark.parametrize(
    ("slope", "watched"), [(-0.03, 0.55), (-0.045, 0.75), (-0.06, 0.85), (-0.1, 0.93)]
)
def test_a_slope_that_was_there_all_along_is_watched(slope: float, watched: float) -> None:
    words = replay(noise((300, 56)) + slope * np.arange(56), better="higher")
    assert (words[:, 30:] == "drifting").any(axis=1).mean() <= 0.17
    assert np.isin(words[:, -1], ["watch", "drifting"]).mean() >= watched


@pytest.mark.parametrize("correlation", [0.0, 0.6, 0.8])
def test_no_step_of_ten_sigmas_is_missed(correlation: float) -> None:
    values = noise((200, 42), correlation)
    values[:, 30:] -= 10
    assert share_drifting(values, after=30) >= 0.98


def test_a_lone_wild_reading_is_never_an_alarm() -> None:
    values = noise((200, 40))
    values[:, 34] -= 1000
    assert share_drifting(values, after=30) <= 0.05
