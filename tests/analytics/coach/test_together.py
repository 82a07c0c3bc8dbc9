"""What many rows have in common is said once, above the table."""

from dataclasses import replace

import pytest

from analytics.coach.draft import DraftObjective, DraftTeam
from analytics.coach.remark import About, Kind, Remark
from analytics.coach.remarks import remarks
from analytics.coach.together import together
from tests.analytics.coach.drafts_kpis import KPIS
from tests.analytics.coach.drafts_sound import SOUND
from tests.analytics.coach.writing import kr, objective

ROAD = objective("Dry feet", "Ada", *(kr(name, "floods", 4, 1, "Ada") for name in "ABCD"))
TEAM = DraftTeam((ROAD, *(DraftObjective(name=name) for name in ("Dry hands", "Dry head"))))


def on_rows(count: int, of_many: str = "") -> list[Remark]:
    return [
        Remark(Kind.NO_DISTANCE, About(0, at), "There is no way to go.", of_many)
        for at in range(count)
    ]


def test_two_rows_keep_theirs() -> None:
    assert together(TEAM, on_rows(2)) == on_rows(2)


@pytest.mark.parametrize(("count", "names"), [(3, "“A”, “B” and “C”"), (4, "“A”, “B” and 2 more")])
def test_from_three_rows_on_they_are_named_above_the_table(count: int, names: str) -> None:
    (remark,) = together(TEAM, on_rows(count))
    assert remark == Remark(Kind.NO_DISTANCE, About(), f"{names}: There is no way to go.")


def test_with_words_for_many_they_are_counted() -> None:
    (remark,) = together(TEAM, on_rows(4, "key results go nowhere."))
    assert remark.reason == "4 key results go nowhere."


def test_rows_of_another_sort_and_other_reasons_are_another_matter() -> None:
    said = [
        *on_rows(2),
        Remark(Kind.NO_DISTANCE, About(1), "There is no way to go."),
        Remark(Kind.NO_DISTANCE, About(0, 2), "There is no way at all."),
        Remark(Kind.NO_DISTANCE, About(kpi="Rain"), "There is no way to go."),
    ]
    assert together(TEAM, said) == said


def test_objectives_and_kpis_are_named_too() -> None:
    objectives = [Remark(Kind.TASK, About(at), "Say what changes.") for at in range(3)]
    kpis = [
        Remark(Kind.HARD_RANGE, About(kpi=name), "Never met.") for name in ("Rain", "Sun", "Fog")
    ]
    assert [remark.reason for remark in together(TEAM, [*objectives, *kpis])] == [
        "“Dry feet”, “Dry hands” and “Dry head”: Say what changes.",
        "“Rain”, “Sun” and “Fog”: Never met.",
    ]


def test_a_quarter_without_owners_says_so_once() -> None:
    drafts = tuple(
        replace(each, key_results=tuple(replace(row, owner="") for row in each.key_results))
        for each in SOUND["Sales"]
    )
    (remark,) = remarks(DraftTeam(drafts, KPIS["Sales"]))
    assert remark.about == About()
    assert remark.reason.startswith("13 key results have no owner yet: ")


def test_a_quarter_without_starts_says_so_once() -> None:
    drafts = tuple(
        replace(each, key_results=tuple(replace(row, start=None) for row in each.key_results))
        for each in SOUND["Finance"]
    )
    (remark,) = remarks(DraftTeam(drafts, KPIS["Finance"]))
    assert remark.reason.startswith("9 key results still need a start: ")
