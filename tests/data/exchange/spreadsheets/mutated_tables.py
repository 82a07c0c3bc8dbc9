"""Tables of every layout, spelling of numbers and language of months, as a person sees them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from hypothesis import strategies as st

from data.exchange.spreadsheets.grid import Cell, CellKind, Spreadsheet
from tests.data.exchange.spreadsheets.grids import spreadsheet_of

MONTHS = (
    "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec",
    "Januar Februar März April Mai Juni Juli August September Oktober November Dezember",
    "janv. févr. mars avr. mai juin juil. août sept. oct. nov. déc.",
    "ene feb mar abr may jun jul ago sep oct nov dic",
    "gen feb mar apr mag giu lug ago set ott nov dic",
    "jan feb mrt apr mei jun jul aug sep okt nov dec",
    "jan fev mar abr mai jun jul ago set out nov dez",
    "januari februari mars april maj juni juli augusti september oktober november december",
    "sty lut mar kwi maj cze lip sie wrz paź lis gru",
)
NAMES = (
    "Revenue",
    "Ausschussquote",
    "Délai de livraison",
    "Ventas netas",
    "Omzet",
    "Kassation",
    "On-time delivery",
    "Wskaźnik jakości",
    "Total downtime",
    "Team satisfaction",
)
MISSING = ("", "n/a", "-", "–", "k.A.")
MARKS = ((".", ""), (".", ","), (".", " "), (".", "'"), (",", ""), (",", "."), (",", "\u00a0"))


@dataclass(frozen=True)
class Mutated:
    """A table, and what a person sees in it by KPI and first day; its marks and order of days."""

    spreadsheet: Spreadsheet
    seen: Mapping[tuple[str, date], float]
    units: Mapping[str, str]
    cadence: str
    decimal: str
    order: str
    shares: bool


def written(value: Decimal, marks: tuple[str, str], minus: str) -> str:
    """Write a number with its marks, negative ones by a sign before or after it, or in brackets."""
    decimal, thousands = marks
    text = f"{abs(value):,}".replace(",", "_").replace(".", decimal).replace("_", thousands)
    if value >= 0:
        return text
    return {"after": f"{text}-", "brackets": f"({text})"}.get(minus, f"{minus}{text}")


def _monthly(draw: Any, days: list[date]) -> tuple[list[Any], str]:
    names = draw(st.sampled_from(MONTHS)).split()
    kinds: dict[str, Callable[[date], Any]] = {
        "short": lambda day: f"{names[day.month - 1]} {day:%y}",
        "long": lambda day: f"{names[day.month - 1]} {day.year}",
        "dash": lambda day: f"{names[day.month - 1]}-{day:%y}",
        "iso": lambda day: f"{day:%Y-%m}",
        "slash": lambda day: f"{day:%m/%Y}",
        "M": lambda day: f"{day.year} M{day:%m}",
        "day": lambda day: day,
        "dotted": lambda day: f"{day:%d.%m.%Y}",
        "first": lambda day: f"{day:%d/%m/%Y}",
        "second": lambda day: f"{day:%m/%d/%y}",
    }
    kind = draw(st.sampled_from(list(kinds)))
    return [kinds[kind](day) for day in days], "month first" if kind == "second" else "day first"


def _periods(draw: Any, cadence: str, count: int) -> tuple[list[date], list[Any], str]:
    if cadence == "monthly":
        at = draw(st.integers(2020 * 12, 2026 * 12 + 10 - count))
        days = [date(n // 12, n % 12 + 1, 1) for n in range(at, at + count)]
        labels, order = _monthly(draw, days)
        return days, labels, order
    if cadence == "quarterly":
        at = draw(st.integers(2020 * 4, 2026 * 4 + 3 - count))
        days = [date(n // 4, n % 4 * 3 + 1, 1) for n in range(at, at + count)]
        shape = draw(st.sampled_from(["Q{} {}", "T{} {}", "{}T {}", "Q{}/{}", "{}. Quartal {}"]))
        return days, [shape.format(day.month // 3 + 1, day.year) for day in days], "day first"
    monday = date(2020, 1, 6) + timedelta(weeks=draw(st.integers(0, 355 - count)))
    days = [monday + timedelta(weeks=at) for at in range(count)]
    shape = draw(st.sampled_from(["{1}-W{0:02}", "KW {0}/{1}", "W{0} {1}", "{1} KW{0:02}"]))
    weeks = [day.isocalendar() for day in days]
    return days, [shape.format(week.week, week.year) for week in weeks], "day first"


def _values(draw: Any, unit: str, count: int) -> list[Decimal]:
    places = draw(st.integers(0, 3 if unit != "%" else 2))
    most = 100 if unit == "%" else draw(st.sampled_from([9, 500, 20_000, 3_000_000]))
    least = 0 if unit == "%" else draw(st.sampled_from([0, -most]))
    whole = st.integers(least * 10**places, most * 10**places)
    return [Decimal(draw(whole)).scaleb(-places) for _ in range(count)]


def _cell(value: Decimal, how: str, unit: str, text: str) -> Any:
    if how == "number":
        return Cell(format(value, "f"), CellKind.NUMBER)
    if how == "percent":
        return Cell(format(value, "f"), CellKind.PERCENT)
    if how == "share":
        return Cell(format(value.scaleb(-2), "f"), CellKind.NUMBER)
    return {"before": f"{unit} {text}", "after": f"{text} {unit}", "close": f"{text}{unit}"}.get(
        how, text
    )


@st.composite
def mutated_tables(draw: Any) -> Mutated:
    """Draw a table."""
    cadence = draw(st.sampled_from(["monthly", "weekly", "quarterly"]))
    count = draw(st.integers(3, 14))
    days, labels, order = _periods(draw, cadence, count)
    marks, minus = (
        draw(st.sampled_from(MARKS)),
        draw(st.sampled_from(["-", "−", "after", "brackets"])),
    )
    names = draw(st.lists(st.sampled_from(NAMES), min_size=1, max_size=4, unique=True))
    has_formats = draw(st.booleans())
    units: dict[str, str] = {}
    cells: dict[str, list[Any]] = {}
    seen: dict[tuple[str, date], float] = {}
    for name in names:
        unit = units[name] = draw(st.sampled_from(["", "%", "€", "h"]))
        ways = ["number", "text"] + (["after", "close"] if unit else [])
        ways += ["before"] if unit == "€" else []
        ways += [("percent" if has_formats else "share")] * 2 if unit == "%" else []
        how = draw(st.sampled_from(ways))
        cells[name] = []
        for day, value in zip(days, _values(draw, unit, count), strict=True):
            if draw(st.integers(0, 9)) == 0:
                cells[name].append(draw(st.sampled_from(MISSING)))
                continue
            cells[name].append(_cell(value, how, unit, written(value, marks, minus)))
            seen[name, day] = float(value)
    rows = _laid_out(draw, labels, units, cells)
    sheet = spreadsheet_of(rows, title="Werk", has_formats=has_formats)
    return Mutated(sheet, seen, units, cadence, marks[0], order, not has_formats)


def _laid_out(
    draw: Any, labels: list[Any], units: Mapping[str, str], cells: Mapping[str, list[Any]]
) -> list[list[Any]]:
    layout = draw(st.sampled_from(["wide", "long", "turned"]))
    named = draw(st.booleans())
    called = {name: f"{name} ({unit})" if named and unit else name for name, unit in units.items()}
    if layout == "wide":
        rows = [["KPI", "Einheit", *labels, "Total"]]
        for name, values in cells.items():
            rows.append([called[name], "" if named else units[name], *values, Decimal(0)])
        rows = [[_plain(cell) for cell in row] for row in rows]
    elif layout == "long":
        rows = [["id", "Metric", "Periode", "Unit", "Actual", "RAG"]]
        for name, values in cells.items():
            for label, cell in zip(labels, values, strict=True):
                unit = "" if named else units[name]
                rows.append([len(rows) + 100, called[name], label, unit, cell, "G"])
    else:
        rows = [["Periode", *called.values()]]
        if not named:
            rows.append(["Einheit", *units.values()])
        rows += [[label, *row] for label, *row in zip(labels, *cells.values(), strict=True)]
    title = [["Bericht"], []] if draw(st.booleans()) else []
    notes = [[], ["Source: controlling"]] if draw(st.booleans()) else []
    return [*title, *rows, *notes]


def _plain(cell: Any) -> Any:
    return Cell("123456", CellKind.NUMBER) if isinstance(cell, Decimal) else cell
