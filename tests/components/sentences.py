"""Every sentence that Milepost can say, as `docs/sentences.md` lists them.

How a KPI or a key result is, is said case by case; all else is read from the code that says it.

`python -m tests.components.sentences` writes the list anew.
"""

from collections.abc import Iterator
from datetime import date
from itertools import product
from pathlib import Path
from typing import Any

from components.cockpit import key_result_words
from components.drift import drift_words
from components.kpis import first_sentence, gauge_words, signal_explanation, terms
from data.kpis.views.gauges import Gauge
from data.kpis.views.why import Part, Split
from models import Better, Cadence, Health, Rule, Signal
from tests.components import spoken
from tests.components.drift_examples import counts, view
from tests.components.examples import TODAY, WEEKS, departure, gauge, key_result, signal

LIST = Path("docs/sentences.md")

HARD_WORDS = (
    "sigma",
    "σ",
    "standard error",
    "standard deviation",
    "baseline",
    "natural limits",
    "routine variation",
    "span",
    "significan",
    "autocorrelat",
    "deviation",
    "alarm",
    "forecast",
    "median",
    "percentile",
    "statistic",
    "rebase",
)
"""What no first sentence says: the numbers one click below may."""

SAID: dict[str, tuple[str, ...]] = {
    "Cards, gauges and objectives of the cockpit": (
        "components/cockpit/*.py",
        "pages/cockpit/*.py",
    ),
    "The page of a KPI": (
        "components/kpis/*.py",
        "!components/kpis/first_sentence.py",
        "!components/kpis/signal_explanation.py",
        "!components/kpis/terms.py",
        "pages/kpi/*.py",
        "analytics/range_proposal.py",
        "analytics/change_proposal.py",
    ),
    "The page of what drifts": ("components/drift/*.py", "pages/drift/*.py"),
    "The check-in and the wall": ("components/meetings/*.py", "pages/check_in/*.py"),
    "The page of objectives": ("components/okrs/*.py", "pages/okrs/*.py"),
    "Remarks of the coach": ("analytics/coach/*.py",),
    "The list of one's own": ("components/update/*.py", "pages/update/*.py"),
    "History": ("components/history/*.py", "pages/history/*.py", "data/history/*.py"),
    "Import and export": ("components/exchange/*.py", "pages/import_data/*.py"),
    "What is wrong with a file, and what to do": ("data/exchange/**/*.py",),
    "Beginning": ("components/begin/*.py", "pages/begin/*.py"),
    "Settings": ("components/settings/*.py", "pages/settings/*.py", "analytics/drivers.py"),
    "Banners, the top line and what all pages share": (
        "components/ui/*.py",
        "components/editing/*.py",
        "pages/shared/*.py",
    ),
    "Why something is not done, and what to do": (
        "data/*/**/*.py",
        "!data/content/*.py",
        "!data/exchange/**/*.py",
        "!data/history/*.py",
        "!data/migrations/**/*.py",
        "!data/operations/*.py",
        "!data/*/fields.py",
    ),
    "What each column holds": ("data/*/fields.py",),
    "At the command line": ("data/__main__.py", "data/operations/*.py"),
}
"""Where the code says what; what is filled in stands as “…”."""
BROWSER = ("components/frontend/*/*.js", "!components/frontend/vendor/*.js")

AHEAD = {"in sight": {}, "may be": {"even": None}, "none": {"even": None, "earliest": None}}
SHIFTS = {"up": {"mean": 2.913, "expected": 2.197}, "down": {}, "unknown": {"mean": None}}


def split(*shares: float) -> Split:
    """Give what a change comes from, by the shares of its drivers."""
    names = ("trial farms", "new farms", "old farms")
    parts = tuple(
        Part(at, name, "hours", 1.0, 2.0, share)
        for at, (name, share) in enumerate(zip(names, shares, strict=False))
    )
    return Split("", TODAY, parts, 1.0, 1.0)


