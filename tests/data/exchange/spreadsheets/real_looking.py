"""Twelve spreadsheets as people keep them, with what is right for each, written by hand."""

import io
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from openpyxl import Workbook

from data.exchange.spreadsheets.mapping import Known, QuestionKind

Bounds = tuple[str, str, float | None, float | None]
"""Unit, which way is good, low, high."""


@dataclass(frozen=True)
class RealLooking:
    """A file, what the company has, the answers that a person must give, and what is right.

    KPIs and readings go by "team/kpi"; `first` is each period's first day, in the order of the
    values, None where one is missing.
    """

    name: str
    data: bytes
    cadence: str
    first: tuple[str, ...]
    kpis: Mapping[str, Bounds]
    values: Mapping[str, tuple[float | None, ...]]
    owners: Mapping[str, str] = field(default_factory=dict)
    known: Known = field(default_factory=Known)
    answers: Mapping[str, str] = field(default_factory=dict)


def workbook_of(
    sheets: Mapping[str, Sequence[Sequence[Any]]],
    merged: Mapping[str, Sequence[str]] | None = None,
) -> bytes:
    """Save rows as a workbook; a cell with a number format is a pair."""
    book = Workbook()
    book.remove(book.active)
    for title, rows in sheets.items():
        sheet = book.create_sheet(title)
        for at, row in enumerate(rows, 1):
            for across, given in enumerate(row, 1):
                value, shape = given if isinstance(given, tuple) else (given, None)
                cell = sheet.cell(at, across, value)
                if shape:
                    cell.number_format = shape
        for span in (merged or {}).get(title, ()):
            sheet.merge_cells(span)
    saved = io.BytesIO()
    book.save(saved)
    return saved.getvalue()


def german_weeks() -> RealLooking:
    text = """Wochenbericht Werk Nord 2026;;;;;;
;;;;;;
Kennzahl;Einheit;Ziel;KW 40;KW 41;KW 42;KW 43
Ausschussquote;%;< 4,5;4,1;4,4;3,9;5,2
Umsatz;T€;> 1.120;1.131,5;1.140;1.098,25;1.127
Krankenstand;%;3 - 5;3,2;k.A.;4,8;5,1
Überstunden;h;max. 60;55;62;48;51
;;;;;;
Quelle: SAP, Stand 05.11.2026;;;;;;
"""
    return RealLooking(
        "Wochenbericht.csv",
        text.encode("cp1252"),
        "weekly",
        ("2026-09-28", "2026-10-05", "2026-10-12", "2026-10-19"),
        {
            "Werk Nord/Ausschussquote": ("%", "lower", None, 4.5),
            "Werk Nord/Umsatz": ("T€", "higher", 1120.0, None),
            "Werk Nord/Krankenstand": ("%", "within", 3.0, 5.0),
            "Werk Nord/Überstunden": ("h", "lower", None, 60.0),
        },
        {
            "Werk Nord/Ausschussquote": (4.1, 4.4, 3.9, 5.2),
            "Werk Nord/Umsatz": (1131.5, 1140.0, 1098.25, 1127.0),
            "Werk Nord/Krankenstand": (3.2, None, 4.8, 5.1),
            "Werk Nord/Überstunden": (55.0, 62.0, 48.0, 51.0),
        },
        known=Known(teams=("Werk Nord", "Werk Süd")),
    )


def french_long() -> RealLooking:
    heading = ["Indicateur", "Mois", "Réalisé", "Objectif", "Responsable", "Commentaire"]
    scrap = ("Taux de rebut", "≤ 12 %", "Hélène Roux")
    sales = ("Chiffre d'affaires (k€)", "> 1 200", "Marc Petit")
    months = ("janv. 2026", "févr. 2026", "mars 2026", "août 2026")
    rows: list[list[Any]] = [heading]
    for month, share in zip(months, ("12,5 %", "11,8 %", "12 %", "10,75 %"), strict=True):
        rows.append([scrap[0], month, share, scrap[1], scrap[2], ""])
    amounts = ("1 234,5", "1\u202f198,25", "1\u00a0301", "-")
    for month, amount in zip(months, amounts, strict=True):
        rows.append([sales[0], month, amount, sales[1], sales[2], "voir note"])
    return RealLooking(
        "Tableau de bord.xlsx",
        workbook_of({"Atelier Lyon": rows}),
        "monthly",
        ("2026-01-01", "2026-02-01", "2026-03-01", "2026-08-01"),
        {
            "Atelier Lyon/Taux de rebut": ("%", "lower", None, 12.0),
            "Atelier Lyon/Chiffre d'affaires": ("k€", "higher", 1200.0, None),
        },
        {
            "Atelier Lyon/Taux de rebut": (12.5, 11.8, 12.0, 10.75),
            "Atelier Lyon/Chiffre d'affaires": (1234.5, 1198.25, 1301.0, None),
        },
        owners={"Taux de rebut": "Hélène Roux", "Chiffre d'affaires": "Marc Petit"},
    )


