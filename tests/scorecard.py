"""The spreadsheet that somebody keeps: KPIs down, two years of months across, targets as typed."""

import random
from datetime import date

SEED = 4
MONTHS = 24
SCRAP_RISES = 15
"""The month from which on one of them drifts."""


def scorecard(today: date) -> bytes:
    """Give it as a European spreadsheet saves it, up to the month before."""
    chance = random.Random(SEED)
    last = today.year * 12 + today.month - 2
    days = [date(at // 12, at % 12 + 1, 1) for at in range(last - MONTHS + 1, last + 1)]
    rises = [max(at - SCRAP_RISES, 0) * 0.22 for at in range(MONTHS)]
    rows = [
        ["KPI", "Unit", "Target", "Owner", *(f"{day:%b %y}" for day in days)],
        ["Revenue", "T€", "> 120", "Ana", *(118 + at + chance.gauss(0, 1.2) for at in range(24))],
        [
            "Scrap rate",
            "%",
            "< 4,5 %",
            "Kai",
            *(3.6 + more + chance.gauss(0, 0.15) for more in rises),
        ],
        ["On-time delivery", "%", ">=95%", "Kai", *(96.5 + chance.gauss(0, 0.6) for _ in days)],
        ["Returns", "pcs", "max. 60", "Lena", *(54 + chance.gauss(0, 2.5) for _ in days)],
        ["Sick leave", "%", "3-5", "Lena", *(4 + chance.gauss(0, 0.3) for _ in days)],
    ]
    return "\n".join(";".join(map(_typed, row)) for row in rows).encode()


def _typed(cell: str | float) -> str:
    return cell if isinstance(cell, str) else f"{cell:.1f}".replace(".", ",")
