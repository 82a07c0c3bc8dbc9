"""What the terms mean that stand in the numbers of a signal, one line each."""

from components.ui.formatting import FIXED

TERMS = {
    "standard error": "How far the average of so few readings strays from the truth by chance.",
    "sigma": "The usual size of the ups and downs of one reading. Two of three lie within it.",
    "natural limits": "Nearly all readings lie between these while nothing changes.",
    "expected": "What the readings before let us expect, if nothing had changed.",
    "routine variation": "The ups and downs that are always there and mean nothing.",
    f"80{FIXED}% span": "In 8 of 10 cases the real day or value falls within it.",
    "healthy KPIs": "KPIs where nothing has changed. A few are called out by chance all the same.",
    "smallest change": "The change below which nobody here would act. Settings › KPIs has it.",
}


def explained(text: str) -> dict[str, str]:
    """Give the terms that stand in a text, with the line that explains each."""
    return {term: line for term, line in TERMS.items() if term in text}
