"""Six more spreadsheets as people keep them, with what is right for each, written by hand."""

from collections.abc import Callable, Sequence
from typing import Any

from data.exchange.spreadsheets.mapping import Known, QuestionKind
from tests.data.exchange.spreadsheets.real_looking import RealLooking, first_half, workbook_of


def two_headings() -> RealLooking:
    rows = [
        ["Kennzahlen Versand"],
        ["Kennzahl", "Einheit", "Jan 26", None, "Feb 26", None, "Mär 26", None],
        [None, None, "Ist", "Soll", "Ist", "Soll", "Ist", "Soll"],
        ["Liefertreue", "%", 93.5, 95, 94, 95, 96.25, 95],
        ["Reklamationen", "Stk", 14, 12, 11, 12, 9, 12],
        ["Durchlaufzeit", "Tage", 3.5, 4, 4.25, 4, 3, 4],
    ]
    spans = ["A1:H1", "A2:A3", "B2:B3", "C2:D2", "E2:F2", "G2:H2"]
    return RealLooking(
        "Versand.xlsx",
        workbook_of({"Tabelle1": rows}, {"Tabelle1": spans}),
        "monthly",
        ("2026-01-01", "2026-02-01", "2026-03-01"),
        {
            "Versand/Liefertreue": ("%", "higher", 95.0, None),
            "Versand/Reklamationen": ("Stk", "lower", None, 12.0),
            "Versand/Durchlaufzeit": ("Tage", "lower", None, 4.0),
        },
        {
            "Versand/Liefertreue": (93.5, 94.0, 96.25),
            "Versand/Reklamationen": (14.0, 11.0, 9.0),
            "Versand/Durchlaufzeit": (3.5, 4.25, 3.0),
        },
        answers={QuestionKind.TEAM: "Versand"},
    )


def sheet_per_team() -> RealLooking:
    heading = ["KPI", "Unit", "Target", "Aug-26", "Sep-26", "Oct-26"]
    sales = [
        heading,
        ["Win rate", "%", ">= 25", 24.5, 26, 27.25],
        ["Complaints", "#", "at most 8", 7, 9, 5],
    ]
    support = [
        heading,
        ["First response time", "h", "< 4", 3.5, 4.25, 3],
        ["Complaints", "#", "at most 10", 8, 10, 12],
    ]
    notes = [["How we count"], ["Complaints are counted on the day they come in."]]
    return RealLooking(
        "KPI 2026.xlsx",
        workbook_of({"Sales": sales, "Support": support, "Notes": notes}),
        "monthly",
        ("2026-08-01", "2026-09-01", "2026-10-01"),
        {
            "Sales/Win rate": ("%", "higher", 25.0, None),
            "Sales/Complaints": ("#", "lower", None, 8.0),
            "Support/First response time": ("h", "lower", None, 4.0),
            "Support/Complaints": ("#", "lower", None, 10.0),
        },
        {
            "Sales/Win rate": (24.5, 26.0, 27.25),
            "Sales/Complaints": (7.0, 9.0, 5.0),
            "Support/First response time": (3.5, 4.25, 3.0),
            "Support/Complaints": (8.0, 10.0, 12.0),
        },
    )


def management_report() -> RealLooking:
    rows: list[list[Any]] = [
        ["Management report 2026"],
        ["Confidential. As of 15 November 2026"],
        [],
        ["No.", "KPI", "Owner", "Target", "Jan", "Feb", "Mar", "Q1", "Apr", "YTD", "Ø", "RAG"],
        [1, "Revenue (m€)", "Ida Holm", ">= 10", 9.5, 10.25, 11, 30.75, 10, 40.75, 10.19, "G"],
        [2, "Cost per order (€)", "Per Dahl", 4, 4.5, 4, 3.75, None, 3.5, None, 3.94, "R"],
        [3, "NPS", "Ida Holm", "> 40", 38, 41, 44, None, 39, None, 40.5, "A"],
        [],
        ["", "Total", "", "", 52, 55.25, 58.75, None, 52.5, None, None, None],
        [],
        ["* preliminary figures"],
        ["Source: finance; do not forward"],
    ]
    return RealLooking(
        "report.xlsx",
        workbook_of({"Report": rows}),
        "monthly",
        ("2026-01-01", "2026-02-01", "2026-03-01", "2026-04-01"),
        {
            "Company/Revenue": ("m€", "higher", 10.0, None),
            "Company/Cost per order": ("€", "lower", None, 4.0),
            "Company/NPS": ("", "higher", 40.0, None),
        },
        {
            "Company/Revenue": (9.5, 10.25, 11.0, 10.0),
            "Company/Cost per order": (4.5, 4.0, 3.75, 3.5),
            "Company/NPS": (38.0, 41.0, 44.0, 39.0),
        },
        owners={"Revenue": "Ida Holm", "Cost per order": "Per Dahl", "NPS": "Ida Holm"},
        known=Known(teams=("Company",)),
    )