def spanish_quarters() -> RealLooking:
    rows = [
        ["Indicador", "Unidad", "Meta", "T4 2025", "T1 2026", "T2 2026", "T3 2026", "Promedio"],
        ["Ventas", "k€", 500, 480, 512.5, 530, 498, 505.125],
        ["Rotación de personal", "%", 8, 7.5, 9, 8.25, 6, 7.6875],
        ["Satisfacción del cliente", "%", 90, 91, 88, None, 93.5, 90.8],
        ["Total", None, None, 578.5, 609.5, 538.25, 597.5, None],
    ]
    return RealLooking(
        "Cuadro de mando Tienda Sur.xlsx",
        workbook_of({"Hoja1": rows}),
        "quarterly",
        ("2025-10-01", "2026-01-01", "2026-04-01", "2026-07-01"),
        {
            "Tienda Sur/Ventas": ("k€", "higher", 500.0, None),
            "Tienda Sur/Rotación de personal": ("%", "lower", None, 8.0),
            "Tienda Sur/Satisfacción del cliente": ("%", "higher", 90.0, None),
        },
        {
            "Tienda Sur/Ventas": (480.0, 512.5, 530.0, 498.0),
            "Tienda Sur/Rotación de personal": (7.5, 9.0, 8.25, 6.0),
            "Tienda Sur/Satisfacción del cliente": (91.0, 88.0, None, 93.5),
        },
        known=Known(teams=("Tienda Sur",)),
    )


def fiscal_year() -> RealLooking:
    text = """Metric,Goal,FY26 Q1,FY26 Q2,FY26 Q3,FY26 Q4
Revenue,"$1,200,000","$1,234,500","$1,190,250.50","$1,310,000","$1,402,750"
Cash flow,"at least $0","(12,300)","$4,500","$8,125","(2,050)"
Gross margin,≥ 40%,41.5%,39.8%,42%,43.25%
Customer churn,<3%,2.5%,2.75%,3.1%,2.9%
"""
    return RealLooking(
        "finance.csv",
        text.encode(),
        "quarterly",
        ("2025-10-01", "2026-01-01", "2026-04-01", "2026-07-01"),
        {
            "finance/Revenue": ("$", "higher", 1200000.0, None),
            "finance/Cash flow": ("$", "higher", 0.0, None),
            "finance/Gross margin": ("%", "higher", 40.0, None),
            "finance/Customer churn": ("%", "lower", None, 3.0),
        },
        {
            "finance/Revenue": (1234500.0, 1190250.5, 1310000.0, 1402750.0),
            "finance/Cash flow": (-12300.0, 4500.0, 8125.0, -2050.0),
            "finance/Gross margin": (41.5, 39.8, 42.0, 43.25),
            "finance/Customer churn": (2.5, 2.75, 3.1, 2.9),
        },
        known=Known(fiscal_year_starts=10),
        answers={QuestionKind.TEAM: "finance"},
    )


def dutch_turned() -> RealLooking:
    month = "mmm yy"
    rows = [
        ["Maand", "Omzet (k€)", "Uitval %", "Levertijd (dagen)"],
        ["Doel", "> 100", "< 3", 5],
        [(datetime(2026, 6, 1), month), 104.5, 2.9, 4.5],
        [(datetime(2026, 7, 1), month), 99, 3.1, 5],
        [(datetime(2026, 8, 1), month), 101.25, "n.b.", 6],
        [(datetime(2026, 9, 1), month), 110, 2.5, 4],
        ["Gemiddelde", 103.7, 2.8, 4.9],
    ]
    return RealLooking(
        "kpi's.xlsx",
        workbook_of({"Magazijn": rows}),
        "monthly",
        ("2026-06-01", "2026-07-01", "2026-08-01", "2026-09-01"),
        {
            "Magazijn/Omzet": ("k€", "higher", 100.0, None),
            "Magazijn/Uitval": ("%", "lower", None, 3.0),
            "Magazijn/Levertijd": ("dagen", "lower", None, 5.0),
        },
        {
            "Magazijn/Omzet": (104.5, 99.0, 101.25, 110.0),
            "Magazijn/Uitval": (2.9, 3.1, None, 2.5),
            "Magazijn/Levertijd": (4.5, 5.0, 6.0, 4.0),
        },
    )


def swedish_title() -> RealLooking:
    share = "0.0 %"
    rows = [
        ["Nyckeltal Produktion 2026"],
        [],
        ["Nyckeltal", "Enhet", "Mål", "Ansvarig", "jan", "feb", "mars", "april", "maj"],
        ["Leverans"],
        ["Leveranssäkerhet", "%", (0.95, share), "Åsa Berg"]
        + [(each, share) for each in (0.941, 0.935, 0.9625, 0.95, 0.948)],
        ["Ledtid", "dagar", "≤ 7", "Åsa Berg", 6.5, 7, 7.5, "-", 6],
        ["Kvalitet"],
        ["Kassation", "%", "< 2", "Jon Ek", 1.5, 1.75, 2.1, 1.9, 1.25],
    ]
    return RealLooking(
        "uppföljning.xlsx",
        workbook_of({"Blad1": rows}, {"Blad1": ["A1:I1", "A4:I4", "A7:I7"]}),
        "monthly",
        ("2026-01-01", "2026-02-01", "2026-03-01", "2026-04-01", "2026-05-01"),
        {
            "Produktion/Leveranssäkerhet": ("%", "higher", 95.0, None),
            "Produktion/Ledtid": ("dagar", "lower", None, 7.0),
            "Produktion/Kassation": ("%", "lower", None, 2.0),
        },
        {
            "Produktion/Leveranssäkerhet": (94.1, 93.5, 96.25, 95.0, 94.8),
            "Produktion/Ledtid": (6.5, 7.0, 7.5, None, 6.0),
            "Produktion/Kassation": (1.5, 1.75, 2.1, 1.9, 1.25),
        },
        owners={"Leveranssäkerhet": "Åsa Berg", "Ledtid": "Åsa Berg", "Kassation": "Jon Ek"},
        known=Known(teams=("Produktion",)),
    )


def first_half() -> Sequence[Callable[[], RealLooking]]:
    """Give the first six; the others are in `more_real_looking.py`."""
    return german_weeks, french_long, spanish_quarters, fiscal_year, dutch_turned, swedish_title


TODAY = date(2026, 11, 24)
