"""What the shapes and lines of a cockpit mean, from the words that stand beside them."""

from components.cockpit.key_result_words import CONFIDENCES
from components.cockpit.objective_words import STATES as OBJECTIVES
from components.kpis.gauge_words import MARKS, STATES
from components.kpis.recovery_words import MARKS as RECOVERIES

MEANINGS = {
    "In range": "the latest reading lies in its ideal range",
    "In range · late": "the last reading did, a new one is late",
    "Near edge": "in range, close to one end",
    "Out of range": "the latest reading lies outside",
    "No data": "no recent reading: nothing is known",
    "Indicator": "has no range, so it is never green",
    "learning": "too few readings to judge",
    "steady": "as it has been",
    "watch": "unusual, not yet a drift",
    "recovering": "on its way back after a drift",
    "closed": "over, and held against nothing",
    "graduated": "held, and back to being a gauge",
    "on probation": "reached, and watched for a relapse",
    "on its way back": "a KPI that an objective brings back into its range",
    "certified": "back and held for long enough: a person confirms it",
    "slipped again": "it was back, and drifts or is out of range once more",
    "held through probation": "held for as long again: it may graduate",
}

DRAWN = (
    ("▲ ▼", "drifting up or down", "it changes for the worse, beyond chance"),
    ("◣", "behind pace", "less is done than should be by today"),
    ("◆", "guardrail", "a KPI that an objective must not break"),
    ("▸ ◂", "off the scale", "the needle rests at the end"),
    ("⟲", "fed by a KPI", "its readings move the key result"),
)
LINES = (
    ("band", "green arc", "the ideal range"),
    ("usual", "grey band of a line", "where readings usually lie"),
    ("pace", "dashed line", "where a key result should be today"),
    ("span", "shade", "where it is likely to end, 80 % sure"),
)


def legend() -> list[dict[str, str]]:
    """Give all signs, each by how it looks, its name and its meaning."""
    signs = [text.partition(" ") for text in (*STATES.values(), *MARKS.values())]
    rows = [(shape, name, MEANINGS[name]) for shape, _, name in signs]
    over = [
        text.partition(" ") for text in dict.fromkeys((*OBJECTIVES.values(), *RECOVERIES.values()))
    ]
    rows += [*DRAWN, *((shape, name, MEANINGS[name]) for shape, _, name in over)]
    rows += [
        (dots, word, "how sure people are of a key result") for dots, word in CONFIDENCES.values()
    ]
    signed = [
        {"sign": sign, "line": "", "name": name, "meaning": said} for sign, name, said in rows
    ]
    return signed + [
        {"sign": "", "line": line, "name": name, "meaning": said} for line, name, said in LINES
    ]
