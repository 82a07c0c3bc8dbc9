"""What the page says on which one's own company begins."""

from datetime import date

from components.ui import formatting
from data.company.views import NextCycle

TITLE = "Begin with your own company"
LEAD = "Three names, and your own cockpit takes the place of the sample company."
COMPANY, COMPANY_HINT = "What is your company called?", "Brotwerk"
NAME, NAME_HINT = "What is your name?", "Every change carries one"
TEAM, TEAM_HINT = "Your first team", "Bakery, or leave it empty: then all is one team"
BEGIN, DROP, LOOK = "Begin", "Drop a spreadsheet instead", "Look around in the sample first"
ONE_STEP = "It can be taken back in one step."
NAME_FIRST = "Type your name first: every change carries one."


def with_quarter(quarter: NextCycle, today: date) -> str:
    """Offer to begin with the quarter of today."""
    days = f"{formatting.day(quarter.starts_on, today)} to {formatting.day(quarter.ends_on, today)}"
    return f"Begin with the quarter {quarter.name}, {days}"


def begun(company: str) -> str:
    """Say that a company is there."""
    return f"{company} has begun."
