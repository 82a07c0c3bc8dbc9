"""Files of every layout, spelling of numbers and language of months, and what is seen in them."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from random import Random
from typing import Any

from hypothesis import strategies as st

from tests.data.exchange.spreadsheets.saved_tables import (
    NOTHING,
    Page,
    Written,
    as_ods,
    as_separated,
    as_xls,
    as_xlsx,
    typed,
)

MONTHS = (
    "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec",
    "Januar Februar März April Mai Juni Juli August September Oktober November Dezember",
    "Jän Feb Mär Apr Mai Jun Jul Aug Sep Okt Nov Dez",
    "janv. févr. mars avr. mai juin juil. août sept. oct. nov. déc.",
    "ene feb mar abr may jun jul ago sep oct nov dic",
    "gen feb mar apr mag giu lug ago set ott nov dic",
    "jan feb mrt apr mei jun jul aug sep okt nov dec",
    "jan fev mar abr mai jun jul ago set out nov dez",
    "januari februari mars april maj juni juli augusti september oktober november december",
    "sty lut mar kwi maj cze lip sie wrz paź lis gru",
    "leden únor březen duben květen červen červenec srpen září říjen listopad prosinec",
    "tammi helmi maalis huhti touko kesä heinä elo syys loka marras joulu",
    "1月 2月 3月 4月 5月 6月 7月 8月 9月 10月 11月 12月",
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
    "Kosten je Auftrag",
    "Q-Rate",
    "CO2",
    "=Net result",
    "不良率",
    "OEE 2",
)
WESTERN = "Revenue Ausschussquote Omzet Kassation CO2 On-time"
MISSING = ("", "", "n/a", "-", "–", "k.A.", "#", "n.d.", "tbd", "x")
MARKS = (
    (".", ""),
    (".", ","),
    (".", " "),
    (".", "'"),
    (",", ""),
    (",", "."),
    (",", "\u00a0"),
    (",", "\u202f"),
)
DIGITS = {
    "full width": str.maketrans("0123456789.,-%", "０１２３４５６７８９．，－％"),
    "arabic": str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩"),
}
HIDING = (".xlsx", ".xls", ".ods")
ENCODINGS = ("utf-8", "utf-8-sig", "utf-16", "cp1252")
DECOY = 123456.0
SUMS = ("Total", "Summe", "Ø", "YTD", "Average", "Gesamt", "Moyenne", "合計")
Place = tuple[str, str, date]
"""Team, KPI and first day."""


@dataclass(frozen=True)
class Mutated:
    """A file, what a person sees in it, and what they would answer.

    `seen` are its values by team, KPI and first day, `bounds` the ranges beside them; `shares`
    are the KPIs that stand in it as shares of one, though they are percentages.
    """

    name: str
    data: bytes = field(repr=False)
    seen: Mapping[Place, float]
    bounds: Mapping[str, tuple[float | None, float | None]]
    units: Mapping[str, str]
    shares: frozenset[str]
    cadence: str
    days: tuple[date, ...]
    decimal: str
    order: str
    year: int
    fiscal_year_starts: int
    layout: str


@dataclass
class Style:
    """How one file is written."""

    suffix: str
    marks: tuple[str, str]
    minus: str
    digits: str
    rng: Random
    shares: set[str] = field(default_factory=set)
    values: dict[str, list[Decimal | None]] = field(default_factory=dict)

    @property
    def is_text(self) -> bool:
        """Whether a cell can hold nothing but text."""
        return self.suffix not in HIDING

    def number(self, value: Decimal) -> str:
        """Write a number with its marks, a negative one by a sign before, after or around it."""
        decimal, thousands = self.marks if self.digits != "arabic" else ("٫", "٬")
        text = f"{abs(value):,f}".replace(",", "_").replace(".", decimal).replace("_", thousands)
        if value < 0:
            text = {"after": f"{text}-", "brackets": f"({text})"}.get(
                self.minus, f"{self.minus}{text}"
            )
        return text.translate(DIGITS.get(self.digits, {}))


def _monthly(style: Style, days: Sequence[date], kind: str) -> list[Written]:
    names = style.rng.choice(MONTHS).split()
    is_japanese = names[0].endswith("月")

    def month(day: date) -> str:
        return names[day.month - 1]

    kinds: dict[str, Callable[[date], str]] = {
        "short": lambda day: f"{month(day)} {day:%y}",
        "long": lambda day: f"{month(day)} {day.year}",
        "dash": lambda day: f"{month(day)}-{day:%y}",
        "turned": lambda day: f"{day.year} {month(day)}",
        "bare": month,
        "iso": lambda day: f"{day:%Y-%m}",
        "slash": lambda day: f"{day:%m/%Y}",
        "M": lambda day: f"{day.year} M{day:%m}",
        "dotted": lambda day: f"{day:%d.%m.%Y}",
        "short dotted": lambda day: f"{day:%d.%m.%y}",
        "first": lambda day: f"{day:%d/%m/%Y}",
        "second": lambda day: f"{day:%m/%d/%Y}",
        "month end": lambda day: f"{_last(day):%m/%d/%Y}",
        "iso day": lambda day: f"{day:%Y-%m-%d}",
    }
    if kind == "day" and not style.is_text:
        return [Written(day, "yyyy-mm-dd", str(day)) for day in days]
    if is_japanese and kind in ("short", "long", "dash", "turned", "day"):
        return [typed(f"{day.year}年{month(day)}") for day in days]
    write = kinds.get(kind, kinds["iso day"])
    return [typed(write(day)) for day in days]


MONTHLY = (
    *("short", "long", "dash", "turned", "bare", "iso", "slash", "M", "day", "day"),
    *("month end", "dotted", "short dotted", "first", "second", "iso day"),
)
TITLED = (
    "short",
    "long",
    "turned",
    "iso",
    "Q{} {}",
    "{}. Quartal {}",
    "KW {0}/{1}",
    "{1} KW{0:02}",
)
"""Periods that the name of a sheet can tell by itself."""

NUMBERED = "{1}-{0:02}"
"""Weeks that only a heading tells from months."""

QUARTERLY = ("Q{} {}", "T{} {}", "{}T {}", "Q{}/{}", "{}. Quartal {}", "Q{}", "FY", "{1} Q{0}")
WEEKLY = (
    "{1}-W{0:02}",
    "KW {0}/{1}",
    "W{0} {1}",
    "{1} KW{0:02}",
    "KW {0}",
    "W{0:02}",
    "S{0}/{1}",
    NUMBERED,
)


def _periods(
    draw: Any, style: Style, cadence: str, count: int
) -> tuple[list[date], list[Any], str]:
    """Draw first days with how they are written; what stands without a year is of late."""
    kinds = {"monthly": MONTHLY, "quarterly": QUARTERLY, "weekly": WEEKLY}[cadence]
    kind = draw(st.sampled_from(kinds))
    is_bare = kind in ("bare", "Q{}", "KW {0}", "W{0:02}")
    rng = style.rng
    count = min(count, 10) if is_bare else count
    if cadence == "monthly":
        at = rng.randint((2025 if is_bare else 2020) * 12, 2026 * 12 + 10 - count)
        days = [date(n // 12, n % 12 + 1, 1) for n in range(at, at + count)]
        return days, _monthly(style, days, kind), kind
    if cadence == "quarterly":
        at = rng.randint((2024 if is_bare else 2020) * 4, 2026 * 4 + 3 - count)
        days = [date(n // 4, n % 4 * 3 + 1, 1) for n in range(at, at + count)]
        if kind != "FY":
            return days, [typed(kind.format(day.month // 3 + 1, day.year)) for day in days], kind
        return days, [], kind
    monday = date(2024, 12, 30) if is_bare else date(2020, 1, 6)
    weeks_left = (date(2026, 10, 26) - monday).days // 7 - count
    monday += timedelta(weeks=rng.randint(0, weeks_left))
    days = [monday + timedelta(weeks=at) for at in range(count)]
    weeks = [day.isocalendar() for day in days]
    return days, [typed(kind.format(week.week, week.year)) for week in weeks], kind


def _last(day: date) -> date:
    return (day + timedelta(days=31)).replace(day=1) - timedelta(days=1)


def _values(rng: Random, unit: str, count: int) -> list[Decimal]:
    places = rng.randint(0, 3)
    most = 100 if unit == "%" else rng.choice([9, 500, 20_000, 3_000_000])
    least = rng.choice([0, -most]) if unit != "%" or rng.random() < 0.2 else 0
    size = 10**places
    return [Decimal(rng.randint(least * size, most * size)).scaleb(-places) for _ in range(count)]


def _ways(unit: str, style: Style) -> list[str]:
    ways = ["text"] + (["after", "close"] if unit else []) + (["before"] if unit == "€" else [])
    if style.is_text:
        return ways
    ways += ["number", "number", "plain"]
    if unit == "%":
        ways += ["percent", "percent", *(["share"] if style.suffix == ".ods" else [])]
    if unit == "k€" and style.suffix != ".ods":
        ways += ["thousands"]
    if unit == "€" and style.suffix != ".ods":
        ways += ["money"]
    return ways


def _cell(value: Decimal, how: str, unit: str, style: Style) -> Written:
    text = style.number(value)
    stored = float(value)
    match how:
        case "number":
            return Written(stored, "#,##0.00", text)
        case "plain":
            return Written(stored, "General", text)
        case "percent":
            return Written(float(value.scaleb(-2)), "0.0%", f"{text}%")
        case "share":
            return Written(float(value.scaleb(-2)), "General", text)
        case "thousands":
            return Written(float(value.scaleb(3)), '#,##0.0,"k€"', f"{text} k€")
        case "money":
            return Written(stored, '#,##0.00\\ "€"', f"{text} €")
        case "before":
            return typed(f"{unit} {text}")
        case "after":
            return typed(f"{text} {unit}")
        case "close":
            return typed(f"{text}{unit}")
    return typed(text)


def _target(value: Decimal, unit: str, style: Style) -> tuple[str, tuple[Any, Any]]:
    """Write a range, and give its ends."""
    text, end = style.number(value), float(value)
    wide = value + abs(value) + 1
    kinds = {
        "> {0}": (end, None),
        "≥{0}": (end, None),
        "< {0}": (None, end),
        "max. {0}": (None, end),
        "{0} - {1}": (end, float(wide)),
        "{0} bis {1}": (end, float(wide)),
    }
    if value < 0:
        kinds = {"> {0}": (end, None), "≤ {0}": (None, end)}
    shape = style.rng.choice(list(kinds))
    unit = unit if style.rng.random() < 0.3 else ""
    return f"{shape.format(text, style.number(wide))} {unit}".strip(), kinds[shape]


@st.composite
def mutated_tables(draw: Any) -> Mutated:
    """Draw a file: its structure piece by piece, the numbers in it by one seed."""
    suffix = draw(st.sampled_from([".xlsx", ".csv", ".ods", ".xls", ".tsv", "pasted"]))
    digits = draw(st.sampled_from(["", "", "", "", *DIGITS]))
    style = Style(
        suffix,
        draw(st.sampled_from(MARKS)),
        draw(st.sampled_from(["-", "−", "after", "brackets"])),
        digits,
        Random(draw(st.integers(0, 2**32))),
    )
    cadence = draw(st.sampled_from(["monthly", "weekly", "quarterly"]))
    days, labels, kind = _periods(draw, style, cadence, draw(st.integers(3, 14)))
    starts = 1
    if kind == "FY":
        starts = draw(st.sampled_from([1, 4, 7, 10]))
        labels = [typed(_fiscal(day, starts)) for day in days]
    layout = draw(st.sampled_from(sorted(LAYOUTS)))
    if layout in ("years", "over months") and cadence != "monthly":
        layout = "wide"
    if layout == "a sheet each" and (style.is_text or kind not in TITLED):
        layout = "wide"
    if kind == NUMBERED and layout not in ("long", "turned", "one"):
        labels = [typed(label.shown.replace("-", "-W")) for label in labels]
    names = draw(st.lists(st.sampled_from(NAMES), min_size=1, max_size=4, unique=True))
    teams = ["Werk"]
    if layout == "sheets":
        teams = ["Nord", "Süd"] if not style.is_text else ["Werk"]
    heading = "KW" if kind == NUMBERED else "Periode"
    is_named = layout == "one" or bool(draw(st.booleans()))
    drawing = Drawing(style, days, labels, names, is_named, heading, draw)
    pages = [
        page for team in teams for page in _pages(drawing, layout, team if len(teams) > 1 else "")
    ]
    if not style.is_text and draw(st.booleans()):
        pages.insert(0, Page("Geheim", [[typed("KPI"), *labels]], is_hidden=True))
        pages[0].rows.append([typed("Secret"), *[Written(DECOY, shown="123456")] * len(days)])
    name, data = _saved(draw, style, pages)
    order = "month first" if kind in ("second", "month end") else "day first"
    year = days[0].isocalendar().year if cadence == "weekly" else days[0].year
    return Mutated(
        *(name, data, drawing.seen, drawing.bounds, drawing.units, frozenset(style.shares)),
        *(cadence, tuple(days), style.marks[0], order, year, starts, layout),
    )


def _pages(drawing: "Drawing", layout: str, team: str) -> list[Page]:
    """Draw a team's sheets: one for each period where such a sheet says of which one it is."""
    drawing.begin(team or "Werk")
    title = team or drawing.draw(st.sampled_from(TITLES))
    if layout != "a sheet each":
        return [LAYOUTS[layout](drawing, title)]
    return [_of_one_period(drawing, at) for at in range(len(drawing.days))]


