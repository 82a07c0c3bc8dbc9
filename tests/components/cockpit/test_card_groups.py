from components.cockpit import card_groups
from data.screens.views.cockpit import DecisionCard
from tests.components.examples import gauge, key_result, out_of_range, signal


def named(*names: str, team: str = "Plant") -> list[DecisionCard]:
    return [out_of_range(kpi_id=at, name=name, team=team) for at, name in enumerate(names)]


def titles(cards: list[DecisionCard]) -> list[str]:
    return [group.title for group in card_groups.groups(cards)]


def test_numbered_siblings_are_one_by_what_is_said_of_them() -> None:
    lines = named("Line 3 scrap rate", "Line 12 scrap rate", "Line 29 scrap rate", "Cost")
    (group,) = card_groups.groups(lines)
    assert (group.title, group.whose, group.places) == ("3 lines: scrap rate", "Plant", (0, 1, 2))
    assert not group.apart


def test_the_same_kpi_of_several_teams_is_one() -> None:
    cards = [*named("Cost per unit", team="A"), *named("Cost per unit", team="B")]
    assert titles(cards) == []
    (group,) = card_groups.groups([*cards, *named("Cost per unit", team="C")])
    assert (group.title, group.whose, group.apart) == ("3 teams: Cost per unit", "", True)


def test_a_name_that_begins_with_its_team_is_that_of_its_siblings() -> None:
    cards = [named(f"{team} waiting time", team=team)[0] for team in ("Ward A", "Ward B", "ICU")]
    assert titles(cards) == ["3 teams: waiting time"]


def test_trouble_of_another_kind_is_another_group() -> None:
    drifts = [
        DecisionCard("drifting", gauge=gauge(kpi_id=at, name=f"Line {at} scrap", signal=signal()))
        for at in (1, 2, 3)
    ]
    out = named("Line 4 scrap", "Line 5 scrap", "Line 6 scrap")
    assert titles([*out, *drifts]) == ["3 lines: scrap", "3 lines: scrap"]
    told = [group.trouble for group in card_groups.groups([*out, *drifts])]
    assert told[0].startswith("all are out of range, ")
    assert told[1].startswith("all are drifting, ")


def test_what_is_decided_does_not_hide_among_what_waits() -> None:
    waits = named("Line 1 scrap", "Line 2 scrap")
    decided = [DecisionCard("out of range", gauge=waits[0].gauge, decided=True)]
    assert titles([*waits, *decided]) == []
    (group,) = card_groups.groups(decided * 3)
    assert group.trouble == "all are out of range, decided"


def test_key_results_of_one_name_are_one() -> None:
    slow = key_result(name="Money saved", standing="behind pace")
    cards = [DecisionCard("behind pace", key_result=slow, objective=name) for name in "ABC"]
    assert titles(cards) == ["3 objectives: Money saved"]


def test_a_year_at_the_end_of_a_name_tells_nothing_apart() -> None:
    assert titles(named("Revenue 2024", "Revenue 2025", "Revenue 2026")) == []
