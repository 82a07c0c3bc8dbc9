"""All remarks: the most useful first, at most two a row, none against another."""

from collections import Counter
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analytics.coach.draft import DraftKeyResult, DraftObjective, DraftTeam, KpiFacts
from analytics.coach.remark import About, Kind, amount, change, typed
from analytics.coach.remarks import MOST_A_ROW, SILENCES, remarks
from tests.analytics.coach.drafts_flawed import FLAWED
from tests.analytics.coach.drafts_kpis import KPIS
from tests.analytics.coach.drafts_sound import SOUND
from tests.analytics.coach.flaw import Flaw
from tests.analytics.coach.writing import hold, kpi, kr, objective

pytestmark = pytest.mark.filterwarnings("error")
relaxed = settings(deadline=None, database=None, max_examples=60)

names = st.sampled_from(["Launch the app", "Posts", "Growers stay", "Be the best 5", "", "Calls"])
numbers = st.one_of(st.none(), st.floats(), st.integers(-9, 9).map(float))
kpis = st.builds(
    KpiFacts,
    id=st.integers(1, 3),
    name=names,
    better=st.sampled_from(["higher", "lower", "within"]),
    kind=st.sampled_from(["leading", "lagging", ""]),
    low=numbers,
    high=numbers,
    values=st.lists(st.floats(-1e6, 1e6) | st.just(float("nan")), max_size=30).map(
        lambda each: np.array(each, dtype=np.float64)
    ),
    ahead=st.integers(0, 14),
)
key_results = st.builds(
    DraftKeyResult,
    name=names,
    kind=st.sampled_from(["metric", "milestone", "hold"]),
    unit=st.sampled_from(["%", "", "posts"]),
    start=numbers,
    target=numbers,
    weight=st.floats(0, 9),
    kpi=st.none() | kpis,
)
objectives = st.builds(
    DraftObjective,
    name=names,
    key_results=st.lists(key_results, max_size=4).map(tuple),
    scope=st.sampled_from(["team", "individual"]),
    is_draft=st.booleans(),
    guardrails=st.lists(st.integers(1, 3), max_size=2).map(tuple),
)
teams = st.builds(
    DraftTeam,
    st.lists(objectives, max_size=4).map(tuple),
    st.lists(kpis, max_size=4).map(tuple),
    st.lists(objectives, max_size=2).map(tuple),
    st.booleans(),
)


@relaxed
@given(teams)
def test_any_draft_hears_little_in_order_and_nothing_that_is_against_another(
    team: DraftTeam,
) -> None:
    said = remarks(team)
    places = [list(Kind).index(remark.kind) for remark in said]
    assert places == sorted(places)
    assert max(Counter(remark.about for remark in said).values(), default=0) <= MOST_A_ROW
    for remark in said:
        others = {other.kind for other in said if other.about == remark.about}
        # What is said above the table once for many rows is about several.
        assert remark.about == About() or not others & SILENCES.get(remark.kind, set())
        assert remark.reason


def test_nothing_is_said_of_nothing() -> None:
    assert remarks(DraftTeam()) == []


def test_an_activity_needs_no_better_numbers() -> None:
    draft = kr("Hold 5 workshops", "workshops", None, 5, "")
    base = SOUND["Sales"][:2]
    team = DraftTeam((*base, objective("We walk in prepared", "Ada", draft, *base[0].key_results)))
    kinds = [remark.kind for remark in remarks(team) if remark.about == About(2, 0)]
    assert kinds == [Kind.ACTIVITY]


def test_two_remarks_of_three_are_the_most_useful_ones() -> None:
    launch = DraftObjective(name="Grow 5 sales", key_results=(kr("Sales", "€", 1, 9, "Ada"),))
    said = remarks(DraftTeam((launch,)))
    assert [remark.kind for remark in said if remark.about == About(0)] == [
        Kind.NO_GUARDRAIL,
        Kind.FEW_KEY_RESULTS,
    ]


