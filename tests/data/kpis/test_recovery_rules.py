"""The table of what may follow what: complete, drawn in the docs, and kept by the commands."""

import pytest

from data.core.errors import CommandRejected
from data.kpis.recovery_rules import RULES, check_follows, role_for, rules_of
from models import DecisionKind, Role
from tests.data.kpis.recovery_page import PAGE, written


def test_the_page_shows_the_table_as_it_is() -> None:
    told = "python -m tests.data.kpis.recovery_page writes the page anew"
    assert PAGE.read_text(encoding="utf-8") == written(), told


@pytest.mark.parametrize("subject", ["decision", "recovery", "cycle"])
def test_every_state_can_be_reached_and_left(subject: str) -> None:
    rules = list(rules_of(subject))  # type: ignore[arg-type]
    before = {state for rule in rules for state in rule.before}
    after = {rule.after for rule in rules}
    begins, ends = {"none", "calm", "to come"}, set()
    assert before - after <= begins
    assert after - before <= ends


def test_no_step_leads_to_two_places() -> None:
    steps = [(rule.subject, rule.step) for rule in RULES]
    assert len(steps) == len(set(steps))


@pytest.mark.parametrize(
    ("step", "role"),
    [
        (DecisionKind.ACKNOWLEDGE, Role.MEMBER),
        ("act", Role.MEMBER),
        (DecisionKind.REROUTE, Role.LEAD),
        (DecisionKind.REBASE, Role.LEAD),
        (DecisionKind.DISMISS, Role.LEAD),
        (DecisionKind.CONFIRM, Role.LEAD),
        (DecisionKind.GRADUATE, Role.LEAD),
    ],
)
def test_what_changes_the_baseline_or_the_road_is_for_those_who_lead(step: str, role: Role) -> None:
    assert role_for(step) is role


def test_a_recovery_closes_by_a_new_normal_alone() -> None:
    assert [rule.step for rule in rules_of("recovery") if rule.after == "closed"] == ["rebase"]


def test_what_is_not_listed_is_refused_with_what_it_takes() -> None:
    check_follows("confirm", "certified", "Back")
    with pytest.raises(CommandRejected) as refused:
        check_follows("confirm", "under way", "Back")
    told = "“Back” is under way: to confirm it, it has to be certified."
    assert refused.value.message == told