TITLES = ("Tabelle1", "KPI", "Werk", "Sheet1")


def _fiscal(day: date, starts: int) -> str:
    """Name a quarter by the fiscal year that it is of, which is the year it ends in."""
    months = (day.month - starts) % 12
    year = day.year + (starts > 1 and day.month >= starts)
    return f"FY{year % 100:02} Q{months // 3 + 1}"


@dataclass
class Drawing:
    """What the sheets of a file are made of, and what is seen in them so far."""

    style: Style
    days: list[date]
    labels: list[Written]
    names: list[str]
    is_named: bool
    heading: str
    draw: Any
    team: str = ""
    units: dict[str, str] = field(default_factory=dict)
    cells: dict[str, list[Written]] = field(default_factory=dict)
    seen: dict[Place, float] = field(default_factory=dict)
    bounds: dict[str, tuple[float | None, float | None]] = field(default_factory=dict)
    ranges: dict[str, str] = field(default_factory=dict)

    def begin(self, team: str) -> None:
        """Draw the cells of a team's KPIs."""
        self.team = team
        for name in self.names:
            self._draw_kpi(name)

    def _draw_kpi(self, name: str) -> None:
        style, rng = self.style, self.style.rng
        unit = self.units.setdefault(name, rng.choice(["", "%", "€", "h", "k€"]))
        how = rng.choice(_ways(unit, style))
        if name in style.shares:
            how = "share"
        values = _values(rng, unit, len(self.days))
        if how == "share":
            style.shares.add(name)
        self.cells[name] = []
        for day, value in zip(self.days, values, strict=True):
            if rng.random() < 0.1:
                self.cells[name].append(typed(rng.choice(MISSING)))
                continue
            self.cells[name].append(_cell(value, how, unit, style))
            self.seen[self.team, name, day] = float(value)
        if name not in self.bounds:
            self.ranges[name], self.bounds[name] = _target(values[0], unit, style)

    @property
    def headed(self) -> dict[str, str]:
        """Give what each KPI is called, with its unit where no column has it."""
        return {
            name: f"{name} ({unit})" if self.is_named and unit else name
            for name, unit in self.units.items()
        }

    def unit(self, name: str) -> Written:
        """Give the cell of a KPI's unit."""
        return typed("" if self.is_named else self.units[name])

    def chance(self) -> bool:
        """Draw whether something is there."""
        return bool(self.draw(st.booleans()))


