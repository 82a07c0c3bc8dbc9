"""Examples to begin from, by team function: objectives with key results, and KPIs with ranges."""

import re
from functools import cache
from pathlib import Path

from data.core.toml_file import load
from data.okrs.examples import ExampleKpi, ExampleObjective, Function

FOLDER = Path(__file__).parent / "examples"
ORDER = ("sales", "marketing", "human_resources", "technical_support", "procurement", "product")
"""The files as they are offered."""


@cache
def library() -> tuple[Function, ...]:
    """Return all examples."""
    return tuple(load(FOLDER / f"{name}.toml", Function) for name in ORDER)


def example_kpi_named(function: str, name: str) -> ExampleKpi | None:
    """Give a KPI by the names of its function and its own; None where there is none."""
    kpis = (kpi for each in library() if each.name == function for kpi in each.kpis)
    return next((kpi for kpi in kpis if kpi.name == name), None)


def example_named(function: str, name: str) -> tuple[Function, ExampleObjective] | None:
    """Give an example by the names of its function and its objective; None where there is none."""
    for each in library():
        for objective in each.objectives:
            if (each.name, objective.name) == (function, name):
                return each, objective
    return None


def function_named_by(team: str) -> str | None:
    """Give the library's function that a team's name says; None where it says none or several."""
    words = re.findall(r"[^\W_]+", team.casefold())
    said = f" {' '.join(words)} "
    named = [
        each.name
        for each in library()
        if any(f" {name.casefold()} " in said for name in (each.name, *each.aliases))
    ]
    return named[0] if len(named) == 1 else None
