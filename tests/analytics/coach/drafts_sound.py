"""Thirty sound objectives of eight teams: there is next to nothing to remark on."""

from tests.analytics.coach import drafts_kpis as kpis
from tests.analytics.coach.writing import hold, kr, milestone, objective

SALES = (
    objective(
        "A yes finds no detours",
        "Marek",
        kr("Sales cycle", "days", 41, 34, "Marek", kpi=kpis.SALES_CYCLE),
        kr("Days from demo to offer", "days", 9, 4, "Jonah"),
        kr("Talks that end with an agreed next step", "%", 60, 90, "Amara"),
        guards=(kpis.CONTRACT_VALUE,),
    ),
    objective(
        "Garden centres choose us first",
        "Amara",
        kr("New garden centres under contract", "customers", 14, 30, "Amara"),
        kr("Conversion rate", "%", 23, 28, "Jonah", kpi=kpis.CONVERSION),
        kr("First meetings", "meetings", 36, 48, "Amara", kpi=kpis.FIRST_MEETINGS),
        kr("Tenders won", "%", 22, 35, "Marek"),
        guards=(kpis.CONTRACT_VALUE,),
    ),
    objective(
        "Customers renew without being asked",
        "Jonah",
        kr("Renewal rate", "%", 91, 95, "Jonah", kpi=kpis.RENEWALS),
        kr("Contracts renewed more than a month before they end", "%", 30, 60, "Jonah"),
        kr("Accounts with two or more people who know us", "accounts", 40, 90, "Marek"),
        ambition="committed",
    ),
    objective(
        "Partners sell as well as we do",
        "Marek",
        kr("Revenue through partners", "thousand €", 120, 300, "Marek"),
        kr("Partners with a deal in the quarter", "partners", 5, 15, "Amara"),
        kr("Partner deals that need no help from us", "%", 20, 50, "Amara"),
        guards=(kpis.CONTRACT_VALUE, kpis.RENEWALS),
    ),
)

MARKETING = (
    objective(
        "Curious visitors become friends of the house",
        "Priya",
        kr(
            "Visitor-to-subscriber conversion",
            "%",
            3.1,
            3.6,
            "Priya",
            kpi=kpis.SUBSCRIBERS,
        ),
        kr("Guides that readers finish", "%", 31, 45, "Felix"),
        kr("Newsletter readers who write back", "readers", 20, 120, "Felix"),
        guards=(kpis.COST_PER_LEAD,),
    ),
    objective(
        "Sales never waits for a good lead",
        "Priya",
        kr("Qualified leads", "leads", 210, 270, "Priya", kpi=kpis.QUALIFIED_LEADS),
        kr("Leads that sales accepts", "%", 55, 75, "Felix"),
        kr("Hours until a lead gets a call", "hours", 30, 6, "Lena"),
        guards=(kpis.COST_PER_LEAD, kpis.UNSUBSCRIBES),
    ),
    objective(
        "Growers tell our story for us",
        "Lena",
        kr("Customers who would recommend us", "%", 38, 55, "Lena"),
        kr("Visits that come from a recommendation", "visits", 400, 1200, "Lena"),
        kr("Case studies that a sales talk used", "%", 10, 60, "Felix"),
        milestone(
            "Three growers on stage at the autumn fair",
            "Lena",
            "Growers found",
            "Stories rehearsed",
            "Fair held",
        ),
    ),
    objective(
        "People find us before they search for us",
        "Felix",
        kr("Searches for our name", "searches", 2100, 3200, "Felix"),
        kr("Posts that someone outside the company shares", "%", 4, 15, "Lena"),
        kr("Press mentions with a link", "mentions", 6, 18, "Lena"),
        guards=(kpis.COST_PER_LEAD,),
    ),
)

