"""`python -m tests.data.kpis.recovery_page` writes docs/recovery.md from the table of rules."""

from collections.abc import Iterator
from pathlib import Path

from data.kpis.recovery_rules import Rule, Subject, rules_of

PAGE = Path(__file__).parents[3] / "docs" / "recovery.md"

HEAD = """# The life of a decision, a recovery and a cycle

`data/kpis/recovery_rules.py` is the table of all that may follow what; this page is made from it
by `python -m tests.data.kpis.recovery_page`. What no person does follows from readings or from the
day: it is told anew whenever it is read, so nothing has to run in the background, and a look back
tells what was so then. What a person does is a command: one transaction, logged, undone as one.

What is kept are decisions (`reroute`, `confirm` and `graduate` among them) and the objective's
state; how far a recovery is, its certificate and its relapse follow from the readings since.
"""

SUBJECTS: dict[Subject, str] = {
    "decision": """## A decision

Of a KPI that drifts or is out of its range. A reroute holds as long as its recovery is pursued in a
cycle that is not over; once a person has confirmed it, what happens then is to be decided anew.
""",
    "recovery": """## A recovery

An objective that came from a KPI, with a key result that holds it: back in range, then so many
periods in range without drift, one after the other (daily 20, weekly 12, monthly 6, quarterly 4).
A drift, or two readings in a row out of range, is a relapse: the objective is open again by
itself, and the KPI waits for a decision. To reroute it then takes up the same objective in the same
cycle, in a later one a new one; it says that it is the second time. Probation stays in the cycle in
which it began: one that is closed takes along what still recovers, and leaves the score behind.
""",
    "cycle": """## A cycle

Objectives are closed with their score. A recovery that goes on is one objective in each cycle, so
that no cycle counts it twice.
""",
}


def written() -> str:
    """Write the page."""
    parts = [HEAD]
    for subject, words in SUBJECTS.items():
        rules = list(rules_of(subject))
        parts += [words, "\n".join(_diagram(rules)), "\n".join(_table(rules))]
    return "\n".join(f"{part.rstrip()}\n" for part in parts)


def _diagram(rules: list[Rule]) -> Iterator[str]:
    yield "```mermaid"
    yield "stateDiagram-v2"
    for rule in rules:
        for before in rule.before:
            yield f"    {_state(before)} --> {_state(rule.after)}: {rule.step}"
    yield "```"


def _state(name: str) -> str:
    return name.replace(" ", "_")


def _table(rules: list[Rule]) -> Iterator[str]:
    yield "| step | from | to | by | needs |"
    yield "| --- | --- | --- | --- | --- |"
    for rule in rules:
        who = "readings, or the day" if rule.role is None else f"a {rule.role}"
        yield f"| {rule.step} | {', '.join(rule.before)} | {rule.after} | {who} | {rule.needs} |"


if __name__ == "__main__":
    PAGE.write_text(written(), encoding="utf-8")
