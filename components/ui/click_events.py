"""What a click asks to see: a KPI, a key result or an objective."""

from collections.abc import Callable

from components.ui.payloads import triggered, whole

TARGETS = ("kpi", "key result", "objective")


def target(sent: object) -> tuple[str, int] | None:
    """Turn what was clicked into what is meant; None where it makes no sense."""
    if not isinstance(sent, dict):
        return None
    kind, number = sent.get("target"), whole(sent.get("id"))
    if kind not in TARGETS or number is None:
        return None
    return str(kind), number


def listener(key: str, on_open: Callable[[str, int], None] | None) -> Callable[[], None]:
    """Make the callback of a component's clicks."""

    def hear() -> None:
        meant = target(triggered(key, "open"))
        if meant is not None and on_open is not None:
            on_open(*meant)

    return hear
