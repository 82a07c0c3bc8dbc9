import pytest

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


@pytest.mark.parametrize(
    "name",
    ["Tickets answered within 24 hours", "Raise NPS from 30 to 45 points", "Line 3 scrap rate"],
)
def test_a_number_in_a_name_does_not_tell_teams_apart(name: str) -> None:
    (group,) = card_groups.groups([named(name, team=team)[0] for team in "ABC"])
    assert (group.title, group.whose, group.apart) == (f"3 teams: {name}", "", True)


def test_a_key_stays_while_cards_come_and_go() -> None:
    lines = named(*(f"Line {at} scrap rate" for at in range(5)))
    decided = [DecisionCard("out of range", gauge=card.gauge, decided=True) for card in lines]
    others = [card for team in "ABC" for card in named("Line 1 scrap rate", team=team)]
    keys = [card_groups.groups(cards)[0].key for cards in (lines, lines[1:4], decided, others)]
    assert keys[0] == keys[1]
    assert len(set(keys)) == 3


def test_more_than_one_word_before_a_number_counts_nothing() -> None:
    assert titles(named(*(f"Answered within {hours} hours" for hours in (4, 8, 24)))) == []
    assert titles(named(*(f"Zone{at} 7 scrap rate" for at in (1, 2, 3)))) == []


def test_numbered_siblings_of_several_teams_are_one_a_team() -> None:
    cards = [card for team in "AB" for card in named("Line 1 x", "Line 2 x", "Line 3 x", team=team)]
    found = card_groups.groups(cards)
    assert [(group.title, group.whose) for group in found] == [
        ("3 lines: x", "A"),
        ("3 lines: x", "B"),
    ]
    one_each = [named(f"Line {at} x", team=team)[0] for at, team in enumerate("ABC")]
    assert titles(one_each) == []


@pytest.mark.parametrize(
    ("word", "title"),
    [
        ("Ward", "3 wards: waiting time"),
        ("Factory", "Factory … waiting time, 3 of them"),
        ("Press", "Press … waiting time, 3 of them"),
        ("Within", "Within … waiting time, 3 of them"),
        ("Linie", "Linie … waiting time, 3 of them"),
    ],
)
def test_only_what_is_known_to_be_countable_is_counted(word: str, title: str) -> None:
    assert titles(named(*(f"{word} {at} waiting time" for at in (1, 2, 3)))) == [title]


def test_each_card_is_in_one_group() -> None:
    teams = [
        card for team in "ABC" for card in named(*(f"Line {at} x" for at in range(3)), team=team)
    ]
    places = [at for group in card_groups.groups(teams) for at in group.places]
    assert sorted(places) == list(range(9))


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


def test_numbered_key_results_are_one_an_objective() -> None:
    shops = [key_result(name=f"Shop {at} opened", standing="behind pace") for at in (1, 2, 3)]
    cards = [DecisionCard("behind pace", key_result=each, objective="Grow") for each in shops]
    (group,) = card_groups.groups(cards)
    assert (group.title, group.whose, group.apart) == ("3 shops: opened", "Grow", False)


def test_a_year_at_the_end_of_a_name_tells_nothing_apart() -> None:
    assert titles(named("Revenue 2024", "Revenue 2025", "Revenue 2026")) == []
