"""The drawer of what would help most: what it offers, what it makes, and what it says else."""

from collections.abc import Sequence
from datetime import date

import pytest
from sqlalchemy import Engine, delete, update
from sqlmodel import col
from streamlit.testing.v1 import AppTest

from components.okrs import okr_lever
from components.ui import words
from components.ui.page_registry import OKRS
from data.history.undo import undo
from data.identity.people import introduce
from models import Company, KeyResult, Kpi, Objective, Reading
from pages.shared.dispatch import NAME_FIRST
from tests.data.builders import key, rows
from tests.pages.conftest import Open

MAREK = "Marek Dvorsky"
CHURN, CONVERSION = "Monthly churn", "Conversion rate"
MAKE = "Make it a key result"
HOSTILE = '<img src=x onerror="alert(1)"> **bold** $x$ :red(y)'


def opened(open_place: Open, team: str = "Sales", *, person: str = MAREK) -> AppTest:
    """Open the drawer beside a team's table."""
    app = open_place(OKRS, person=person, team=team)
    next(button for button in app.button if button.label == "What would help most?").click().run()
    assert not app.exception
    return app


def picker(app: AppTest, label: str) -> Sequence[str]:
    (found,) = [each for each in app.selectbox if each.label == label]
    return [found.options[found.index or 0], *found.options]


def makers(app: AppTest) -> list[str]:
    return [button.key or "" for button in app.button if button.label == MAKE]


def drawer(app: AppTest) -> str:
    """Give all that is written in the drawer."""
    (found,) = app.get("dialog")
    kinds = ("markdown", "info", "warning")
    return "\n".join(each.value for kind in kinds for each in found.get(kind))


def change(engine: Engine, statement: object) -> None:
    """Change what no command would, as a new version of the data."""
    with engine.begin() as connection:
        connection.execute(statement)  # type: ignore[call-overload]
        connection.execute(update(Company).values(version=col(Company.version) + 1))


@pytest.fixture
def churn(own_company: Engine) -> Engine:
    """Give a company in which nothing drives a KPI of Sales: the company's churn is near."""
    change(own_company, update(Kpi).where(col(Kpi.name) == CONVERSION).values(driven_by=""))
    return own_company


def test_the_teams_own_is_picked_however_the_others_are(
    own_company: Engine, open_place: Open
) -> None:
    app = opened(open_place)
    assert picker(app, "Which KPI should get better?") == [CONVERSION, CONVERSION, CHURN]
    assert "● In range · " in drawer(app)


def test_of_one_team_the_first_out_of_range_is_picked(
    own_company: Engine, open_place: Open
) -> None:
    of_sales = {"team_id": key(own_company, "team", "Sales")}
    change(own_company, update(Kpi).where(col(Kpi.name) == CHURN).values(**of_sales))
    assert picker(opened(open_place), "Which KPI should get better?")[0] == CHURN


def test_its_levers_stand_below_the_most_helpful_first(churn: Engine, open_place: Open) -> None:
    app = opened(open_place)
    assert picker(app, "Which KPI should get better?") == [CHURN, CHURN]
    assert picker(app, "Under which objective?")[0] == "A yes finds no detours"
    assert "◐ Near edge · 2\\.9\u00a0% · ideal up to 3\u00a0%" in drawer(app)
    assert drawer(app).index("Lost customers down by") < drawer(app).index("Customers up by")
    assert len(makers(app)) == 2


def test_a_lever_becomes_a_key_result_in_one_command(churn: Engine, open_place: Open) -> None:
    app = opened(open_place)
    app.button(key=makers(app)[0]).click().run()
    assert not app.exception
    (made,) = [row for row in rows(churn, "key_result") if row["name"] == "Lost customers"]
    assert made["objective_id"] == key(churn, "objective", "A yes finds no detours")
    assert made["kpi_id"] == key(churn, "kpi", "Lost customers")
    assert made["unit"] == "customers"
    (terms,) = [
        row for row in rows(churn, "key_result_terms") if row["key_result_id"] == made["id"]
    ]
    latest = [row for row in rows(churn, "reading") if row["kpi_id"] == made["kpi_id"]][-1]
    assert (terms["start"], terms["target"]) == (latest["value"], None)
    told = app.session_state["told"]
    assert told.message == "Added “Lost customers”: type how far it should go."
    undo(churn, person_id=introduce(churn, MAREK), command_id=told.command_id)
    (gone,) = [row for row in rows(churn, "key_result") if row["id"] == made["id"]]
    assert gone["withdrawn_at"] is not None


