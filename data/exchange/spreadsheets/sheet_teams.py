"""Whose KPIs those of a sheet are, and what they are called where no column says it."""

import re
from collections.abc import Sequence

from data.exchange.spreadsheets.headings import role_of
from data.exchange.spreadsheets.interview import EACH_GROUP, Interview
from data.exchange.spreadsheets.mapping import Known, Question, QuestionKind, Role
from data.exchange.spreadsheets.period_labels import label_of, year_of
from data.exchange.spreadsheets.sheet_reading import Entry, Sheet
from data.exchange.spreadsheets.words import folded, holds, one_spelling, words

_SUFFIX = re.compile(r"\.(xlsx|xlsm|xls|ods|csv|tsv|txt)\b", re.IGNORECASE)


def team_of(
    sheet: Sheet, sheets: Sequence[Sheet], known: Known, interview: Interview
) -> str | None:
    """Give the team of a sheet, `EACH_GROUP` where each group is one; None while it is asked."""
    if sheet.mapping.team:
        return sheet.mapping.team
    if sheet.places(Role.TEAM) and all(entry.team for entry in sheet.entries):
        return ""
    groups = _groups(sheet)
    several = sum(not is_generic(each.title) for each in sheets) > 1
    proposed = _proposed(sheet, known, groups, several=several)
    if len(known.teams) == 1 and proposed == known.teams[0]:
        return proposed
    choices = dict.fromkeys([proposed, *known.teams, *([EACH_GROUP] if groups else [])])
    shown = [(each, ", ".join(groups) if each == EACH_GROUP else each) for each in choices]
    question = Question(QuestionKind.TEAM, sheet.title, "", proposed, tuple(shown), proposed)
    return interview.ask(question)


def kpi_of(sheet: Sheet, entry: Entry, known: Known, interview: Interview) -> str | None:
    """Give the name of an entry's KPI; None while it is asked."""
    is_named = bool(sheet.places(Role.KPI)) or role_of(entry.kpi, exact=True) is None
    if entry.kpi.strip() and is_named:
        return entry.kpi
    if sheet.mapping.kpi:
        return sheet.mapping.kpi
    proposed = name_of(sheet)
    names = dict.fromkeys([proposed, *(kpi.name for kpi in known.kpis)])
    readings = tuple((name, name) for name in names)
    question = Question(QuestionKind.KPI, sheet.title, "", entry.kpi, readings, proposed)
    return interview.ask(question)


def is_generic(title: str) -> bool:
    """Tell whether a title says nothing of what is in it: Sheet1, 2026, KPI."""
    said = re.sub(r"\d+", " ", folded(title)).split()
    return label_of(title) is not None or not [
        word for word in said if word not in words().others["generic_titles"]
    ]


def name_of(sheet: Sheet) -> str:
    """Give the sheet's name, where it says nothing the file's."""
    if not is_generic(sheet.title):
        return one_spelling(sheet.title)
    stem = _SUFFIX.split(sheet.original.file)[0].rpartition("/")[2]
    bare = one_spelling(stem.replace("_", " "))
    kept = [word for word in bare.split() if year_of(word) is None]
    meant = [word for word in kept if folded(word) not in words().others["generic_titles"]]
    return " ".join(meant or kept) or bare


def _proposed(sheet: Sheet, known: Known, groups: Sequence[str], *, several: bool) -> str:
    spelled = {one_spelling(team).casefold(): team for team in known.teams}
    if groups and (_repeat_in_groups(sheet) or all(_key(each) in spelled for each in groups)):
        return EACH_GROUP
    if (team := spelled.get(_key(sheet.title))) is not None:
        return team
    if several and not is_generic(sheet.title):
        return one_spelling(sheet.title)
    if len(known.teams) == 1:
        return known.teams[0]
    if len(named := _named_in_titles(sheet, known)) == 1:
        return named[0]
    return EACH_GROUP if groups and is_generic(sheet.title) else name_of(sheet)


def _key(name: str) -> str:
    return one_spelling(name).casefold()


def _named_in_titles(sheet: Sheet, known: Known) -> list[str]:
    """Give the teams that the file's name or the rows above the table name."""
    first = min(sheet.heading_rows, default=0) if not sheet.grid.is_turned else 0
    titles = [cell.text for row in sheet.original.rows[:first] for cell in row]
    said = folded(" / ".join([sheet.title, sheet.original.file, *titles]))
    return [team for team in known.teams if holds(said, [folded(team)])]


def _groups(sheet: Sheet) -> list[str]:
    """Give the groups that the rows are in, where each is in one."""
    groups = [sheet.groups.get(row, "") for row in sheet.data_rows]
    return list(dict.fromkeys(groups)) if groups and all(groups) else []


def _repeat_in_groups(sheet: Sheet) -> bool:
    names = {(sheet.groups.get(entry.row, ""), entry.kpi) for entry in sheet.entries}
    return len({name for _, name in names}) < len(names)
