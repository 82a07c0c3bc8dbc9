"""All examples by function."""

from data.exchange.templates.human_resources import HUMAN_RESOURCES
from data.exchange.templates.marketing import MARKETING
from data.exchange.templates.procurement import PROCUREMENT
from data.exchange.templates.product import PRODUCT
from data.exchange.templates.sales import SALES
from data.exchange.templates.shapes import Example, ExampleKpi, Function
from data.exchange.templates.technical_support import TECHNICAL_SUPPORT

LIBRARY = (SALES, MARKETING, HUMAN_RESOURCES, TECHNICAL_SUPPORT, PROCUREMENT, PRODUCT)


def example_kpi_named(function: str, name: str) -> ExampleKpi | None:
    """Give a KPI by the names of its function and its own; None where there is none."""
    kpis = (kpi for each in LIBRARY if each.name == function for kpi in each.kpis)
    return next((kpi for kpi in kpis if kpi.name == name), None)


def example_named(function: str, name: str) -> tuple[Function, Example] | None:
    """Give an example by the names of its function and its objective; None where there is none."""
    for each in LIBRARY:
        for example in each.examples:
            if (each.name, example.name) == (function, name):
                return each, example
    return None
