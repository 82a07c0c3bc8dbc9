"""Why a command did nothing: told to the person beside the field it came from."""

from data.core.outcomes import CurrentValue, OutcomeTarget
from data.core.problems import Code


class CommandRejected(Exception):
    """The input is wrong; `field` names where, the message says what to do.

    `row` is the kind and the key of the row where that is another one than was sent, `code` what is
    wrong where something is decided by it.
    """

    def __init__(
        self,
        field: str,
        message: str,
        *,
        row: tuple[OutcomeTarget, int] | None = None,
        code: Code = Code.OTHER,
    ) -> None:
        super().__init__(message)
        self.field = field
        self.message = message
        self.row = row
        self.code = code


class Unreachable(CommandRejected):
    """The database does not do it at this moment; the same may be tried again.

    The message is for who saves, `why` for who only reads, or runs it. `is_lasting` tells that
    somebody has to do something about it.
    """

    def __init__(self, message: str, why: str, *, is_lasting: bool = False) -> None:
        super().__init__("", message, code=Code.UNREACHABLE)
        self.why = why
        self.is_lasting = is_lasting


class NeedsConfirmation(Exception):
    """The value is unlikely; the message says why, and whoever is sure sends it again."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


class Conflict(Exception):
    """Somebody else saved meanwhile; `theirs` is what stands now."""

    def __init__(self, theirs: CurrentValue) -> None:
        super().__init__("somebody else saved meanwhile")
        self.theirs = theirs
