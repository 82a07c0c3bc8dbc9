"""Who is here: nobody, somebody by the name they picked, or somebody who signed in."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine
from streamlit.testing.v1 import AppTest

from components.ui import cookies as browser_cookies
from data.company.fields import PersonRow, TeamRow
from data.core.errors import CommandRejected
from data.exchange.importing import import_tables
from data.exchange.tables import Tables
from data.history.undo import undo
from data.identity.people import NO_LONGER_LISTED
from data.identity.signing import signed, verified
from data.kpis.fields import KpiRow, ReadingRow
from pages.shared import sign_in, who
from tests.data.builders import rows
from tests.elements import pick, top_line

APP = str(Path(__file__).parents[2] / "app.py")
BAKERY = Tables(
    teams=[TeamRow(team="Bakery")],
    people=[PersonRow(person="Ana Ruiz", email="ana@bakery.example"), PersonRow(person="Bo")],
    kpis=[KpiRow(team="Bakery", kpi="Waste", unit="%", high=5, cadence="weekly")],  # type: ignore[arg-type]
    readings=[ReadingRow(team="Bakery", kpi="Waste", date=date(2026, 11, 16), value=4.25)],
)


@pytest.fixture
def key_file(tmp_path: Path) -> Path:
    return tmp_path / "cookie.key"


@pytest.fixture
def engine(new_company: Engine) -> Engine:
    import_tables(new_company, BAKERY)
    return new_company


@pytest.fixture
def cookies(monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    """Give the browser's memory."""
    kept: dict[str, str] = {}
    monkeypatch.setattr(browser_cookies, "recall", kept.get)
    monkeypatch.setattr(browser_cookies, "remember", kept.__setitem__)
    return kept


@pytest.fixture
def signs_in(monkeypatch: pytest.MonkeyPatch, engine: Engine) -> Callable[..., AppTest]:
    """Give a function that opens the app where people sign in, with what a sign-in claims."""
    monkeypatch.setattr(sign_in, "is_asked_for", lambda: True)

    def open_app(**claims: Any) -> AppTest:
        app = AppTest.from_file(APP, default_timeout=30)
        app.user = {"is_logged_in": bool(claims), **claims}
        return app.run()

    return open_app


def labels(app: AppTest) -> list[str]:
    return [button.label for button in app.button]


def words_of(app: AppTest) -> str:
    return " ".join(element.value for element in app.markdown)


def test_a_name_is_remembered_with_a_signature(
    engine: Engine, cookies: dict[str, str], key_file: Path
) -> None:
    app = AppTest.from_file(APP, default_timeout=30).run()
    assert cookies == {}
    assert not key_file.exists()
    pick(app, person="Bo")
    kept = cookies[who.PERSON_COOKIE]
    assert verified(kept, purpose=who.PERSON_COOKIE, key_file=key_file) == "Bo"


def test_a_name_that_was_signed_here_is_recalled(
    engine: Engine, cookies: dict[str, str], key_file: Path
) -> None:
    cookies[who.PERSON_COOKIE] = signed("Bo", purpose=who.PERSON_COOKIE, key_file=key_file)
    assert top_line(AppTest.from_file(APP, default_timeout=30).run())["person"] == "Bo"


@pytest.mark.parametrize("kept", ["Bo", ".Bo", "0" * 64 + ".Bo", ""])
def test_a_name_that_was_not_is_ignored(
    engine: Engine, cookies: dict[str, str], key_file: Path, kept: str
) -> None:
    signed("Bo", purpose=who.PERSON_COOKIE, key_file=key_file)
    cookies[who.PERSON_COOKIE] = kept
    app = AppTest.from_file(APP, default_timeout=30).run()
    assert not app.exception
    assert top_line(app)["person"] == ""


def test_a_folder_that_cannot_be_written_to_remembers_nobody(
    engine: Engine, cookies: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    app = AppTest.from_file(APP, default_timeout=30).run()

    def full(_text: str, *, purpose: str, key_file: Path) -> str:
        raise OSError(f"{key_file} cannot hold the key for {purpose}")

    monkeypatch.setattr(who, "signed", full)
    pick(app, person="Bo")
    assert not app.exception
    assert cookies == {}


@pytest.fixture
def introduces(engine: Engine, cookies: dict[str, str]) -> Callable[[str], AppTest]:
    """Give a function that types a name into the picker at the top right."""
    app = AppTest.from_file(APP, default_timeout=30).run()

    return lambda name: pick(app, person=name)


def test_a_first_name_is_who_is_listed_and_not_somebody_new(
    introduces: Callable[[str], AppTest], cookies: dict[str, str], key_file: Path
) -> None:
    app = introduces("ana")
    assert app.session_state.person == top_line(app)["person"] == "Ana Ruiz"
    assert [toast.value for toast in app.toast] == [f"You are Ana Ruiz. {who.SOMEBODY_ELSE}"]
    kept = cookies[who.PERSON_COOKIE]
    assert verified(kept, purpose=who.PERSON_COOKIE, key_file=key_file) == "Ana Ruiz"
    assert not app.run().toast


@pytest.mark.parametrize("name", ["Ana Lopez", "Bo", "Dora"])
def test_a_name_of_ones_own_is_left_as_it_is(
    introduces: Callable[[str], AppTest], name: str
) -> None:
    app = introduces(name)
    assert app.session_state.person == top_line(app)["person"] == name
    assert not app.toast


def test_a_name_that_the_browser_kept_stays_its_own(
    engine: Engine, cookies: dict[str, str], key_file: Path
) -> None:
    cookies[who.PERSON_COOKIE] = signed("Ana", purpose=who.PERSON_COOKIE, key_file=key_file)
    app = AppTest.from_file(APP, default_timeout=30).run()
    assert app.run().session_state.person == "Ana"


def test_who_signed_in_under_a_first_name_is_nobody_else(
    signs_in: Callable[..., AppTest],
) -> None:
    app = signs_in(email="a@bakery.example", name="Ana").run()
    assert app.session_state.person == "Ana"
    assert not app.toast


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("Marek", "Marek Dvorsky"),
        ("marek  dvorsky", "Marek Dvorsky"),
        ("DVORSKY", "Marek Dvorsky"),
        ("anna maria", "Anna Maria Berg"),
        ("anna berg", None),
        ("Mare", None),
        ("Marek Novak", None),
        ("Anna", "Anna"),
        ("anna", "Anna"),
        ("Lee", None),
        (" ", None),
        ("", None),
    ],
)
def test_a_part_of_one_name_means_whose_it_is(typed: str, meant: str | None) -> None:
    people = ["Marek Dvorsky", "Anna Maria Berg", "Anna", "Kim Lee", "Sam Lee"]
    assert who.person_meant(typed, people) == meant


