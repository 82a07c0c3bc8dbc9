"""A check-in as it goes on: what people press becomes commands, and what the screen then shows."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

import pytest
import streamlit as st
from sqlalchemy import Engine

from components.kpis.reroute_proposal import reroute
from components.meetings.meeting import act, tick
from components.ui.page_registry import CHECK_IN
from data.core.outcomes import Outcome
from data.meetings import leading, presence
from data.operations.workspace import open_workspace
from data.screens.check_in import check_in_of
from models import Confidence
from pages.check_in.acting import Acting
from tests.data.builders import person, rows
from tests.elements import sent_to
from tests.pages.conftest import Open
from tests.serving import TODAY

INES, LEILA = "Ines Halvorsen", "Leila Haddad"


@dataclass
class Held:
    """A check-in of the sample's first team, led by who is here."""

    engine: Engine
    open_place: Open

    def acting(self) -> Acting:
        workspace = open_workspace()
        team = workspace.company.team_named(None)
        view = check_in_of(workspace.engine, workspace.version, team, TODAY)
        return Acting(workspace, view)

    def press(self, seen: Acting | None = None, **sent: Any) -> Outcome:
        """Press something, by what was `seen` where others went on since."""
        done = act(sent)
        assert done is not None
        (seen or self.acting()).listeners().act(done)
        outcome: Outcome = st.session_state.outcome
        return outcome

    def go_to(self, kind: str, name: str = "") -> int:
        """Show the first item about something, of that name if any, and give its key."""
        running = self.acting().view.running
        assert running is not None
        item = next(
            each
            for each in running.items
            if getattr(each, f"{kind}_id") is not None and name in each.name
        )
        if item.position:
            self.press(did="show", shown=running.position, position=item.position)
        return int(getattr(item, f"{kind}_id"))

    def shown(self) -> Mapping[str, Any]:
        """Give the item that the page shows."""
        during = sent_to(self.open_place(CHECK_IN, person=INES), "meeting")["during"]
        item: Mapping[str, Any] = during["item"]
        return item


@pytest.fixture
def held(own_company: Engine, open_place: Open) -> Held:
    st.session_state.person = INES
    held = Held(own_company, open_place)
    assert held.press(did="start").kind == "saved"
    return held


def vote(held: Held, **votes: Confidence) -> None:
    """Vote on the key result that is shown, and show all votes."""
    running = held.acting().view.running
    assert running is not None
    held.press(did="open vote", shown=running.position)
    for who, word in votes.items():
        name = {"ines": INES, "leila": LEILA}[who]
        key = person(held.engine, name)
        presence.vote(held.engine, meeting_id=running.meeting_id, person_id=key, confidence=word)
    held.press(did="reveal")


def given(engine: Engine, key: int) -> list[tuple[float | None, str]]:
    """Give what was checked in today of a key result."""
    return [
        (row["value"], row["confidence"])
        for row in rows(engine, "check_in")
        if (row["key_result_id"], row["date"]) == (key, TODAY)
    ]


def test_what_was_agreed_after_a_vote_is_checked_in_and_taken_back(held: Held) -> None:
    key = held.go_to("key_result")
    vote(held, ines=Confidence.LIKELY, leila=Confidence.DOUBTFUL)
    item = held.shown()
    assert item["middle"] == Confidence.DOUBTFUL
    said = held.press(did="record", word="unsure", shown=item["position"])
    assert (said.kind, said.message) == ("saved", "Recorded: unsure.")
    assert given(held.engine, key) == [(None, Confidence.UNSURE)]
    assert (shown := held.shown())["key_result"]["again"]
    assert shown["key_result"]["confidence"] == "unsure"
    assert held.press(did="undo").message == "Taken back."
    assert not held.shown()["key_result"]["again"]


def test_the_last_vote_shows_them_all(held: Held) -> None:
    held.go_to("key_result")
    place = held.shown()["position"]
    held.press(did="open vote", shown=place)
    assert held.press(did="vote", word="likely", shown=place).kind == "saved"
    assert held.shown()["votes"] == [{"word": "likely", "count": 1}]


def test_what_is_ticked_off_is_what_was_on_the_screen(held: Held) -> None:
    key = held.go_to("action")
    place = held.shown()["position"]
    held.press(did="show", shown=place, position=place + 1)
    assert held.press(did="tick", shown=place).message == "Ticked off."
    (done,) = [row for row in rows(held.engine, "action") if row["id"] == key]
    assert done["done_on"] == TODAY