def one_metric() -> RealLooking:
    values = (71.5, 70.25, 69, 72.125, 70, 71, 73.5, 70.75, 69.5, 70.5)
    days = ("02", "03", "04", "05", "06", "09", "10", "11", "12", "13")
    rows = zip(range(4711, 4721), days, values, strict=True)
    body = "\n".join(f"{key},2026-11-{day},{value}," for key, day, value in rows)
    return RealLooking(
        "boiler temperature.csv",
        f"id,date,reading,comment\n{body}\n".encode(),
        "weekdays",
        tuple(f"2026-11-{day}" for day in days),
        {"Heating/boiler temperature": ("", "within", None, None)},
        {"Heating/boiler temperature": tuple(map(float, values))},
        known=Known(teams=("Heating",)),
        answers={QuestionKind.KPI: "boiler temperature"},
    )


def italian_ranges() -> RealLooking:
    rows = [
        ["Indicatore", "Unità di misura", "Obiettivo", "gen 26", "feb 26", "mar 26", "Totale"],
        ["Assenteismo", "%", "3-5", "3,25", "4,5", "5,5", "13,25"],
        ["Tempo di consegna", "min", "60 +/- 5", "58", "61,5", "66", "185,5"],
        ["Reclami", "n.", "max. 12", "14", "n.d.", "9", "23"],
        ["Fatturato", "€", "almeno 1.250.000", "1.234.567,89", "1.300.000", "1.275.250", ""],
    ]
    return RealLooking(
        "Indicatori 2026.xlsx",
        workbook_of({"Stabilimento Torino": rows}),
        "monthly",
        ("2026-01-01", "2026-02-01", "2026-03-01"),
        {
            "Stabilimento Torino/Assenteismo": ("%", "within", 3.0, 5.0),
            "Stabilimento Torino/Tempo di consegna": ("min", "within", 55.0, 65.0),
            "Stabilimento Torino/Reclami": ("n.", "lower", None, 12.0),
            "Stabilimento Torino/Fatturato": ("€", "higher", 1250000.0, None),
        },
        {
            "Stabilimento Torino/Assenteismo": (3.25, 4.5, 5.5),
            "Stabilimento Torino/Tempo di consegna": (58.0, 61.5, 66.0),
            "Stabilimento Torino/Reclami": (14.0, None, 9.0),
            "Stabilimento Torino/Fatturato": (1234567.89, 1300000.0, 1275250.0),
        },
    )


def weeks_without_year() -> RealLooking:
    rows = [
        ["Wskaźnik", "Cel", "Właściciel", "W52", "W1", "W2", "W3"],
        ["Terminowość dostaw (%)", "≥ 95", "Ewa Lis", 94.5, 96, 95.25, 97],
        ["Liczba wypadków", "max. 2", "Jan Nowak", 1, 0, 3, 2],
    ]
    return RealLooking(
        "raport tygodniowy.xlsx",
        workbook_of({"Arkusz1": rows}),
        "weekly",
        ("2024-12-23", "2024-12-30", "2025-01-06", "2025-01-13"),
        {
            "Magazyn/Terminowość dostaw": ("%", "higher", 95.0, None),
            "Magazyn/Liczba wypadków": ("", "lower", None, 2.0),
        },
        {
            "Magazyn/Terminowość dostaw": (94.5, 96.0, 95.25, 97.0),
            "Magazyn/Liczba wypadków": (1.0, 0.0, 3.0, 2.0),
        },
        owners={"Terminowość dostaw": "Ewa Lis", "Liczba wypadków": "Jan Nowak"},
        known=Known(teams=("Magazyn",)),
        answers={"year": "2024"},
    )


def all_twelve() -> Sequence[Callable[[], RealLooking]]:
    """Give all of them."""
    return (
        *first_half(),
        two_headings,
        sheet_per_team,
        management_report,
        one_metric,
        italian_ranges,
        weeks_without_year,
    )
