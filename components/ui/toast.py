"""The toast: what has just been done, and the way back."""

from collections.abc import Callable

from components.ui import click_events, frontend
from components.ui.payloads import whole

_TOAST = frontend.element("toast")


def show(
    message: str,
    *,
    command_id: int | None,
    key: str,
    on_undo: Callable[[int], object],
    nonce: int | str | None = None,
) -> None:
    """Tell a message once; with a command, offer to undo it.

    `nonce` makes a message a new one: the command's id where there is one, else the message
    itself. Show it on every run, with an empty message when there is nothing to tell.
    """
    data = {"message": message, "command": command_id, "nonce": _nonce(message, command_id, nonce)}
    _TOAST(key=key, data=data, on_undo_change=click_events.heard(key, "undo", whole, on_undo))


def _nonce(message: str, command_id: int | None, nonce: int | str | None) -> str:
    parts = (nonce, command_id, message)
    return " ".join(str(part) for part in parts if part is not None)
