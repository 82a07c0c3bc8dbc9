"""What an import would do in plain words."""

from components.ui import formatting, words
from data.exchange.views import FileView, ImportView, ProblemView, RowKind, RowView

KINDS: dict[RowKind, str] = {"new": "+ new", "changed": "≠ changed", "equal": "= equal"}
WRONG = "✕ wrong"
WAITING = "… waiting"
LONGEST_CELL = 120

SAMPLE = ":blue-badge[Sample company] What you bring in here begins your own, in its place."
TO_OWN = ":blue-badge[Sample company] What you bring in goes to your own company, not in here."
TAKE_ALONG = "All that is here is yours: one table, or everything in a workbook."
TAKE_SAMPLE = "All of the sample, to see how it looks as tables: one, or everything in a workbook."
BEGIN = "No file yet? Fill in a blank workbook. Its first sheet explains each column."


def sentence(view: ImportView) -> str:
    """Say in a sentence what pressing Import would do."""
    if not view.files and not view.problems:
        return "There are no rows in it yet: fill a sheet in and drop it again."
    if view.problems:
        wrong = words.counted(len(view.problems), "problem")
        return f"{wrong} to put right first. Nothing is imported until there are none."
    new, changed, equal = (sum(file.counts[kind] for file in view.files) for kind in KINDS)
    if not new + changed:
        return "All of this is here already: nothing to import."
    return (
        f"{counted(new)} new, {formatting.exact(changed)} changed, {formatting.exact(equal)} equal."
    )


def done(new: int, changed: int) -> str:
    """Say in a sentence what an import did."""
    if not new + changed:
        return "All of this was here already: nothing changed."
    return f"Imported: {formatting.exact(new)} new, {formatting.exact(changed)} changed."


def counted(rows: int) -> str:
    """Count rows with thin spaces between thousands."""
    return f"{formatting.exact(rows)} {'row' if rows == 1 else 'rows'}"


def summary(view: ImportView) -> dict[str, list[str]]:
    """Write a line a file with its rows by kind, as columns of a table."""
    columns: dict[str, list[str]] = {"Table": [words.escaped(file.name) for file in view.files]}
    for kind, label in KINDS.items():
        columns[words.escaped(label)] = [_count(file.counts[kind]) for file in view.files]
    if any(file.wrong for file in view.files):
        columns[WRONG] = [_count(file.wrong) for file in view.files]
    if any(file.waiting for file in view.files):
        columns[WAITING] = [_count(file.waiting) for file in view.files]
    return columns


def listed(file: FileView, kind: RowKind) -> dict[str, list[str]]:
    """Write the first rows of a kind, as columns of a table; changed cells say what stands."""
    rows = file.rows[kind]
    columns: dict[str, list[str]] = {"Row": [formatting.exact(row.line) for row in rows]}
    for at, name in enumerate(file.columns):
        cells = [_cell(row, at, name) for row in rows]
        if any(cells):
            columns[words.escaped(name)] = cells
    return columns


def problems(of: tuple[ProblemView, ...]) -> str:
    """Write a Markdown list of where something is wrong, what, and what to do about it."""
    return "\n".join(map(_problem, of))


def _problem(of: ProblemView) -> str:
    # Line 1 concerns the whole sheet.
    place = f"{one_line(of.place)}, row {formatting.exact(of.line)}" if of.line > 1 else of.place
    where, what, remedy = (
        words.escaped(" ".join(text.split())) for text in (place, of.what, of.remedy)
    )
    return f"- **{where}**: {what}  \n  → {remedy}"


def more(shown: int, total: int) -> str:
    """Say how many more there are than are shown; nothing where that is all."""
    return f"and {formatting.exact(total - shown)} more" if total > shown else ""


def one_line(text: str) -> str:
    """Write text on one line, short enough for a cell."""
    line = " ".join(text.split())
    return line if len(line) <= LONGEST_CELL else f"{line[: LONGEST_CELL - 1]}…"


def _cell(row: RowView, at: int, name: str) -> str:
    after = words.escaped(one_line(row.cells[at]))
    if name not in row.stands:
        return after
    before = words.escaped(one_line(row.stands[name])) or "empty"
    return f"{before} → **{after or 'empty'}**"


def _count(rows: int) -> str:
    return formatting.exact(rows) if rows else formatting.NOTHING