def test_a_range_out_of_reach_that_somebody_goes_for_is_on_its_way() -> None:
    backlog = kpi("Backlog", "tickets", "lower", "lagging", high=20, level=74, noise=7)
    idle = DraftTeam(SOUND["Data"][:3], (backlog,))
    assert [remark.kind for remark in remarks(idle)] == [Kind.HARD_RANGE]
    first = SOUND["Data"][0]
    goes = replace(first, key_results=(*first.key_results, hold(backlog, 8, "Ada")))
    assert remarks(DraftTeam((goes, *SOUND["Data"][1:3]), (backlog,))) == []


def test_a_remark_stands_where_its_row_is() -> None:
    sound = SOUND["Sales"][:3]
    still = kr("Farewells with a reason given", "%", 23, 23, "Ada")
    changed = replace(sound[2], key_results=(*sound[2].key_results, still))
    (remark,) = remarks(DraftTeam((*sound[:2], changed), KPIS["Sales"]))
    assert (remark.kind, remark.about) == (Kind.NO_DISTANCE, About(2, 3))


ADVICE_FOR_RUNNING = {
    Kind.UNFINISHED,
    Kind.PULLED_TWO_WAYS,
    Kind.GUARDED_ELSEWHERE,
    Kind.NO_GUARDRAIL,
}


@pytest.mark.parametrize("flaw", FLAWED, ids=lambda flaw: flaw.kind)
def test_what_is_under_way_hears_only_of_what_can_still_be_acted_on(flaw: Flaw) -> None:
    running = tuple(replace(each, is_draft=False) for each in flaw.team.objectives)
    said = remarks(replace(flaw.team, objectives=running))
    for remark in said:
        assert remark.kind in {*ADVICE_FOR_RUNNING, Kind.HARD_RANGE, Kind.EASY_RANGE}
        assert remark.kind is not Kind.UNFINISHED or "an owner" in remark.reason
    kinds = {remark.kind for remark in said}
    if flaw.kind in ADVICE_FOR_RUNNING - {Kind.UNFINISHED}:
        assert flaw.kind in kinds


def test_an_owner_can_be_found_while_it_is_under_way() -> None:
    first, *rest = SOUND["Sales"][:3]
    nobodys = replace(first.key_results[0], owner="", start=None)
    objective = replace(first, key_results=(nobodys, *first.key_results[1:]), is_draft=False)
    (remark,) = remarks(DraftTeam((objective, *rest), KPIS["Sales"]))
    assert (remark.kind, remark.about) == (Kind.UNFINISHED, About(0, 0))
    assert remark.reason.startswith("This still needs an owner:")


def test_a_range_that_somebody_elsewhere_goes_for_is_on_its_way() -> None:
    backlog = kpi("Backlog", "tickets", "lower", "lagging", high=20, level=74, noise=7)
    theirs = objective("Support / Calm", "Ada", hold(backlog, 8, "Ada"))
    assert remarks(DraftTeam(SOUND["Data"][:3], (backlog,), (theirs,))) == []


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (0, "0"),
        (1.4142, "1.41"),
        (17315.2, "17\u202f315"),
        (-0.01234, "−0.0123"),
        (100, "100"),
        (573_900_112_760_704, "574\u00a0T"),
        (0.00000000261, "2.61×10⁻⁹"),
    ],
)
def test_a_computed_number_has_three_digits(value: float, written: str) -> None:
    assert amount(value) == written
    assert amount(value, "€") == f"{written} €"


def test_a_typed_number_stays_as_it_was_typed() -> None:
    assert typed(99.95, "%") == "99.95 %"
    assert typed(1200000.0) == "1\u202f200\u202f000"


def test_computed_numbers_that_differ_read_differently() -> None:
    assert (amount(99.9988, "%", 99.9995), amount(99.9995, "%", 99.9988)) == (
        "99.9988 %",
        "99.9995 %",
    )
    assert amount(1.4142, "", 1.5) == "1.41"


def test_a_difference_of_percentages_is_in_percentage_points() -> None:
    assert change(1.5, "%") == "1.5 percentage points"
    assert change(1.0, "%") == "1 percentage point"
    assert change(1.5, "days") == "1.5 days"


@given(st.floats())
def test_any_number_can_be_written(value: float) -> None:
    assert amount(value)
    assert typed(value)