def test_nothing_typed_means_nobody_where_one_is_listed() -> None:
    assert who.person_meant(" ", ["Bo"]) is None


def test_nobody_sees_anything_without_signing_in(signs_in: Callable[..., AppTest]) -> None:
    app = signs_in()
    assert labels(app) == ["Sign in"]
    assert "Bakery" not in words_of(app)
    assert not app.selectbox
    assert not app.get("bidi_component")


def test_a_cookie_is_no_sign_in(
    signs_in: Callable[..., AppTest], cookies: dict[str, str], key_file: Path
) -> None:
    cookies[who.PERSON_COOKIE] = signed("Bo", purpose=who.PERSON_COOKIE, key_file=key_file)
    app = signs_in()
    assert labels(app) == ["Sign in"]
    assert "person" not in app.session_state


def test_whoever_signs_in_is_known_by_their_address(
    signs_in: Callable[..., AppTest], cookies: dict[str, str]
) -> None:
    app = signs_in(email="Ana@Bakery.example", name="A. R.", email_verified=True)
    assert app.session_state.person == "Ana Ruiz"
    assert top_line(app)["person"] == "Ana Ruiz"
    assert top_line(app)["is_signed_in"]
    assert cookies == {}


def test_whoever_is_new_is_named_by_their_sign_in_and_written_down_at_their_first_change(
    signs_in: Callable[..., AppTest], engine: Engine
) -> None:
    assert signs_in(email="d@bakery.example", name="Dora").session_state.person == "Dora"
    assert signs_in(email="d@bakery.example").session_state.person == "d@bakery.example"
    assert [row["name"] for row in rows(engine, "person")] == ["Ana Ruiz", "Bo"]


@pytest.mark.parametrize(
    "claims",
    [
        {"name": "Ana Ruiz"},
        {"name": "Ana Ruiz", "email": " "},
        {"name": "Ana Ruiz", "email": "ana@bakery.example", "email_verified": False},
        {"name": "Ana Ruiz", "email": "ana@bakery.example", "email_verified": "false"},
        {"name": "Ana Ruiz", "email": ["ana@bakery.example"]},
    ],
)
def test_an_address_that_nobody_confirmed_is_nobody(
    signs_in: Callable[..., AppTest], claims: dict[str, Any]
) -> None:
    app = signs_in(**claims)
    assert labels(app) == ["Sign out"]
    assert "no confirmed e\\-mail address" in words_of(app)
    assert "Bakery" not in words_of(app)


def test_whoever_was_withdrawn_sees_nothing_from_the_next_run_on(
    signs_in: Callable[..., AppTest], engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(who, "_has_signed_in", lambda: True)
    monkeypatch.setattr(who, "_claim", {"email": "dora@bakery.example", "name": "Dora"}.__getitem__)
    dora = who.person_key(engine, "Bo")
    app = signs_in(email="dora@bakery.example", name="Dora")
    assert app.session_state.person == "Dora"
    undo(engine, rows(engine, "command")[-1]["id"], person_id=dora)
    app.run()
    assert labels(app) == ["Sign out"]
    assert words_of(app).replace("\\", "").endswith(NO_LONGER_LISTED)
    with pytest.raises(CommandRejected, match="no longer listed"):
        who.person_key(engine, "Dora")


def test_a_sign_in_counts_for_more_than_a_name(
    signs_in: Callable[..., AppTest], engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(CommandRejected, match="Sign in first"):
        who.person_key(engine, "Bo")
    claims = {"email": "ana@bakery.example", "name": "A. R."}
    monkeypatch.setattr(who, "_has_signed_in", lambda: True)
    monkeypatch.setattr(who, "_claim", claims.__getitem__)
    ana = who.person_key(engine, "Bo")
    assert [row["name"] for row in rows(engine, "person") if row["id"] == ana] == ["Ana Ruiz"]


def test_a_name_is_enough_where_nobody_signs_in(engine: Engine) -> None:
    bo = who.person_key(engine, "Bo")
    assert [row["id"] for row in rows(engine, "person") if row["name"] == "Bo"] == [bo]
