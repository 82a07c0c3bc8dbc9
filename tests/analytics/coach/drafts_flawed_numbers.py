"""Drafts whose numbers have a flaw, which only the KPIs, or the whole team, can show."""

from tests.analytics.coach import drafts_kpis as kpis
from tests.analytics.coach.drafts_sound import SOUND
from tests.analytics.coach.flaw import flawed, flawed_kpi, flawed_team
from tests.analytics.coach.writing import kpi, kr, objective

NUMBERS = (
    flawed(
        "no distance",
        "Technical Support",
        objective(
            "We are there when it rains",
            "Leila",
            kr("Storm tickets answered within an hour", "%", 80, 80, "Owen"),
            kr("Growers warned before a storm", "%", 22, 60, "Yuki"),
            kr("Sensors lost in storms", "sensors", 31, 12, "Leila"),
        ),
        at=0,
    ),
    flawed(
        "within wobble",
        "Sales",
        objective(
            "We walk into every talk prepared",
            "Jonah",
            kr("Conversion rate", "%", 23, 24, "Jonah", kpi=kpis.CONVERSION),
            kr("Talks with the decision maker in the room", "%", 41, 65, "Amara"),
            kr("Offers that need a second version", "%", 36, 15, "Marek"),
        ),
        at=0,
    ),
    flawed(
        "no stretch",
        "Product",
        objective(
            "The app is where the day begins",
            "Ravi",
            kr(
                "Farms that plan in the app",
                "farms",
                390,
                415,
                "Ravi",
                kpi=kpi(
                    "Farms that plan",
                    "farms",
                    "higher",
                    "leading",
                    low=300,
                    level=390,
                    noise=8,
                    slope=3.5,
                ),
            ),
            kr("Growers who check in before eight", "%", 19, 35, "Ines"),
            kr("Tasks ticked off in the app", "%", 30, 55, "Mika"),
            guards=(kpis.CRASH_FREE,),
        ),
        at=0,
    ),
    flawed(
        "out of reach",
        "Human Resources",
        objective(
            "A vacancy is no emergency",
            "Tomas",
            kr("Recruitment time", "days", 52, 10, "Tomas", kpi=kpis.RECRUITMENT),
            kr("Vacancies with a deputy named", "%", 20, 70, "Sofia"),
            kr("Applicants from our own network", "%", 25, 45, "Tomas"),
        ),
        at=0,
    ),
    flawed(
        "no guardrail",
        "Sales",
        objective(
            "The north becomes our second home",
            "Marek",
            kr("Revenue in the north", "thousand €", 80, 240, "Marek"),
            kr("New customers in the north", "customers", 6, 25, "Amara"),
            kr("Orders from the north", "orders", 40, 120, "Jonah"),
        ),
    ),
)

CONFLICTS = (
    flawed(
        "pulled two ways",
        "Procurement",
        objective(
            "The shelves are never empty",
            "Samuel",
            kr("Stock cover", "weeks", 6, 7.8, "Samuel", kpi=kpis.STOCK_COVER),
            kr("Orders that wait for a part", "orders", 22, 6, "Nadia"),
            kr("Parts counted right the first time", "%", 81, 97, "Samuel"),
        ),
        objective(
            "Our money is not asleep in the warehouse",
            "Nadia",
            kr("Stock cover", "weeks", 6, 4.2, "Nadia", kpi=kpis.STOCK_COVER),
            kr("Stock older than a year", "thousand €", 240, 90, "Nadia"),
            kr("Parts nobody has asked for this year", "parts", 310, 120, "Samuel"),
        ),
        at=0,
    ),
    flawed(
        "guarded elsewhere",
        "Marketing",
        objective(
            "No grower at the fair walks past us",
            "Lena",
            kr("Fair visitors who leave a card", "%", 6, 15, "Lena"),
            kr("Cost per lead", "€", 52, 75, "Lena", kpi=kpis.COST_PER_LEAD),
            kr("Cards that become a talk within a week", "%", 20, 50, "Felix"),
        ),
        at=1,
    ),
)

RANGES = (
    flawed_kpi(
        "easy range",
        "Procurement",
        kpi(
            "Goods received complete",
            "%",
            "higher",
            "lagging",
            low=50,
            level=97,
            noise=0.8,
        ),
    ),
    flawed_kpi(
        "hard range",
        "Technical Support",
        kpi(
            "Backlog",
            "tickets",
            "lower",
            "lagging",
            high=20,
            level=74,
            noise=7,
        ),
    ),
)

TEAMS = (
    flawed_team("few objectives", "Human Resources", SOUND["Human Resources"][:1]),
    flawed_team(
        "many objectives",
        "Sales",
        (
            *SOUND["Sales"],
            objective(
                "Our prices explain themselves",
                "Amara",
                kr("Offers questioned on price", "%", 48, 25, "Amara"),
                kr("Discounts given", "%", 14, 8, "Jonah"),
                kr("Minutes to work out an offer", "minutes", 70, 20, "Marek"),
            ),
            objective(
                "Old customers come home",
                "Jonah",
                kr("Lost customers who order again", "customers", 2, 15, "Jonah"),
                kr("Lost customers who talk to us", "%", 10, 40, "Amara"),
                kr("Customers who leave without a word", "%", 65, 25, "Marek"),
                guards=(kpis.CONTRACT_VALUE,),
            ),
        ),
    ),
    flawed_team(
        "many kpis",
        "Data",
        SOUND["Data"][:3],
        tuple(
            kpi(name, unit, "lower", kind, high=high, level=level, noise=noise)
            for name, unit, kind, high, level, noise in (
                ("Query time", "seconds", "leading", 8, 5.5, 0.8),
                ("Storage cost", "€", "lagging", 900, 780, 45),
                ("Open requests", "requests", "leading", 40, 29, 4),
                ("Duplicate tables", "tables", "leading", 30, 21, 3),
                ("Late reports", "reports", "lagging", 6, 3.5, 0.8),
                ("Access requests older than a day", "requests", "leading", 12, 8, 1.5),
            )
        ),
    ),
)
