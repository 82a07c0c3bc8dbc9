"""What the tables of settings say of what drives a KPI."""

from datetime import date

import pytest

from components.settings import settings_words
from components.ui.formatting import FIXED
from data.company.views import CycleSetting, PersonSetting, TeamSetting
from data.kpis.fields import KpiRow
from data.kpis.views.settings import DriverCheck, KpiSetting
from data.screens.views.settings import Setting
from models import Cadence, Role, Weekday

TODAY = date(2026, 11, 22)
WEEK = {"cadence": Cadence.WEEKLY, "period": date(2026, 10, 19)}


@pytest.mark.parametrize(
    ("check", "text", "tone"),
    [
        (
            DriverCheck(computed=40.1, reading=40, agrees=True, **WEEK),  # type: ignore[arg-type]
            "✓ 40 €, as read",
            "right",
        ),
        (
            DriverCheck(computed=36.28, reading=40, **WEEK),  # type: ignore[arg-type]
            "≠ 36.28 € in the week of 19 Oct, its reading says 40 €: look at the expression",
            "wrong",
        ),
        (
            DriverCheck(computed=40, cadence=Cadence.MONTHLY, period=date(2025, 10, 1)),
            "✓ 40 € in Oct 2025; no reading of its own yet",
            "right",
        ),
        (
            DriverCheck("a step divides by zero", cadence=Cadence.DAILY, period=date(2026, 11, 2)),
            "! a step divides by zero on 2 Nov",
            "wrong",
        ),
        (DriverCheck("the name never ends"), "! the name never ends", "wrong"),
        (DriverCheck(silent=("A", "B")), "✓ readable, but there is no reading of A, B", ""),
        (
            DriverCheck(cadence=Cadence.WEEKLY, uneven=(("Spend", Cadence.MONTHLY),)),
            "✓ readable, but Spend is monthly, this KPI weekly: no period to compare",
            "",
        ),
        (
            DriverCheck(),
            "✓ readable, but it and its drivers share no recent period to compare",
            "",
        ),
    ],
)
def test_what_an_expression_comes_to_in_words(check: DriverCheck, text: str, tone: str) -> None:
    said = settings_words.drivers(check, "€", TODAY)
    assert said is not None
    assert (said["text"].replace(FIXED, " "), said["tone"]) == (text, tone)


def test_of_no_expression_nothing_is_said() -> None:
    assert settings_words.drivers(None, "€", TODAY) is None


@pytest.mark.parametrize(
    ("row", "said"),
    [
        (TeamSetting(1, "Acme", "", Weekday.MONDAY, 1), "at the top · 1 KPI · checks in on Monday"),
        (
            TeamSetting(2, "Sales", "Acme", Weekday.FRIDAY, 3),
            "part of Acme · 3 KPIs · checks in on Friday",
        ),
        (PersonSetting(1, "Ana", "", None, ()), "no role yet"),
        (
            PersonSetting(1, "Ana", "a@b.c", Role.LEAD, (("Sales", Role.MEMBER),)),
            "lead here · member of Sales · a@b.c",
        ),
        (
            CycleSetting(1, "Q4", date(2026, 10, 1), date(2026, 12, 31), 2),
            "1 Oct – 31 Dec · 2 objectives",
        ),
        (
            KpiSetting(1, KpiRow(team="Sales", kpi="Churn"), None),
            "Sales · no range · monthly · nobody owns it",
        ),
    ],
)
def test_a_row_is_said_in_one_line(row: Setting, said: str) -> None:
    assert settings_words.in_short(row, TODAY).replace(FIXED, " ") == said
