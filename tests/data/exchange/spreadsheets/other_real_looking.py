"""Spreadsheets that say when their numbers are of in other ways, or stand several in a sheet."""

from collections.abc import Callable, Sequence

from data.exchange.spreadsheets.mapping import Known, QuestionKind
from tests.data.exchange.spreadsheets.real_looking import RealLooking, workbook_of

WEEKS = ("2026-08-31", "2026-09-07", "2026-09-14")
MONTHS = ("2026-01-01", "2026-02-01", "2026-03-01")


def sheet_per_month() -> RealLooking:
    percent = "0.0%"
    shares, costs = (0.9612, 0.948, 0.9725), (1250, 1410.5, 990)

    def rows(month: str, share: float, cost: float) -> list[list[object]]:
        return [
            [f"Monatsbericht Fertigung {month}"],
            ["Kennzahl", "Einheit", "Ist", "Soll", "Abweichung", "Bemerkung"],
            ["Liefertreue", "%", (share, percent), (0.95, percent), (0.01, percent), ""],
            ["Kosten in T€", "", cost, "< 1.200", 50, "Umbau 2025"],
        ]

    names = ("Januar 2026", "Februar 2026", "März 2026")
    months = zip(names, shares, costs, strict=True)
    return RealLooking(
        "Monatsberichte.xlsx",
        workbook_of({name: rows(name, share, cost) for name, share, cost in months}),
        "monthly",
        MONTHS,
        {
            "Fertigung/Liefertreue": ("%", "higher", 95.0, None),
            "Fertigung/Kosten": ("T€", "lower", None, 1200.0),
        },
        {
            "Fertigung/Liefertreue": (96.12, 94.8, 97.25),
            "Fertigung/Kosten": (1250.0, 1410.5, 990.0),
        },
        known=Known(teams=("Fertigung",)),
        answers={QuestionKind.DECIMAL: ","},
    )


def numbered_weeks() -> RealLooking:
    text = """Week;Omzet, Mio. €;Retouren (%)
Norm;> 2,5;< 4%
2026-36;2,451;3,8%
2026-37;2,61;4,2%
2026-38;2,5875;3,5%
Totaal;7,6485;
"""
    return RealLooking(
        "webshop.csv",
        text.encode("utf-8"),
        "weekly",
        WEEKS,
        {
            "Webshop/Omzet": ("Mio. €", "higher", 2.5, None),
            "Webshop/Retouren": ("%", "lower", None, 4.0),
        },
        {
            "Webshop/Omzet": (2.451, 2.61, 2.5875),
            "Webshop/Retouren": (3.8, 4.2, 3.5),
        },
        known=Known(teams=("Webshop",)),
    )


def month_ends() -> RealLooking:
    text = """Month End,Department,KPI Name,Actual,Target,Status
1/31/2026,Finance,Cash variance,"($12,300)",> $0,Amber
1/31/2026,Operations,Order accuracy,97.2%,98%+,Red
2/28/2026,Finance,Cash variance,"$4,100",> $0,Amber
2/28/2026,Operations,Order accuracy,96.8%,98%+,Red
3/31/2026,Finance,Cash variance,"($3,450)",> $0,Amber
3/31/2026,Operations,Order accuracy,98.1%,98%+,Green
"""
    return RealLooking(
        "scorecard.csv",
        text.encode(),
        "monthly",
        ("2026-01-31", "2026-02-28", "2026-03-31"),
        {
            "Finance/Cash variance": ("$", "higher", 0.0, None),
            "Operations/Order accuracy": ("%", "higher", 98.0, None),
        },
        {
            "Finance/Cash variance": (-12300.0, 4100.0, -3450.0),
            "Operations/Order accuracy": (97.2, 96.8, 98.1),
        },
    )


def two_blocks() -> RealLooking:
    months = ["KPI", "Jan 26", "Feb 26", "Mar 26"]
    rows = [
        ["Sales"],
        months,
        ["Orders", 120, 131, 118],
        [],
        ["Service"],
        months,
        ["Tickets", 310, 295, 330],
        ["Orders", 9, 8.5, 7],
    ]
    return RealLooking(
        "numbers.xlsx",
        workbook_of({"KPIs": rows}),
        "monthly",
        MONTHS,
        {
            "Sales/Orders": ("", "higher", None, None),
            "Service/Tickets": ("", "within", None, None),
            "Service/Orders": ("", "higher", None, None),
        },
        {
            "Sales/Orders": (120.0, 131.0, 118.0),
            "Service/Tickets": (310.0, 295.0, 330.0),
            "Service/Orders": (9.0, 8.5, 7.0),
        },
    )


def year_and_week() -> RealLooking:
    rows = [
        ["", "", "Production", "", "Quality"],
        ["Year", "Week", "Units", "Downtime (h)", "Complaints"],
        [2026, 36, 5120, 12.5, 3],
        [2026, 37, 5344, 9, 1],
        [2026, 38, 4980, 15.25, 4],
    ]
    return RealLooking(
        "weekly.xlsx",
        workbook_of({"Weekly": rows}),
        "weekly",
        WEEKS,
        {
            "Plant/Units": ("", "within", None, None),
            "Plant/Downtime": ("h", "lower", None, None),
            "Plant/Complaints": ("", "lower", None, None),
        },
        {
            "Plant/Units": (5120.0, 5344.0, 4980.0),
            "Plant/Downtime": (12.5, 9.0, 15.25),
            "Plant/Complaints": (3.0, 1.0, 4.0),
        },
        known=Known(teams=("Plant",)),
    )


def later_in_the_year() -> RealLooking:
    rows = [
        ["Nøgletal", "Enhed", "uge 51", "uge 52", "uge 1", "uge 2"],
        ["Leveringsgrad", "%", 96.4, 97.1, 98, 97.5],
        ["Reklamationer", "stk", None, None, 4, 2],
    ]
    return RealLooking(
        "Lager.xlsx",
        workbook_of({"Ark1": rows}),
        "weekly",
        ("2025-12-15", "2025-12-22", "2025-12-29", "2026-01-05"),
        {
            "Lager/Leveringsgrad": ("%", "higher", None, None),
            "Lager/Reklamationer": ("stk", "lower", None, None),
        },
        {
            "Lager/Leveringsgrad": (96.4, 97.1, 98.0, 97.5),
            "Lager/Reklamationer": (None, None, 4.0, 2.0),
        },
        known=Known(teams=("Lager",)),
        answers={"year": "2025"},
    )


def others() -> Sequence[Callable[[], RealLooking]]:
    """Give all of them."""
    return (
        sheet_per_month,
        numbered_weeks,
        month_ends,
        two_blocks,
        year_and_week,
        later_in_the_year,
    )
