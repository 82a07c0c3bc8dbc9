"""Drafts whose words have a flaw, and those that are not whole yet or out of balance."""

from tests.analytics.coach import drafts_kpis as kpis
from tests.analytics.coach.flaw import flawed
from tests.analytics.coach.writing import kpi, kr, milestone, objective

ACTIVITIES = (
    flawed(
        "activity",
        "Sales",
        objective(
            "Every garden centre knows our name",
            "Amara",
            kr("Garden centres that ask us for a price", "centres", 20, 60, "Amara"),
            kr("Call 500 garden centres", "calls", 0, 500, "Jonah"),
            kr("Answers to our offers", "%", 12, 25, "Marek"),
        ),
        at=1,
    ),
    flawed(
        "activity",
        "Human Resources",
        objective(
            "Our leaders listen before they decide",
            "Sofia",
            kr("Hold 5 leadership workshops", "workshops", 0, 5, "Tomas"),
            kr("People who say their manager listens", "%", 58, 75, "Sofia"),
            kr("Ideas from the floor that were tried", "ideas", 4, 20, "Sofia"),
        ),
        at=0,
    ),
    flawed(
        "activity",
        "Marketing",
        objective(
            "Growers learn something from us every week",
            "Felix",
            kr("Readers who come back within a week", "%", 14, 25, "Felix"),
            kr("Time spent reading", "minutes", 1.6, 3, "Lena"),
            kr("Blog posts published", "posts", 0, 10, "Felix"),
        ),
        at=2,
    ),
    flawed(
        "activity",
        "Product",
        objective(
            "Growers carry us in their pocket",
            "Ines",
            kr("Launch the mobile app", "%", 0, 100, "Mika"),
            kr("Readings entered in the field", "%", 8, 40, "Ines"),
            kr("Growers who open us every morning", "%", 12, 30, "Ravi"),
        ),
        at=0,
    ),
)

WORDING = (
    flawed(
        "task",
        "Technical Support",
        objective(
            "Implement the new ticket system",
            "Leila",
            kr("Minutes to log a ticket", "minutes", 6, 2, "Owen"),
            kr("Tickets without a category", "%", 30, 5, "Yuki"),
            kr("Hours a week spent on copying", "hours", 11, 2, "Leila"),
        ),
    ),
    flawed(
        "task",
        "Data",
        objective(
            "Migration of the warehouse to the cloud",
            "Noor",
            kr("Minutes a large query takes", "minutes", 14, 3, "Noor"),
            kr("Reports broken by a change", "reports", 9, 2, "Emil"),
            kr("Teams that load their own data", "teams", 1, 6, "Noor"),
        ),
    ),
    flawed(
        "figures",
        "Finance",
        objective(
            "Cut late payments by 30 % before June",
            "Hanna",
            kr("Customers who pay late", "%", 21, 14, "Hanna"),
            kr("Invoices sent to the wrong address", "invoices", 16, 3, "Bela"),
            kr("Days until we notice a missing payment", "days", 12, 3, "Bela"),
        ),
    ),
    flawed(
        "slogan",
        "Marketing",
        objective(
            "World-class marketing at the next level",
            "Priya",
            kr("Visitors who ask for a demo", "%", 1.1, 2, "Priya"),
            kr("Demos that sales calls a good fit", "%", 40, 65, "Felix"),
            kr("Days from a question to our answer", "days", 3, 1, "Lena"),
        ),
    ),
    flawed(
        "long",
        "Product",
        objective(
            "Make sure that growers of all sizes can plan, record and review their whole season "
            "in one place without having to go back to their old spreadsheets",
            "Ines",
            kr("Seasons planned with us from start to end", "%", 17, 40, "Ines"),
            kr("Spreadsheet exports in a week", "exports", 800, 300, "Ravi"),
            kr("Growers who review a season with us", "%", 9, 30, "Mika"),
        ),
    ),
)

