"""A company whose people, teams and goals are called by words of every kind."""

from datetime import date, timedelta
from typing import Any

from data.actions.fields import ActionRow
from data.company.fields import CycleRow, PersonRow, TeamRow
from data.exchange.tables import Tables
from data.kpis.fields import AnnotationRow, DecisionRow, KpiRow, ReadingRow
from data.okrs.fields import CheckInRow, KeyResultRow, MilestoneRow, ObjectiveRow
from models import Better, Cadence, DecisionKind, KeyResultKind

ROOT = "Words & <b>people</b>"
CYCLE = '2026 "Q4"; '.strip()
LAST_WEEK = date(2026, 11, 9)
WORDS = (
    "<script>alert(1)</script>",
    '=HYPERLINK("http://x")',
    "'; DROP TABLE kpi; --",
    "\u200fשלום\u200f 12%",
    "\u202eevila\u202c sales",
    "👩‍👩‍👧‍👦 family 🏴󠁧󠁢󠁥󠁮󠁧󠁿",
    "𝒳𐍈 four bytes",
    "q\u0323\u0301 Zalg\u00f3\u0301",
    "**bold** [a](javascript:alert(1)) $x$ :red[y] `z`",
    '"><img src=x onerror=alert(1)>',
)
LONG = ("é🎯<b>'; --\n=1+1 " * 1_000)[:9_999] + "."


def company() -> Tables:
    """Give a company in which every word is a name of everything, and drifts."""
    tables = Tables(
        teams=[TeamRow(team=ROOT)],
        cycles=[CycleRow(cycle=CYCLE, starts_on=date(2026, 10, 1), ends_on=date(2026, 12, 31))],
    )
    for before, word in zip((None, *WORDS), WORDS, strict=False):
        kpi: dict[str, Any] = {"team": word, "kpi": word}
        goal: dict[str, Any] = {"cycle": CYCLE, "team": word, "objective": word}
        tables.teams.append(TeamRow(team=word, parent=ROOT))
        tables.people.append(PersonRow(person=word, team=word))
        tables.kpis.append(
            KpiRow(
                **kpi,
                unit=word[:20],
                better=Better.HIGHER,
                low=5,
                cadence=Cadence.WEEKLY,
                owner=word,
                pinned=(ROOT, word),
                description=word,
            )
        )
        tables.readings += [
            ReadingRow(
                **kpi,
                date=LAST_WEEK - timedelta(weeks=week),
                value=10 + week % 3 / 10 - max(0, 5 - week) / 2,
                note=LONG if week == 0 else word,
            )
            for week in range(40)
        ]
        tables.objectives.append(
            ObjectiveRow(
                **goal,
                owner=word,
                supports=(before,) if before is None else (f"{before} / {before}",),
                guardrails=(word,),
            )
            if before
            else ObjectiveRow(**goal, owner=word, guardrails=(word,))
        )
        tables.key_results += [
            KeyResultRow(**goal, key_result=word, unit=word[:20], start=0, target=9, owner=word),
            KeyResultRow(**goal, key_result=f"{word}!", kind=KeyResultKind.MILESTONE, owner=word),
        ]
        tables.milestones.append(MilestoneRow(**goal, key_result=f"{word}!", step=word, share=1))
        tables.check_ins.append(
            CheckInRow(
                **goal,
                key_result=word,
                date=LAST_WEEK,
                value=3,
                note=LONG,
                blocked_by=word,
                recorded_by=word,
            )
        )
        tables.actions.append(
            ActionRow(
                **kpi,
                action=word,
                owner=word,
                due=date(2026, 11, 30),
                agreed_on=LAST_WEEK,
                note=word,
            )
        )
        decided = {"date": LAST_WEEK, "by": word}
        tables.decisions.append(
            DecisionRow(**kpi, **decided, decision=DecisionKind.ACKNOWLEDGE, reason=word)
        )
        tables.annotations.append(AnnotationRow(**kpi, **decided, text=word))
    return tables
