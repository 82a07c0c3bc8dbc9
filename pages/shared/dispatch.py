"""Sending what a person does as a command, and telling what became of it."""

from collections.abc import Callable
from typing import NamedTuple, Protocol

from sqlalchemy import Engine

from data.core.errors import CommandRejected, Conflict, NeedsConfirmation
from data.core.outcomes import Outcome, OutcomeTarget
from data.core.problems import Code
from data.operations.metrics import answered
from pages.shared.who import person_key

NAME_FIRST = "Pick your name at the top right first, then save again."
STANDS = "This stands already."
NO_SENSE = "This was not understood: reload the page."


class Command(Protocol):
    """What changes something by who is here, all else being given to it already."""

    def __call__(self, *, person_id: int) -> int | None:
        """Do it; give the key of what was done, None where nothing changed."""


class Done(NamedTuple):
    """What a command did: its key, None where nothing changed, and what to say of it.

    `otherwise` is said where nothing changed; `made` is the key of what is new.
    """

    command_id: int | None
    message: str
    otherwise: str = STANDS
    made: int | None = None


def send(
    engine: Engine,
    name: str | None,
    target: OutcomeTarget,
    key: int,
    command: Callable[[int], Done],
) -> Outcome:
    """Send a command by who is here, `command` being given their key; tell what became of it."""
    return answered(_sent(engine, name, target, key, command))


def change(
    engine: Engine,
    name: str | None,
    target: OutcomeTarget,
    key: int,
    command: Command,
    message: str,
) -> Outcome:
    """Send a command that is told by one message."""
    return send(engine, name, target, key, lambda who: Done(command(person_id=who), message))


def _sent(
    engine: Engine,
    name: str | None,
    target: OutcomeTarget,
    key: int,
    command: Callable[[int], Done],
) -> Outcome:
    if not name:
        return Outcome("refused", target, key, NAME_FIRST)
    try:
        done = command(person_key(engine, name))
    except CommandRejected as refused:
        place = refused.row or (target, key)
        is_waiting = refused.code is Code.UNREACHABLE
        return Outcome(
            "refused", *place, refused.message, field=refused.field, is_waiting=is_waiting
        )
    except NeedsConfirmation as doubtful:
        return Outcome("doubtful", target, key, doubtful.message)
    except Conflict as conflict:
        return Outcome("conflict", target, key, "", theirs=conflict.theirs)
    message = done.otherwise if done.command_id is None else done.message
    made = key if done.made is None else done.made
    return Outcome("saved", target, made, message, command_id=done.command_id)