def _framed(drawing: Drawing, page: Page) -> Page:
    """Put a title above a table, notes below it, and move what is merged and hidden along."""
    above: list[list[Written]] = []
    if drawing.chance():
        above = [[typed("Bericht der Leitung")], []]
    down = len(above)
    page.merged = [(top + down, bottom + down, at, to) for top, bottom, at, to in page.merged]
    page.hidden_rows = {row + len(above) for row in page.hidden_rows}
    if drawing.chance():
        page.rows += [[], [typed("Source: controlling, as of 12.10.2026")]]
    page.rows[:0] = above
    return page


def _decoy() -> Written:
    return Written(DECOY, shown="123456")


def _wide(drawing: Drawing, title: str) -> Page:
    rng, style = drawing.style.rng, drawing.style
    has_target, has_owner, has_note = (drawing.chance() for _ in range(3))
    sums = [typed(rng.choice(SUMS))] if drawing.chance() else []
    heading = [typed("KPI"), typed("Einheit")]
    heading += [typed("Ziel")] if has_target else []
    heading += [typed("Owner")] if has_owner else []
    first = len(heading)
    heading += [*drawing.labels, *sums, *([typed("Kommentar")] if has_note else [])]
    rows, merged = [heading], []
    hidden: set[int] = set()
    for at, (name, values) in enumerate(drawing.cells.items()):
        if at % 2 == 0 and rng.random() < 0.3:
            merged.append((len(rows), len(rows), 0, len(heading) - 1))
            rows.append([typed(rng.choice(["Qualität", "Finanzen", "Operations"]))])
        if rng.random() < 0.15:
            rows.append([])
        if rng.random() < 0.1 and at:
            rows.append(list(heading))
        if not style.is_text and rng.random() < 0.15:
            hidden.add(len(rows))
            rows.append([typed("Secret"), NOTHING, *[NOTHING] * (first - 2)])
            rows[-1] += [_decoy()] * len(values)
        row = [typed(drawing.headed[name]), drawing.unit(name)]
        row += [typed(drawing.ranges[name])] if has_target else []
        row += [typed("Ana Roy")] if has_owner else []
        row += [*values, *[_decoy() for _ in sums]]
        rows.append(row + ([typed("siehe Blatt 2, 2025 besser")] if has_note else []))
    if drawing.chance():
        total = [typed("Total"), *[NOTHING] * (first - 1)]
        rows.append(total + [_decoy() for _ in drawing.labels])
    if not has_target or drawing.team != "Werk":
        drawing.bounds.clear()
    hidden_columns: set[int] = set()
    if not style.is_text and rng.random() < 0.2:
        at = first + rng.randrange(len(drawing.labels))
        hidden_columns.add(at)
        for name in drawing.cells:
            drawing.seen.pop((drawing.team, name, drawing.days[at - first]), None)
    return _framed(drawing, Page(title, rows, hidden, hidden_columns, merged))


