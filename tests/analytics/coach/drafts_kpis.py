"""The KPIs of eight teams, with histories."""

from tests.analytics.coach.writing import kpi

CONVERSION = kpi("Conversion rate", "%", "higher", "lagging", low=20, level=23, noise=1.4)
SALES_CYCLE = kpi("Sales cycle", "days", "lower", "lagging", high=45, level=41, noise=2.0)
FIRST_MEETINGS = kpi("First meetings", "meetings", "higher", "leading", low=30, level=36, noise=4)
CONTRACT_VALUE = kpi(
    "Average contract value", "thousand €", "within", "lagging", low=18, high=30, level=24, noise=2
)
RENEWALS = kpi("Renewal rate", "%", "higher", "lagging", low=88, level=91, noise=1.2)

SUBSCRIBERS = kpi(
    "Visitor-to-subscriber conversion",
    "%",
    "higher",
    "leading",
    low=2.8,
    level=3.1,
    noise=0.15,
)
COST_PER_LEAD = kpi("Cost per lead", "€", "lower", "lagging", high=60, level=52, noise=4)
QUALIFIED_LEADS = kpi("Qualified leads", "leads", "higher", "leading", low=180, level=210, noise=15)
UNSUBSCRIBES = kpi("Unsubscribe rate", "%", "lower", "lagging", high=0.6, level=0.42, noise=0.07)

RECRUITMENT = kpi(
    "Recruitment time", "days", "lower", "lagging", high=55, level=52, noise=3, cadence="monthly"
)
RETENTION = kpi(
    "Retention", "%", "higher", "lagging", low=92, level=94, noise=0.6, cadence="monthly"
)
OFFERS_ACCEPTED = kpi(
    "Offer acceptance", "%", "higher", "leading", low=70, level=76, noise=4, cadence="monthly"
)

FIRST_RESPONSE = kpi(
    "First response time", "hours", "lower", "leading", high=4, level=3.1, noise=0.35
)
RESOLUTION = kpi(
    "Resolution time", "hours", "lower", "lagging", low=8, high=24, level=19, noise=1.8
)
SATISFACTION = kpi(
    "Satisfaction after a ticket", "%", "higher", "lagging", low=85, level=88, noise=1.5
)
REOPENED = kpi("Reopened tickets", "%", "lower", "lagging", high=12, level=9.5, noise=1.2)

LEAD_TIME = kpi("Supplier lead time", "days", "lower", "leading", high=30, level=26, noise=2)
PURCHASING_COST = kpi(
    "Purchasing cost", "index", "lower", "lagging", high=104, level=100, noise=1.3
)
SUPPLIER_QUALITY = kpi("Supplier quality", "%", "higher", "lagging", low=98, level=98.6, noise=0.25)
STOCK_COVER = kpi("Stock cover", "weeks", "within", "leading", low=4, high=8, level=6, noise=0.6)

ACTIVATION = kpi("Activation rate", "%", "higher", "leading", low=30, level=36, noise=2)
ACTIVE_TEAMS = kpi(
    "Weekly active teams", "teams", "higher", "lagging", low=450, level=520, noise=18, slope=1.0
)
CRASH_FREE = kpi("Crash-free sessions", "%", "higher", "leading", low=99, level=99.4, noise=0.12)
FIRST_RESULT = kpi(
    "Time to first result", "minutes", "lower", "leading", high=15, level=12, noise=1
)

CLOSING = kpi(
    "Days to close the books",
    "days",
    "lower",
    "leading",
    high=8,
    level=6.5,
    noise=0.6,
    cadence="monthly",
)
OVERDUE = kpi(
    "Overdue receivables", "%", "lower", "lagging", high=12, level=9, noise=1, cadence="monthly"
)
FORECAST_ERROR = kpi(
    "Forecast error", "%", "lower", "lagging", high=8, level=6, noise=0.9, cadence="monthly"
)

FRESHNESS = kpi("Tables on time", "%", "higher", "leading", low=95, level=96.5, noise=0.7)
FAILED_RUNS = kpi("Failed runs", "runs", "lower", "leading", high=16, level=10, noise=2)
DASHBOARDS_USED = kpi(
    "Dashboards used every week", "%", "higher", "lagging", low=40, level=48, noise=3
)

KPIS = {
    "Sales": (CONVERSION, SALES_CYCLE, FIRST_MEETINGS, CONTRACT_VALUE, RENEWALS),
    "Marketing": (SUBSCRIBERS, COST_PER_LEAD, QUALIFIED_LEADS, UNSUBSCRIBES),
    "Human Resources": (RECRUITMENT, RETENTION, OFFERS_ACCEPTED),
    "Technical Support": (FIRST_RESPONSE, RESOLUTION, SATISFACTION, REOPENED),
    "Procurement": (LEAD_TIME, PURCHASING_COST, SUPPLIER_QUALITY, STOCK_COVER),
    "Product": (ACTIVATION, ACTIVE_TEAMS, CRASH_FREE, FIRST_RESULT),
    "Finance": (CLOSING, OVERDUE, FORECAST_ERROR),
    "Data": (FRESHNESS, FAILED_RUNS, DASHBOARDS_USED),
}