def test_others_join_by_the_address_that_people_open(
    held: Held, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MILEPOST_ADDRESS", "https://milepost.example/office/")
    sent = sent_to(held.open_place(CHECK_IN, person=INES), "meeting")
    assert sent["address"] == "https://milepost.example/office/check-in?team=Alderquay"
    assert sent["code"]


def test_who_voted_what_is_kept_nowhere(held: Held) -> None:
    held.go_to("key_result")
    vote(held, ines=Confidence.LIKELY, leila=Confidence.DOUBTFUL)
    assert {row["vote"] for row in rows(held.engine, "meeting_participant")} == {None}


def test_what_somebody_else_said_meanwhile_is_not_pressed_over(held: Held) -> None:
    key = held.go_to("key_result")
    vote(held, ines=Confidence.LIKELY)
    before = held.acting()
    place = held.shown()["position"]
    held.press(did="record", word="doubtful", shown=place)
    st.session_state.person = LEILA
    said = held.press(before, did="record", word="sure", shown=place)
    assert said.kind == "refused"
    assert said.message.startswith(f"{INES} has changed this meanwhile")
    assert given(held.engine, key)[-1] == (None, Confidence.DOUBTFUL)


def test_nothing_is_recorded_of_what_takes_no_vote(held: Held) -> None:
    running = held.acting().view.running
    assert running is not None
    floor = running.items[-1].position
    for place, word in ((floor, "sure"), (99, "sure"), (0, "")):
        said = held.press(did="record", word=word, shown=place)
        assert (said.kind, said.message) == ("refused", leading.NO_VOTE)
    assert held.press(did="record", word="certain", shown=0).kind == "refused"


def test_a_recovery_is_agreed_in_place_and_is_in_the_minutes(held: Held) -> None:
    held.go_to("kpi", "First response time")
    item = held.shown()
    recovery = item["recovery"]
    assert recovery["objective"].startswith(f"{item['name']} comes back and stays")
    plan = {name: recovery[name] for name in ("objective", "key_result", "periods", "cycle")}
    sent = {"id": item["gauge"]["id"], **plan, "reason": "It will not mend", "owner": LEILA}
    edit = reroute(sent)
    assert edit is not None
    held.acting().listeners().reroute(edit)
    assert st.session_state.outcome.message == f"Rerouted: “{recovery['objective']}” has begun."
    assert held.shown()["recovery"] is None
    assert held.shown()["id"] == item["id"]
    held.press(did="end")
    minutes = sent_to(held.open_place(CHECK_IN, person=INES), "meeting")["minutes"]
    (told,) = [
        line for part in minutes["parts"] for line in part["lines"] if line["name"] == item["name"]
    ]
    assert any(said.startswith("Rerouted: It will not mend") for said in told["said"])


def test_a_recovery_that_waits_for_a_person_takes_one_press_and_is_taken_back(held: Held) -> None:
    kpi_id = held.go_to("kpi", "Supplier lead time")
    item = held.shown()
    assert (item["step"], item["reason"]) == ("Confirm it is back", "time to look again")
    assert item["sentence"].startswith("In range and steady for 12 weeks: it is certified.")
    said = held.press(did="recover", shown=item["position"])
    assert (said.kind, said.message) == ("saved", "Confirmed: it is on probation now.")
    last = rows(held.engine, "decision")[-1]
    assert (last["kpi_id"], last["decision"]) == (kpi_id, "confirm")
    assert held.shown()["step"] == ""
    assert held.press(did="undo").message == "Taken back."
    assert held.shown()["step"] == "Confirm it is back"
    # The last place is the open floor.
    running = held.acting().view.running
    assert running is not None
    assert held.press(did="recover", shown=running.items[-1].position).command_id is None


def test_a_plan_of_a_recovery_that_makes_no_sense_is_nothing() -> None:
    known = {"id": 1, "objective": "a", "key_result": "b", "reason": "c", "owner": "", "periods": 8}
    assert reroute({**known, "cycle": 2}) is not None
    for wrong in (None, {}, known, {**known, "cycle": 2, "periods": 1.5}, {**known, "reason": 3}):
        assert reroute(wrong) is None


def before(open_place: Open) -> Mapping[str, Any]:
    """Give what the page shows before a check-in."""
    shown: Mapping[str, Any] = sent_to(open_place(CHECK_IN, person=INES), "meeting")["before"]
    return shown


def test_an_action_of_the_team_is_ticked_off_and_taken_back(
    own_company: Engine, open_place: Open
) -> None:
    st.session_state.person = INES
    held = Held(own_company, open_place)
    first = before(open_place)["to_do"][0]
    edit = tick({"id": first["id"], "base_version": held.acting().view.version})
    assert edit is not None
    stale = held.acting()
    held.acting().listeners().tick(edit)
    assert st.session_state.outcome.message == "Ticked off."
    assert first not in before(open_place)["to_do"]
    assert held.press(did="undo").message == "Taken back."
    assert before(open_place)["to_do"][0] == first
    stale.listeners().tick(replace(edit, action_id=10**6))
    assert st.session_state.outcome.kind == "refused"


def test_who_owes_numbers_is_led_to_their_own_list(own_company: Engine, open_place: Open) -> None:
    acting = Held(own_company, open_place).acting()
    place = next(at for at, each in enumerate(acting.view.owed) if each.who == "Felix Brandt")
    acting.listeners().open("updates", place)
    assert st.session_state.updates_of == "Felix Brandt"
    acting.listeners().open("updates", 99)
    assert st.session_state.updates_of is None
