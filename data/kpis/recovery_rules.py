"""The life of a decision, of a recovery and of a cycle: one table of what may follow what.

Some of it a person does with a command; some follows from readings, or from the day, and is told
anew whenever it is read. `docs/recovery.md` draws the table.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from data.core.errors import CommandRejected
from models import Role

Subject = Literal["decision", "recovery", "cycle"]


@dataclass(frozen=True, slots=True)
class Rule:
    """A step from some states to another: who takes it, and what it takes.

    Without a `role` nobody takes it: it follows from readings or from the day.
    """

    subject: Subject
    step: str
    before: tuple[str, ...]
    after: str
    role: Role | None
    needs: str


def _decision(
    step: str, before: tuple[str, ...], after: str, role: Role | None, needs: str
) -> Rule:
    return Rule("decision", step, before, after, role, needs)


def _recovery(
    step: str, before: tuple[str, ...], after: str, role: Role | None, needs: str
) -> Rule:
    return Rule("recovery", step, before, after, role, needs)


def _cycle(step: str, before: tuple[str, ...], after: str, role: Role | None, needs: str) -> Rule:
    return Rule("cycle", step, before, after, role, needs)


_MATTERS = ("undecided", "decided", "come back")
_OPEN = ("under way", "certified", "relapsed")

RULES = (
    _decision("worsen", ("calm",), "undecided", None, "it drifts, or leaves its range"),
    _decision("act", _MATTERS, "decided", Role.MEMBER, "who does what by when"),
    _decision("acknowledge", _MATTERS, "decided", Role.MEMBER, "a reason, a day to look again"),
    _decision("reroute", _MATTERS, "decided", Role.LEAD, "a recovery, which begins"),
    _decision("come due", ("decided",), "come back", None, "its day is here, and it helped not"),
    _decision("relapse", ("calm", "decided"), "undecided", None, "it slips after it was confirmed"),
    _decision("mend", _MATTERS, "calm", None, "it is in range and drifts no more"),
    _decision("rebase", ("calm", *_MATTERS), "calm", Role.LEAD, "a reason, the first period"),
    _decision("dismiss", ("calm", *_MATTERS), "calm", Role.LEAD, "a reason, a reading"),
    _recovery(
        "reroute",
        ("none", "relapsed", "graduated", "closed"),
        "under way",
        Role.LEAD,
        "a range, a reading, a cycle; it drifts or is out of range",
    ),
    _recovery(
        "hold",
        ("under way", "relapsed"),
        "certified",
        None,
        "in range without drift for all its periods, and the certificate",
    ),
    _recovery(
        "slip",
        ("certified",),
        "under way",
        None,
        "a drift, a reading out of range, or no data any more",
    ),
    _recovery("slip again", ("certified",), "relapsed", None, "the same, after a relapse"),
    _recovery("confirm", ("certified",), "on probation", Role.LEAD, "a person who looked at it"),
    _recovery(
        "relapse",
        ("on probation", "passed"),
        "relapsed",
        None,
        "a drift, or two readings in a row out of range",
    ),
    _recovery("last", ("on probation",), "passed", None, "held for as many periods once more"),
    _recovery(
        "falter",
        ("passed",),
        "on probation",
        None,
        "one reading out of range, or no data any more",
    ),
    _recovery("graduate", ("passed",), "graduated", Role.LEAD, "a person who looked at it"),
    _recovery("carry over", _OPEN, "under way", Role.LEAD, "the cycle is closed, another follows"),
    _recovery("rebase", (*_OPEN, "on probation", "passed"), "closed", Role.LEAD, "a new normal"),
    _cycle("begin", ("to come",), "under way", None, "its first day"),
    _cycle("end", ("under way",), "over", None, "the day after its last"),
    _cycle(
        "close",
        ("under way", "over"),
        "closed",
        Role.LEAD,
        "each objective scored; what still recovers goes on in the next cycle",
    ),
    _cycle("reopen", ("closed",), "over", Role.LEAD, "an objective that is taken up again"),
)
"""Every step there is; what is not listed cannot happen."""


def rules_of(subject: Subject) -> Iterator[Rule]:
    """Give the rules of a subject, in their order."""
    return (rule for rule in RULES if rule.subject == subject)


def rule_for(subject: Subject, step: str) -> Rule:
    """Give the rule of a step."""
    return next(rule for rule in rules_of(subject) if rule.step == step)


def role_for(step: str) -> Role:
    """Give the role that a decision about a KPI takes, the higher one where it has two sides."""
    found = [rule.role for rule in RULES if rule.step == step and rule.role is not None]
    return Role.LEAD if Role.LEAD in found else Role.MEMBER


def check_follows(step: str, state: str, name: str) -> None:
    """Reject a step of a recovery that does not follow from where it stands."""
    rule = rule_for("recovery", step)
    if state not in rule.before:
        told = " or ".join(rule.before)
        raise CommandRejected("state", f"“{name}” is {state}: to {step} it, it has to be {told}.")
