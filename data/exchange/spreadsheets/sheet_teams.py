"""Whose KPIs those of a sheet are, and what they are called where no column says it."""

import re
from collections.abc import Sequence

from data.core.look_alikes import look
from data.exchange.spreadsheets.grid import CellKind
from data.exchange.spreadsheets.headings import role_of
from data.exchange.spreadsheets.interview import Interview
from data.exchange.spreadsheets.mapping import EACH_GROUP, Known, Question, QuestionKind, Role
from data.exchange.spreadsheets.period_labels import label_of, year_of
from data.exchange.spreadsheets.sheet_reading import Entry, Sheet
from data.exchange.spreadsheets.words import folded, holds, words

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
    proposed = _proposed(sheet, known, groups)
    several = sum(map(may_be_a_team, sheets)) > 1
    if len(known.teams) == 1 and proposed == known.teams[0] and not several:
        return proposed
    alike = [each for each in sheets if not (_told(each, known) or may_be_a_team(each))]
    asked_of = alike[0] if any(each is sheet for each in alike) else sheet
    own = name_of(asked_of)
    named = [] if is_generic(own) else [own]
    options = [proposed, *known.teams, *([EACH_GROUP] if groups else []), *named]
    shown = [
        (each, ", ".join(groups) if each == EACH_GROUP else each)
        for each in dict.fromkeys(filter(None, options))
    ]
    title = asked_of.title
    return interview.ask(Question(QuestionKind.TEAM, title, "", title, tuple(shown), proposed))


def kpi_of(sheet: Sheet, entry: Entry, known: Known, interview: Interview) -> str | None:
    """Give the name of an entry's KPI; None while it is asked."""
    has_names = bool(sheet.places(Role.KPI)) or len(sheet.places(Role.VALUE)) > 1
    is_named = has_names or _is_name(entry.kpi)
    if entry.kpi.strip() and is_named:
        return entry.kpi
    if sheet.mapping.kpi:
        return sheet.mapping.kpi
    proposed = "" if _is_of_file(sheet) else name_of(sheet)
    names = dict.fromkeys([*titles_of(sheet), name_of(sheet), *(each.kpi for each in known.kpis)])
    readings = tuple((name, name) for name in names)
    question = Question(QuestionKind.KPI, sheet.title, "", entry.kpi, readings, proposed)
    return interview.ask(question)


def may_be_a_team(sheet: Sheet) -> bool:
    """Tell whether a sheet's name may be that of a team: it says something, and not of its KPI."""
    names_its_kpi = not sheet.places(Role.KPI) and not any(
        _is_name(entry.kpi) for entry in sheet.entries
    )
    return not _is_of_file(sheet) and not names_its_kpi


def titles_of(sheet: Sheet) -> list[str]:
    """Give the title above a table, where it is the only one."""
    titles = {look(cell.text) for cell in sheet.above if cell.kind is CellKind.TEXT}
    return list(titles) if len(titles) == 1 else []


def is_generic(title: str) -> bool:
    """Tell whether a title says nothing of what is in it: Sheet1, 2026, KPI."""
    said = re.sub(r"\d+", " ", folded(title)).split()
    return label_of(title) is not None or not [
        word for word in said if word not in words().others["generic_titles"]
    ]


def name_of(sheet: Sheet) -> str:
    """Give the sheet's name, where it says nothing the file's, with spaces for its underscores."""
    if not is_generic(sheet.title):
        return look(sheet.title.replace("_", " "))
    bare = look(_stem(sheet).replace("_", " "))
    kept = [word for word in bare.split() if year_of(word) is None]
    meant = [word for word in kept if folded(word) not in words().others["generic_titles"]]
    return " ".join(meant or kept) or bare


def _stem(sheet: Sheet) -> str:
    return _SUFFIX.split(sheet.original.file)[0].rpartition("/")[2]


def _is_of_file(sheet: Sheet) -> bool:
    """Tell whether a sheet's name says nothing, or but what the file's says."""
    return is_generic(sheet.title) or folded(sheet.title) == folded(_stem(sheet))


def _is_name(heading: str) -> bool:
    return bool(heading.strip()) and role_of(heading, exact=True) is None


def _proposed(sheet: Sheet, known: Known, groups: Sequence[str]) -> str:
    """Propose what the groups, the company, the titles or the sheet's name tell, else nothing."""
    if told := _told(sheet, known):
        return told
    if len(known.teams) == 1:
        return known.teams[0]
    if len(named := _named_in_titles(sheet, known)) == 1:
        return named[0]
    if may_be_a_team(sheet):
        return name_of(sheet)
    return EACH_GROUP if groups and is_generic(sheet.title) else ""


def _told(sheet: Sheet, known: Known) -> str:
    """Give the team that a sheet tells by itself: its groups, or its name where there is such."""
    groups, spelled = _groups(sheet), {_key(team): team for team in known.teams}
    if groups and (_repeat_in_groups(sheet) or all(_key(each) in spelled for each in groups)):
        return EACH_GROUP
    return spelled.get(_key(sheet.title), "")


def _key(name: str) -> str:
    return look(name).casefold()


def _named_in_titles(sheet: Sheet, known: Known) -> list[str]:
    """Give the teams that the file's name or the rows above the table name."""
    titles = (cell.text for cell in sheet.above)
    said = folded(" / ".join([sheet.title, sheet.original.file, *titles]))
    return [team for team in known.teams if holds(said, [folded(team)])]


def _groups(sheet: Sheet) -> list[str]:
    """Give the groups that the rows are in, where each is in one."""
    groups = [sheet.groups.get(row, "") for row in sheet.data_rows]
    return list(dict.fromkeys(groups)) if groups and all(groups) else []


def _repeat_in_groups(sheet: Sheet) -> bool:
    names = {(sheet.groups.get(entry.row, ""), entry.kpi) for entry in sheet.entries}
    return len({name for _, name in names}) < len(names)
