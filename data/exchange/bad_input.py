"""All that is wrong with what was to be read."""

from collections.abc import Sequence

from data.core.problems import Problem
from data.exchange.tables import Tables


class BadInput(Exception):
    """Every problem of what was to be read; nothing of it may be used.

    `loaded` are the rows that are right by themselves: their names can still be looked up.
    `warnings` say what was left out, which may be why something is missing.
    """

    def __init__(
        self,
        problems: Sequence[Problem],
        loaded: Tables | None = None,
        warnings: Sequence[Problem] = (),
    ) -> None:
        super().__init__("\n".join(map(str, problems)))
        self.problems = tuple(problems)
        self.loaded = loaded
        self.warnings = tuple(warnings)