def _long(drawing: Drawing, title: str) -> Page:
    rng = drawing.style.rng
    by_period, has_note, has_target = (drawing.chance() for _ in range(3))
    heading = [typed(each) for each in ("id", "Metric", drawing.heading, "Unit", "Actual", "RAG")]
    heading += [typed("Target")] if has_target else []
    heading += [typed("Comment")] if has_note else []
    records = []
    for name, values in drawing.cells.items():
        for at, (label, cell) in enumerate(zip(drawing.labels, values, strict=True)):
            records.append((at if by_period else 0, name, label, cell))
    if by_period:
        records.sort(key=lambda each: each[0])
    rows = [heading]
    for _, name, label, cell in records:
        if rng.random() < 0.03:
            rows.append(list(heading))
        key = Written(float(100 + len(rows)), shown=str(100 + len(rows)))
        row = [key, typed(drawing.headed[name]), label, drawing.unit(name), cell, typed("G")]
        row += [typed(drawing.ranges[name])] if has_target else []
        rows.append(row + ([typed("late by 3 days")] if has_note and rng.random() < 0.5 else []))
    if not has_target:
        drawing.bounds.clear()
    return _framed(drawing, Page(title, rows))


def _turned(drawing: Drawing, title: str) -> Page:
    rng = drawing.style.rng
    rows = [[typed(drawing.heading), *map(typed, drawing.headed.values())]]
    if not drawing.is_named and any(drawing.units.values()):
        rows.append([typed("Einheit"), *map(drawing.unit, drawing.cells)])
    drawing.bounds.clear()
    hidden: set[int] = set()
    for at, row in enumerate(zip(drawing.labels, *drawing.cells.values(), strict=True)):
        if not drawing.style.is_text and rng.random() < 0.05:
            hidden.add(len(rows))
            for name in drawing.cells:
                drawing.seen.pop((drawing.team, name, drawing.days[at]), None)
        rows.append(list(row))
    if drawing.chance():
        rows.append([typed(rng.choice(SUMS)), *[_decoy() for _ in drawing.cells]])
    return _framed(drawing, Page(title, rows, hidden))


