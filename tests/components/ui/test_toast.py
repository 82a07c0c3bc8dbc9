"""What a toast is sent."""

from tests.components.sent import sent


def toast_of_a_command() -> None:
    from components.ui import toast

    toast.show("Saved 3.4 %.", command_id=5, key="toast", on_undo=lambda command: None)


def test_a_toast_is_told_once_for_a_command() -> None:
    assert sent(toast_of_a_command) == {
        "message": "Saved 3.4 %.",
        "command": 5,
        "nonce": "5 Saved 3.4 %.",
    }