def gauges() -> Iterator[Gauge]:
    """Give a gauge of each kind."""
    for shift, ahead in product(SHIFTS.values(), AHEAD.values()):
        drifts = signal(**shift)
        yield gauge(unit="hours", signal=drifts, departure=departure(**ahead))
    for shares in ((0.9, 0.1), (0.7, 0.3), (0.45, 0.4, 0.15)):
        drifts = signal(**SHIFTS["up"])
        yield gauge(unit="hours", signal=drifts, departure=departure(), split=split(*shares))
    for cadence in Cadence:
        yield gauge(cadence=cadence, signal=signal(), departure=departure())
        yield gauge(cadence=cadence, period=None, health=Health.NO_DATA)
    yield gauge(health=Health.NO_DATA, period=WEEKS[4], signal=signal())
    for health, known in product((Health.IN_RANGE, Health.OUT_OF_RANGE), Signal):
        if (health, known) != (Health.IN_RANGE, Signal.DRIFTING):
            facts = {"signal": signal(signal=known), "since": WEEKS[3]}
            yield gauge(health=health, departure=None, **facts)
    yield gauge(health=Health.OUT_OF_RANGE, since=date(2023, 1, 2), since_before=True)
    for rule, side in product(Rule, (-1.0, 1.0)):
        found = {"last": 3 * side, "slope": 0.05 * side, "mean": 10 + side}
        seen = signal(signal=Signal.WATCH, rule=rule, **found)
        yield gauge(signal=seen)
    yield gauge(signal=signal(signal=Signal.STEADY, favourable=True, onset=None))
    yield gauge(signal=None)


def first() -> list[str]:
    """Give every first sentence about a KPI."""
    return _each(first_sentence.sentence(each, TODAY, TODAY) for each in gauges())


def below() -> list[str]:
    """Give what stands below: the numbers of the rule that fired."""
    measured = signal_explanation.Measure(
        unit="hours", cadence=Cadence.WEEKLY, better=Better.LOWER, series=(3.4,) * 40
    )
    said = [signal_explanation.why(each.signal, measured, TODAY) for each in gauges()]
    return _each(said)


def in_short() -> list[str]:
    """Give the line of a gauge."""
    return _each(gauge_words.gauge_line(each, TODAY, TODAY) for each in gauges())


def of_key_results() -> list[str]:
    """Give what a key result says of where it arrives."""
    ahead: list[dict[str, Any]] = [
        {"chance": 0.75},
        {"chance": 0.2, "arrives_on": date(2027, 2, 9)},
        {"chance": 0.2, "arrives_on": None},
        {"chance": None},
        {"standing": "done"},
        {"standing": "no value"},
        {"standing": "silent", "silent_for": 20},
        {"is_over": True},
        {"ends_on": date(2026, 9, 30)},
        {"lacks_range": True},
    ]
    return _each(key_result_words.phrase(key_result(**each), TODAY, TODAY) for each in ahead)


def of_the_list() -> list[str]:
    """Give what the leader's list says of all KPIs."""
    kinds: list[dict[str, int]] = [
        {"drifting": 0, "undecided": 0, "waiting": 0},
        {"drifting": 0, "undecided": 0, "waiting": 1},
        {"drifting": 3, "undecided": 0, "waiting": 0},
        {"drifting": 3, "undecided": 1, "waiting": 3},
        {"silent": 38},
    ]
    told = [drift_words.headline(view(counts=counts(**each))) for each in kinds]
    return _each([*told, drift_words.by_chance(counts())])


def everywhere() -> dict[str, list[str]]:
    """Give what else is said, by where."""
    said = {name: spoken.said_in(*places) for name, places in SAID.items()}
    return {**said, "In the browser": spoken.said_in_browser(*BROWSER)}


def written() -> str:
    """Write the list as it stands in the docs."""
    parts = {
        "First sentences": first(),
        "The line of a gauge": in_short(),
        "How do we know?": below(),
        "Key results": of_key_results(),
        "The leader's list": of_the_list(),
        "Terms": [f"{term}: {line}" for term, line in terms.TERMS.items()],
        "What no first sentence says": list(HARD_WORDS),
        **everywhere(),
    }
    intro = (
        "# Sentences\n\nWhat Milepost says: of KPIs and key results with invented numbers, all "
        "else as the code has it, with\n“…” for what is filled in. Written by "
        "`python -m tests.components.sentences`; a test holds it to what is\nsaid.\n"
    )
    return intro + "".join(_section(name, said) for name, said in parts.items())


def _section(name: str, said: list[str]) -> str:
    lines = "".join(f"- {_plain(each)}\n" for each in said)
    return f"\n## {name}\n\n{lines}"


def _each(said: Any) -> list[str]:
    return list(dict.fromkeys(filter(None, said)))


def _plain(text: str) -> str:
    return text.replace("\u00a0", " ").replace("\u202f", " ")


if __name__ == "__main__":
    LIST.write_text(written(), encoding="utf-8")