def _pairs(drawing: Drawing, title: str) -> Page:
    """Lay out an actual value and a target for each period, beside each other."""
    two_rows = drawing.chance()
    actual, target = drawing.style.rng.choice([("Ist", "Soll"), ("Actual", "Target")])
    periods: list[Written] = []
    said: list[Written] = []
    for label in drawing.labels:
        periods += [label, NOTHING]
        said += [typed(actual), typed(target)]
    rows = [[typed("KPI"), typed("Einheit"), *periods], [NOTHING, NOTHING, *said]]
    merged = [(0, 0, at, at + 1) for at in range(2, len(periods) + 2, 2)]
    if not two_rows:
        pairs = [
            typed(f"{label.shown} {kind}") for label in drawing.labels for kind in (actual, target)
        ]
        rows, merged = [[typed("KPI"), typed("Einheit"), *pairs]], []
    drawing.bounds.clear()
    for name, values in drawing.cells.items():
        row = [typed(drawing.headed[name]), drawing.unit(name)]
        for cell in values:
            row += [cell, next((each for each in values if each.value is not None), NOTHING)]
        rows.append(row)
    return _framed(drawing, Page(title, rows, merged=merged))


def _scenarios(drawing: Drawing, title: str) -> Page:
    """Lay out actual values, last year's and targets in rows below each other."""
    drawing.bounds.clear()
    rows = [[typed("Kennzahl"), typed("Typ"), typed("Einheit"), *drawing.labels]]
    for name, values in drawing.cells.items():
        head, unit = typed(drawing.headed[name]), drawing.unit(name)
        last = [_decoy() for _ in values]
        rows.append([head, typed("Ist"), unit, *values])
        rows.append([head, typed("Vorjahr"), unit, *last])
    return _framed(drawing, Page(title, rows))