HUMAN_RESOURCES = (
    objective(
        "New colleagues feel at home from the first day",
        "Sofia",
        kr("Recruitment time", "days", 52, 42, "Tomas", kpi=kpis.RECRUITMENT),
        kr("Newcomers with a mentor in their first week", "%", 40, 100, "Tomas"),
        milestone(
            "A welcome worth telling about",
            "Sofia",
            "Last year's newcomers asked",
            "First week redesigned",
            "First group welcomed",
        ),
        guards=(kpis.RETENTION,),
    ),
    objective(
        "Good people say yes to us, and stay",
        "Tomas",
        kr("Offer acceptance", "%", 76, 90, "Tomas", kpi=kpis.OFFERS_ACCEPTED),
        kr("Retention", "%", 94, 96, "Sofia", kpi=kpis.RETENTION),
        kr("Applicants who hear from us within three days", "%", 45, 90, "Tomas"),
        ambition="committed",
    ),
    objective(
        "Everybody knows what they are growing towards",
        "Sofia",
        kr("People with a development plan they wrote themselves", "%", 25, 80, "Sofia"),
        kr("Open positions filled from inside", "%", 18, 35, "Tomas"),
        kr("Training days that people rate useful at work", "%", 52, 80, "Sofia"),
    ),
    objective(
        "Managers have time for their people",
        "Sofia",
        kr("Teams that talk one to one at least monthly", "%", 35, 85, "Sofia"),
        kr("Hours a manager spends on approvals each week", "hours", 6, 2, "Tomas"),
        kr("Sick days per person", "days", 3.4, 2.6, "Sofia"),
    ),
)

TECHNICAL_SUPPORT = (
    objective(
        "A problem solved is a problem gone",
        "Leila",
        hold(kpis.RESOLUTION, 8, "Owen"),
        kr("Tickets that come back", "%", 14, 8, "Owen"),
        kr("Growers who find the answer themselves", "%", 24, 40, "Yuki"),
        guards=(kpis.FIRST_RESPONSE,),
        ambition="committed",
    ),
    objective(
        "Nobody asks twice where their answer is",
        "Owen",
        kr("First response time", "hours", 3.1, 2, "Owen", kpi=kpis.FIRST_RESPONSE),
        kr("Tickets solved within a day", "%", 48, 70, "Leila"),
        kr("“Any news?” messages", "messages", 90, 25, "Yuki"),
        guards=(kpis.SATISFACTION,),
    ),
    objective(
        "Every call leaves the grower calmer than before",
        "Yuki",
        kr("Satisfaction after a ticket", "%", 88, 93, "Yuki", kpi=kpis.SATISFACTION),
        kr("Calls answered within 30 seconds", "%", 61, 85, "Leila"),
        kr("Calls passed on more than once", "%", 19, 7, "Owen"),
        guards=(kpis.RESOLUTION,),
    ),
    objective(
        "The manual answers before we have to",
        "Leila",
        kr("Searches in the manual that end in a ticket", "%", 42, 20, "Leila"),
        kr("Articles that readers call helpful", "%", 50, 75, "Yuki"),
        kr("Tickets per customer", "tickets", 0.9, 0.6, "Owen"),
    ),
)

PROCUREMENT = (
    objective(
        "Parts arrive before anyone has to ask",
        "Nadia",
        kr("Supplier lead time", "days", 26, 20, "Samuel", kpi=kpis.LEAD_TIME),
        kr("Critical parts with a second source", "parts", 12, 30, "Nadia"),
        kr("Rush orders in the month", "orders", 18, 5, "Samuel"),
        guards=(kpis.PURCHASING_COST,),
    ),
    objective(
        "Our suppliers tell us first",
        "Samuel",
        kr("Suppliers who share their plans", "suppliers", 3, 12, "Samuel"),
        kr("Supplier quality", "%", 98.6, 99.4, "Samuel", kpi=kpis.SUPPLIER_QUALITY),
        kr("Invoices paid on their day", "%", 82, 98, "Nadia"),
        guards=(kpis.STOCK_COVER,),
    ),
    objective(
        "We pay for parts, not for chaos",
        "Nadia",
        kr("Spend under a framework contract", "%", 55, 80, "Nadia"),
        kr("Purchasing cost", "index", 100, 95, "Nadia", kpi=kpis.PURCHASING_COST),
        kr("Orders changed after they were placed", "orders", 40, 15, "Samuel"),
        guards=(kpis.SUPPLIER_QUALITY,),
    ),
)

