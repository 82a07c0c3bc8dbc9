"""What is asked of a person about a spreadsheet, and what they answered."""

from collections.abc import Mapping as AnyMapping
from dataclasses import dataclass, field

from data.exchange.spreadsheets.mapping import Question, QuestionKind

FREE = (QuestionKind.TEAM, QuestionKind.KPI)
"""Questions that any name answers."""

OF_FILE = (QuestionKind.DECIMAL, QuestionKind.DAY_ORDER, QuestionKind.YEAR)
"""Questions whose answer holds for all sheets about which the same is unclear."""

TIMES_100 = "times 100"
DIVIDED_BY_100 = "divided by 100"
DIVIDED_BY_1000 = "divided by 1000"
TIMES_1000 = "times 1000"
AS_IT_STANDS = "as it stands"
LEFT_OUT = "left out"
NO_RANGE = "no range"
LATEST = "latest"
ONE, TWO = "one", "two"


@dataclass
class Interview:
    """The questions in the order in which they came up, and what is answered so far."""

    answers: AnyMapping[str, str]
    questions: dict[str, Question] = field(default_factory=dict)

    def ask(self, question: Question) -> str | None:
        """Return what was answered, else what is proposed; None where a person must say it."""
        if not self.answers.get(question.key):
            question = self._asked_before(question) or question
        self.questions.setdefault(question.key, question)
        given = self.answers.get(question.key, "").strip()
        codes = {code for code, _ in question.readings}
        if given and (given in codes or question.kind in FREE):
            return given
        return question.proposed or None

    def _asked_before(self, question: Question) -> Question | None:
        """Give the same question about another sheet of the file."""
        same = (
            each
            for each in self.questions.values()
            if each.kind is question.kind and _is_alike(each, question)
        )
        return next(same, None) if question.kind in OF_FILE else None

    @property
    def is_open(self) -> bool:
        """Tell whether something must be answered first."""
        return any(self.ask(question) is None for question in list(self.questions.values()))


def _is_alike(one: Question, other: Question) -> bool:
    if one.kind is QuestionKind.YEAR:
        return one.readings == other.readings
    return set(dict(one.readings)) == set(dict(other.readings)) and one.proposed == other.proposed