def _years(drawing: Drawing, title: str) -> Page:
    """Lay out twelve months across, and the years of each KPI down."""
    names = drawing.style.rng.choice(MONTHS).split()
    rows = [[typed("KPI"), typed("Unit"), typed("Year"), *map(typed, names)]]
    drawing.bounds.clear()
    for name, values in drawing.cells.items():
        by_day = dict(zip(drawing.days, values, strict=True))
        for year in sorted({day.year for day in drawing.days}):
            months = [by_day.get(date(year, at, 1), NOTHING) for at in range(1, 13)]
            shown = Written(float(year), "0", str(year))
            rows.append([typed(drawing.headed[name]), drawing.unit(name), shown, *months])
    return _framed(drawing, Page(title, rows))


def _one(drawing: Drawing, title: str) -> Page:
    """Lay out the periods and values of one KPI."""
    name = drawing.names[0]
    for key in [key for key in drawing.seen if key[1] != name]:
        del drawing.seen[key]
    drawing.bounds.clear()
    rows = [[typed(drawing.heading), typed(drawing.headed[name])]]
    rows += [list(row) for row in zip(drawing.labels, drawing.cells[name], strict=True)]
    return _framed(drawing, Page(title, rows))


def _over_months(drawing: Drawing, title: str) -> Page:
    """Lay out the months of several years across, each year above its first one."""
    names = drawing.style.rng.choice(MONTHS).split()
    drawing.bounds.clear()
    years: list[Written] = []
    merged = []
    for at, day in enumerate(drawing.days):
        is_first = at == 0 or day.month == 1
        years.append(Written(float(day.year), "0", str(day.year)) if is_first else NOTHING)
        if is_first:
            merged.append((0, 0, at + 2, at + 2))
        else:
            merged[-1] = (0, 0, merged[-1][2], at + 2)
    months = [typed(names[day.month - 1]) for day in drawing.days]
    rows = [[NOTHING, NOTHING, *years], [typed("KPI"), typed("Unit"), *months]]
    for name, values in drawing.cells.items():
        rows.append([typed(drawing.headed[name]), drawing.unit(name), *values])
    spans = [each for each in merged if each[3] > each[2]]
    return _framed(drawing, Page(title, rows, merged=spans))