PRODUCT = (
    objective(
        "A new grower sees something useful in the first coffee break",
        "Ines",
        kr("Time to first result", "minutes", 12, 7, "Ines", kpi=kpis.FIRST_RESULT),
        kr("Activation rate", "%", 36, 46, "Ravi", kpi=kpis.ACTIVATION),
        kr("Newcomers who come back in week two", "%", 41, 58, "Ines"),
        guards=(kpis.CRASH_FREE,),
    ),
    objective(
        "Whole teams work with us, not just one enthusiast",
        "Ravi",
        kr("Weekly active teams", "teams", 520, 600, "Ravi", kpi=kpis.ACTIVE_TEAMS),
        kr("Teams with three or more active members", "%", 28, 45, "Ravi"),
        kr("Invitations that are accepted", "%", 33, 55, "Ines"),
        guards=(kpis.CRASH_FREE,),
    ),
    objective(
        "Launch days feel like any other day",
        "Mika",
        kr("Crash-free sessions", "%", 99.4, 99.9, "Mika", kpi=kpis.CRASH_FREE),
        kr("Releases rolled back", "%", 11, 3, "Mika"),
        kr("Days from a finished change to the first customer", "days", 16, 5, "Ravi"),
        ambition="committed",
    ),
    objective(
        "The field app works where the signal does not",
        "Mika",
        kr("Readings lost offline", "readings", 350, 30, "Mika"),
        kr("Field users who rate the app 4 or better", "%", 47, 70, "Ines"),
        milestone(
            "Works a whole day offline",
            "Mika",
            "Readings kept on the phone",
            "Conflicts shown and settled",
            "A week with five pilot farms",
        ),
    ),
)

FINANCE = (
    objective(
        "The month is closed before anyone misses the figures",
        "Hanna",
        kr("Days to close the books", "days", 6.5, 4, "Hanna", kpi=kpis.CLOSING),
        kr("Corrections after the close", "entries", 34, 10, "Bela"),
        kr("Postings that need no hand", "%", 62, 85, "Bela"),
        ambition="committed",
    ),
    objective(
        "Our forecast is a number people plan with",
        "Bela",
        kr("Forecast error", "%", 6, 3.5, "Bela", kpi=kpis.FORECAST_ERROR),
        kr("Teams that update their forecast on time", "%", 50, 95, "Hanna"),
        kr("Surprises over 50,000 € in the month", "surprises", 7, 2, "Bela"),
    ),
    objective(
        "What we have earned is in the bank",
        "Hanna",
        kr("Overdue receivables", "%", 9, 6, "Hanna", kpi=kpis.OVERDUE),
        kr("Invoices disputed by customers", "%", 5.5, 2, "Bela"),
        kr("Days from delivery to invoice", "days", 8, 2, "Hanna"),
        guards=(kpis.CLOSING,),
    ),
)

DATA = (
    objective(
        "Monday's numbers need no footnotes",
        "Noor",
        kr("Tables on time", "%", 96.5, 99.5, "Noor", kpi=kpis.FRESHNESS),
        kr("Questions about whether a number is right", "questions", 25, 8, "Emil"),
        kr("Key figures with one agreed definition", "%", 40, 90, "Emil"),
        ambition="committed",
    ),
    objective(
        "Teams answer their own questions",
        "Emil",
        kr("Dashboards used every week", "%", 48, 60, "Emil", kpi=kpis.DASHBOARDS_USED),
        kr("Requests that a team settles without us", "%", 30, 60, "Noor"),
        kr("Days a request waits for us", "days", 9, 3, "Emil"),
    ),
    objective(
        "The night shift can sleep",
        "Noor",
        kr("Failed runs", "runs", 10, 4, "Noor", kpi=kpis.FAILED_RUNS),
        kr("Nights with an alarm", "nights", 21, 5, "Noor"),
        kr("Failures found by us before anybody else", "%", 45, 85, "Emil"),
        guards=(kpis.FRESHNESS,),
    ),
    objective(
        "Models earn their place in daily work",
        "Emil",
        kr("Forecasts that planners keep unchanged", "%", 35, 65, "Emil"),
        kr("Decisions that cite a model", "decisions", 6, 24, "Noor"),
        kr("Hours from new data to a new forecast", "hours", 20, 4, "Emil"),
    ),
)

SOUND = {
    "Sales": SALES,
    "Marketing": MARKETING,
    "Human Resources": HUMAN_RESOURCES,
    "Technical Support": TECHNICAL_SUPPORT,
    "Procurement": PROCUREMENT,
    "Product": PRODUCT,
    "Finance": FINANCE,
    "Data": DATA,
}
