"""What is said of how often chances came true."""

from collections.abc import Mapping

from components.ui import formatting, words
from data.okrs.views.calibration import FEWEST, Account, Calibration
from models import Confidence

ASK = "How often were we right?"
PEOPLE, MILEPOST = "What people said", "What Milepost said"
NOTHING = "No cycle of {} is over yet in which a key result was still to be reached half way."
COMPUTED = "Each chance is computed today from what was known on that day."


def lead(view: Calibration) -> str:
    """Say what is counted, and how much of it came true."""
    if not view.key_results:
        return NOTHING.format(view.team)
    cycles = view.cycles[0] if len(view.cycles) == 1 else f"{len(view.cycles)} cycles"
    counted = words.counted(view.key_results, "key result")
    return (
        f"Half way through {cycles}, {counted} had not got there yet. "
        f"In the end {view.reached} of them did."
    )


def score(account: Account) -> str:
    """Say how many cases there are and how well they fit; of too few, that they are."""
    cases = words.counted(account.count, "case")
    if account.brier is None:
        return f"{cases} so far: it takes {FEWEST} to tell"
    return f"{cases} · Brier score {formatting.decimals(account.brier, 2)}"


def scale(account: Account) -> str:
    """Explain the score, where one is told."""
    if account.brier is None:
        return ""
    return "A score of 0 is perfect. Always saying 50\u00a0% gets 0.25."


def counted_as(chances: Mapping[Confidence, float]) -> str:
    """Say which chance each word of confidence counts as."""
    told = [f"{word.value} as {formatting.percent(chance)}" for word, chance in chances.items()]
    return f"We count {', '.join(told[:-1])} and {told[-1]}."