def test_what_feeds_already_is_said_and_not_made_again(churn: Engine, open_place: Open) -> None:
    app = opened(open_place)
    lost, *others = makers(app)
    app.button(key=lost).click().run()
    again = opened(open_place)
    assert "✓ Already a key result here: “Lost customers”." in drawer(again)
    assert "It already feeds" not in drawer(again)
    assert makers(again) == others
    orchids = {"objective_id": key(churn, "objective", "Orchid growers think of Alderquay first")}
    moved = update(KeyResult).where(col(KeyResult.name) == "Lost customers").values(**orchids)
    change(churn, moved)
    elsewhere = opened(open_place)
    assert "It already feeds “Lost customers”." in drawer(elsewhere)
    assert makers(elsewhere) == [lost, *others]


def test_a_name_that_is_taken_is_refused(churn: Engine, open_place: Open) -> None:
    taken = update(KeyResult).where(col(KeyResult.name) == "Days from demo to offer")
    change(churn, taken.values(name="Lost customers"))
    app = opened(open_place)
    app.button(key=makers(app)[0]).click().run()
    assert "has a key result of that name already" in app.warning[0].value


def test_without_a_name_nothing_is_made(own_company: Engine, open_place: Open) -> None:
    before = len(rows(own_company, "key_result"))
    app = opened(open_place, person="")
    app.button(key=makers(app)[0]).click().run()
    assert app.warning[0].value == words.escaped(NAME_FIRST)
    assert len(rows(own_company, "key_result")) == before


def test_without_an_objective_there_is_no_button(churn: Engine, open_place: Open) -> None:
    sales, above = (key(churn, "team", name) for name in ("Sales", "Alderquay"))
    of_sales = update(Objective).where(col(Objective.team_id) == sales)
    change(churn, of_sales.values(team_id=above))
    app = opened(open_place)
    assert okr_lever.NO_OBJECTIVE in drawer(app)
    assert makers(app) == []
    assert "Lost customers down by" in drawer(app)


def test_where_nothing_is_driven_it_says_how_to_begin(
    own_company: Engine, open_place: Open
) -> None:
    change(own_company, update(Kpi).values(driven_by=""))
    app = opened(open_place)
    assert okr_lever.EXAMPLE in drawer(app)
    assert "“Driven by”" in drawer(app)
    (found,) = app.get("dialog")
    (link,) = found.get("page_link")
    assert link.proto.label == "Open Settings"
    assert makers(app) == []


def test_what_has_gone_silent_was_there_when_it_was_last_read(
    churn: Engine, open_place: Open
) -> None:
    of_churn = col(Reading.kpi_id) == key(churn, "kpi", CHURN)
    change(churn, delete(Reading).where(of_churn, col(Reading.period) > date(2026, 6, 1)))
    assert "◌ No data · last read " in drawer(opened(open_place))
    change(churn, delete(Reading).where(of_churn))
    assert "◌ No data · ideal up to 3\u00a0%" in drawer(opened(open_place))


def test_where_nothing_can_be_told_it_says_so(own_company: Engine, open_place: Open) -> None:
    lost = update(Kpi).where(col(Kpi.name) == CHURN).values(driven_by="[Rain] / [Customers]")
    change(own_company, lost)
    assert okr_lever.NOTHING_TOLD in drawer(opened(open_place, "Alderquay"))


@pytest.mark.parametrize("name", [HOSTILE, "=1+1", "\u202eevil", "Ops (EU) / Churn"])
def test_a_name_is_shown_as_text(churn: Engine, open_place: Open, name: str) -> None:
    change(churn, update(Kpi).where(col(Kpi.name) == "Customers").values(name=name))
    of_churn = update(Kpi).where(col(Kpi.name) == CHURN)
    change(churn, of_churn.values(driven_by=f"1 / [{name}]"))
    app = opened(open_place)
    assert words.escaped(name) in drawer(app)
    app.button(key=makers(app)[0]).click().run()
    assert name in [row["name"] for row in rows(churn, "key_result")]


def test_the_past_and_the_tree_have_no_such_button(own_company: Engine, open_place: Open) -> None:
    for query in ({"as_of": "2026-10-14"}, {"view": "tree"}):
        app = open_place(OKRS, person=MAREK, team="Sales", **query)
        assert "What would help most?" not in [button.label for button in app.button]