UNFINISHED = (
    flawed(
        "unfinished",
        "Technical Support",
        objective(
            "Growers forget that we exist",
            "Owen",
            kr("Tickets about passwords", "tickets", None, 40, "Owen"),
            kr("Devices that update themselves", "%", 52, 80, "Yuki"),
            kr("Sensors replaced before they fail", "%", 15, 50, "Leila"),
        ),
        at=0,
    ),
    flawed(
        "unfinished",
        "Human Resources",
        objective(
            "Nobody burns out in the busy season",
            "Sofia",
            kr("Overtime per person in a month", "hours", 14, 7, "Tomas"),
            kr("People with two free weeks in a row", "%", 61, 95, ""),
            kr("People who say the load is fair", "%", 49, 70, "Sofia"),
        ),
        at=1,
    ),
    flawed(
        "unfinished",
        "Procurement",
        objective(
            "No surprise on the invoice",
            "Nadia",
            kr("Invoices that match their order", "%", 74, 95, "Samuel"),
            kr("Price rises we heard of in time", "%", 30, 80, "Nadia"),
            kr("Disputes with suppliers", "", 12, 4, "Samuel"),
        ),
        at=2,
    ),
)

KEY_RESULTS = (
    flawed(
        "milestones only",
        "Product",
        objective(
            "Growers trust us with their machines",
            "Mika",
            milestone("Safe connection", "Mika", "Design agreed", "Built", "Reviewed outside"),
            milestone("Pilot with tractors", "Ravi", "Farm found", "First drive", "Season done"),
            milestone("Papers in order", "Ines", "Terms written", "Lawyer asked", "Signed off"),
        ),
    ),
    flawed(
        "one kind",
        "Finance",
        objective(
            "Money comes in as calmly as it goes out",
            "Hanna",
            kr("Overdue receivables", "%", 9, 6.5, "Hanna", kpi=kpis.OVERDUE),
            kr("Forecast error", "%", 6, 3.8, "Bela", kpi=kpis.FORECAST_ERROR),
            kr(
                "Interest paid on the overdraft",
                "thousand €",
                12,
                6,
                "Hanna",
                kpi=kpi(
                    "Interest paid",
                    "thousand €",
                    "lower",
                    "lagging",
                    high=15,
                    level=12,
                    noise=1.5,
                    cadence="monthly",
                ),
            ),
        ),
    ),
    flawed(
        "few key results",
        "Data",
        objective(
            "Anyone can find the table they need",
            "Emil",
            kr("Searches that end in a table being opened", "%", 35, 70, "Emil"),
        ),
    ),
    flawed(
        "many key results",
        "Marketing",
        objective(
            "The spring campaign pays for itself",
            "Lena",
            kr("Cost of a new customer", "€", 410, 320, "Lena"),
            kr("Visitors from the campaign who stay", "%", 18, 30, "Felix"),
            kr("Sales talks that mention the campaign", "%", 5, 20, "Priya"),
            kr("Adverts seen twice by the same grower", "%", 44, 20, "Felix"),
            kr("Share of spend on adverts that work", "%", 51, 75, "Lena"),
            kr("Minutes until a reply gets an answer", "minutes", 55, 15, "Lena"),
            kr("Trade press that picks the story up", "papers", 2, 8, "Priya"),
        ),
    ),
    flawed(
        "duplicate",
        "Technical Support",
        objective(
            "An honest answer on the first try",
            "Yuki",
            kr("Tickets solved at the first contact", "%", 38, 55, "Yuki"),
            kr("Answers that needed a correction", "%", 9, 3, "Owen"),
            kr("First-contact tickets solved", "%", 38, 55, "Leila"),
        ),
        at=2,
    ),
    flawed(
        "one weight",
        "Finance",
        objective(
            "Auditors leave early",
            "Bela",
            kr("Audit questions open after a week", "questions", 30, 8, "Bela", weight=9),
            kr("Receipts found at the first look", "%", 70, 95, "Hanna"),
            kr("Late adjustments", "entries", 14, 4, "Bela"),
        ),
        at=0,
    ),
)
