"""What is said of drifts that are over, and of how many of them were real."""

from datetime import date

from components.ui import formatting, words
from data.screens.views.alarms import AlarmAccount, EndedDrift, YearOfDrifts

ASK = "How often was it right?"
OVER = "Drifts that are over: were they real?"
NOTHING = "No drift was shown yet, and no range was left without one."
EXPLAINED = (
    "Missed: a range was left, twice in a row, and no drift was shown before. "
    "Weeks gained: between a drift and the day its range was left."
)
REALLY, NOT_REALLY = "It was real", "It was not"
DONE = "Thank you: it is counted."
MOST = 3
"""So many drifts are asked about at a time."""


def drift(each: EndedDrift, today: date) -> str:
    """Name a drift: its KPI, whose it is, from when to when."""
    begun = formatting.began(each.cadence, each.on, today)
    ended = formatting.began(each.cadence, each.until, today)
    when = begun if begun == ended else f"{begun} to {ended}"
    return f"{each.kpi} · {each.team} · {when}"


def more(account: AlarmAccount) -> str:
    """Say how many more drifts wait for a word."""
    left = len(account.to_judge) - MOST
    return f"{words.counted(left, 'more drift')} after these." if left > 0 else ""


def line(year: YearOfDrifts) -> str:
    """Say what became of the drifts of a team in a year, and what was missed."""
    told = [f"{year.shown} shown"]
    if year.shown:
        told += [f"{year.real} real", f"{year.not_real} not real"]
    if left := year.shown - year.real - year.not_real:
        told.append(f"{left} without a word yet")
    told.append(f"{year.missed} missed")
    if year.warned:
        told.append(f"{words.counted(round(year.weeks_gained), 'week')} gained")
    return f"{year.team} · {' · '.join(told)}"


def promised(share: tuple[float, float]) -> str:
    """Say how many drifts of KPIs that are fine are to be expected."""
    fewest, most = (round(each * 100) for each in share)
    return (
        f"Of 100 KPIs that are fine, about {fewest} to {most} are called drifting within half a "
        "year of weekly readings: so many that are not real are to be expected."
    )
