"""What importing a spreadsheet would do, in words."""

from datetime import date

from components.ui import formatting, words
from data.exchange.views import SpreadsheetChanges
from data.kpis.fields import KpiRow

TITLE, NOTHING_NEW = "What Import will do", "Nothing new"
MOST_NAMED, RANGES = 3, 2
ROW_BY_ROW = "what it was and will be: row by row, below"
HEADINGS = {
    "unit": "Unit",
    "low": "Ideal from",
    "high": "up to",
    "better": "Better",
    "cadence": "Read",
    "owner": "Owner",
}
"""What can be set of a new KPI, in the order of its cells."""

NUMBERS = ("low", "high")


def title(of: SpreadsheetChanges) -> str:
    """Say what the lines are about, and where there is nothing to bring in that this is so."""
    some = (of.kpis, of.teams, of.people, of.readings, of.corrected, of.changed, of.problems)
    return TITLE if any(some) else NOTHING_NEW


def facts(of: SpreadsheetChanges) -> list[dict[str, str]]:
    """Say line by line what an import would add and change, and which."""
    ranged = [kpi for kpi in of.kpis if (kpi.low, kpi.high) != (None, None)]
    lines = [
        (_are_new(len(of.kpis), "KPI"), _where(of.kpis)) if of.kpis else ("", ""),
        (f"{len(ranged)} of them with an ideal range", _named(list(map(_range, ranged)), RANGES))
        if of.kpis
        else ("", ""),
        (_are_changed(of.changed), ROW_BY_ROW) if of.changed else ("", ""),
        (_are_new(len(of.teams), "team"), _named(of.teams)) if of.teams else ("", ""),
        (_people(len(of.people)), _named(of.people)) if of.people else ("", ""),
        (_are_new(of.readings, "reading"), _span(of.first, of.last)),
        (_corrected(of.corrected), "") if of.corrected else ("", ""),
        (words.counted(of.problems, "problem"), _missing(of.missing)),
    ]
    return [{"what": what, "which": which} for what, which in lines if what]


def check(count: int) -> str:
    """Invite to look at the KPIs that are new."""
    return "Check the new KPI" if count == 1 else f"Check the {count} new KPIs"


def _are_new(count: int, name: str) -> str:
    shown = formatting.exact(count)
    return f"{shown} {name} is new" if count == 1 else f"{shown} {name}s are new"


def _people(count: int) -> str:
    return "1 person is new" if count == 1 else f"{count} people are new"


def _are_changed(count: int) -> str:
    return "1 KPI is changed" if count == 1 else f"{count} KPIs are changed"


def _corrected(count: int) -> str:
    plural = "reading is" if count == 1 else "readings are"
    return f"{formatting.exact(count)} {plural} corrected"


def _where(kpis: tuple[KpiRow, ...]) -> str:
    teams = dict.fromkeys(f"team {kpi.team}" for kpi in kpis)
    cadences = dict.fromkeys(kpi.cadence for kpi in kpis)
    return words.joined(_named(tuple(teams)), ", ".join(cadences))


def _range(kpi: KpiRow) -> str:
    said = words.ideal(kpi.low, kpi.high, kpi.unit).removeprefix("ideal ")
    return f"{kpi.kpi} {said}"


def _named(names: tuple[str, ...] | list[str], most: int = MOST_NAMED) -> str:
    shown = ", ".join(names[:most])
    more = len(names) - most
    return f"{shown} and {more} more" if more > 0 else shown


def _span(first: date | None, last: date | None) -> str:
    if first is None or last is None:
        return ""
    months = [f"{day:%B}{formatting.FIXED}{day.year}" for day in (first, last)]
    return months[0] if months[0] == months[1] else f"{months[0]} to {months[1]}"


def _missing(count: int) -> str:
    if not count:
        return ""
    stay = "stays" if count == 1 else "stay"
    return f"{words.counted(count, 'cell')} without a number {stay} missing"