def _of_one_period(drawing: Drawing, at: int) -> Page:
    """Lay out the values of one period, which the sheet's name tells."""
    drawing.bounds.clear()
    rows = [[typed(each) for each in ("Kennzahl", "Einheit", "Ist", "Bemerkung")]]
    for name, values in drawing.cells.items():
        rows.append([typed(drawing.headed[name]), drawing.unit(name), values[at], typed("siehe 3")])
    title = drawing.labels[at].shown.replace("/", "-")
    return _framed(drawing, Page(title, rows))


LAYOUTS: Mapping[str, Callable[[Drawing, str], Page]] = {
    "wide": _wide,
    "long": _long,
    "turned": _turned,
    "pairs": _pairs,
    "scenarios": _scenarios,
    "sheets": _wide,
    "years": _years,
    "one": _one,
    "over months": _over_months,
    "a sheet each": _wide,
}


def _saved(draw: Any, style: Style, pages: list[Page]) -> tuple[str, bytes]:
    """Save the sheets as a file, or as what is copied of one."""
    if style.suffix in (".xlsx", ".xls"):
        save = as_xlsx if style.suffix == ".xlsx" else as_xls
        return f"kpi{style.suffix}", save(pages, from_1904=draw(st.booleans()))
    if style.suffix == ".ods":
        return "kpi.ods", as_ods(pages)
    if style.suffix == "pasted":
        return "", as_separated(pages[0], "\t").encode()
    separator = "\t" if style.suffix == ".tsv" else draw(st.sampled_from([";", ",", "|"]))
    is_named = style.suffix == ".csv" and draw(st.booleans())
    text = as_separated(pages[0], separator, is_named=is_named)
    encoding = draw(st.sampled_from(ENCODINGS))
    try:
        return f"kpi{style.suffix}", text.encode(encoding)
    except UnicodeEncodeError:
        return f"kpi{style.suffix}", text.encode()
