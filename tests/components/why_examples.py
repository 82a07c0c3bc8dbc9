"""A KPI that drifts, what moved around it and what its drivers say."""

from data.kpis.views.why import Around, MovedKpi, Part, Split, Why
from tests.components.kpi_examples import WEEKS

MOVED = MovedKpi(2, "First response", "Support", WEEKS[1], -14, 3.14)
AROUND = Around((MOVED,), 29, 40, False, 1.2, 0.7, (), ())
PARTS = (
    Part(2, "Lost", "customers", 20.0, 31.0, 0.61),
    Part(3, "Customers", "customers", 1000.0, 1040.0, -0.07),
)
SPLIT = Split("[Lost] / [Customers]", WEEKS[0], PARTS, whole=0.54, own=0.56)
WHY = Why(WEEKS[2], drifts=True, around=AROUND, split=SPLIT)
