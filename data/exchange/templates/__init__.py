"""Examples to begin from: objectives with key results, and KPIs with sensible ranges."""

from data.exchange.templates.library import LIBRARY, example_kpi_named, example_named
from data.exchange.templates.named import function_named_by
from data.exchange.templates.shapes import Example, ExampleKeyResult, ExampleKpi, Function

__all__ = [
    "LIBRARY",
    "Example",
    "ExampleKeyResult",
    "ExampleKpi",
    "Function",
    "example_kpi_named",
    "example_named",
    "function_named_by",
]
