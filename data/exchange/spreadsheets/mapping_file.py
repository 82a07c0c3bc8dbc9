"""A mapping as a TOML file, which people may correct before it is used."""

import json
from collections.abc import Iterator, Sequence
from collections.abc import Mapping as AnyMapping

from data.core.problems import Problem
from data.core.toml_file import BadContent, read
from data.exchange.bad_input import BadInput
from data.exchange.spreadsheets.mapping import (
    ColumnMapping,
    Mapping,
    Question,
    Role,
    SheetMapping,
)

ANEW = "correct it, or have the file written anew with --propose"
ROLES = ", ".join(f'"{role}"' for role in Role)


def written(mapping: Mapping, questions: Sequence[Question] = ()) -> str:
    """Write a mapping as TOML; each question stands beside its answer, or where one is missing."""
    parts = [*map(_sheet, mapping.sheets), _answers(mapping, questions)]
    parts += [_kpi(name, cells) for name, cells in mapping.kpis.items()]
    return "\n".join(part for part in parts if part)


def parsed(name: str, data: bytes) -> Mapping:
    """Return the mapping that a TOML file of that name holds; BadInput where it holds none."""
    try:
        return read(name, data, Mapping)
    except BadContent as bad:
        wrong = (line.removeprefix(f"{name}: ") for line in str(bad).splitlines())
        raise BadInput([Problem(name, 1, what, ANEW) for what in wrong]) from None


def _sheet(sheet: SheetMapping) -> str:
    lines = [
        "[[sheets]]",
        f"title = {_text(sheet.title)}",
        f"is_read = {_flag(sheet.is_read)}",
        "# true where periods run down and KPIs across",
        f"is_turned = {_flag(sheet.is_turned)}",
        f"heading_lines = {list(sheet.heading_lines)}",
        f"team = {_text(sheet.team)}",
        f"kpi = {_text(sheet.kpi)}",
        f"# a role is one of {ROLES}",
        "columns = [",
        *map(_column, sheet.columns),
        "]\n",
    ]
    return "\n".join(lines)


def _column(column: ColumnMapping) -> str:
    period = f", period = {_text(column.period)}" if column.period else ""
    return f"  {{heading = {_text(column.heading)}, role = {_text(column.role)}{period}}},"


def _answers(mapping: Mapping, questions: Sequence[Question]) -> str:
    asked = {question.key: question for question in questions}
    known = [key for key in mapping.answers if key not in asked]
    lines = [f"{_text(key)} = {_text(mapping.answers[key])}" for key in known]
    for key, question in asked.items():
        lines += _asked(question, mapping.answers.get(key) or question.proposed)
    return "\n".join(["[answers]", *lines, ""]) if lines else ""


def _asked(question: Question, answer: str) -> Iterator[str]:
    """Write a question with what each answer would make of its example."""
    about = f" ({_text(question.about)})" if question.about else ""
    yield f"# {question.kind} of {_text(question.cell)}{about}:"
    for code, reading in question.readings:
        yield f"#   {_text(code)} reads it as {_text(reading)}"
    if answer:
        yield f"{_text(question.key)} = {_text(answer)}"
    else:
        yield "# Nobody can tell: write one of them in the next line, and take away its #."
        yield f"# {_text(question.key)} = "


def _kpi(name: str, cells: AnyMapping[str, str]) -> str:
    lines = (f"{_text(column)} = {_text(cell)}" for column, cell in cells.items())
    return "\n".join([f"[kpis.{_text(name)}]", *lines, ""])


def _flag(value: bool) -> str:
    return "true" if value else "false"


def _text(text: str) -> str:
    """Write a string of TOML, which is one of JSON but for one sign."""
    return json.dumps(str(text), ensure_ascii=False).replace("\x7f", "\\u007f")
