"""What a person decides in a form: what they typed comes in as an edit."""

from datetime import date

from data.views import AcknowledgeEdit

_LONGEST = 2000


def acknowledgement(sent: object) -> AcknowledgeEdit | None:
    """Turn what a card's form sent into an edit; None where it makes no sense."""
    if not isinstance(sent, dict):
        return None
    kpi_id, reason, again = sent.get("id"), sent.get("reason"), _day(sent.get("look_again"))
    if not isinstance(kpi_id, int) or isinstance(kpi_id, bool) or abs(kpi_id) >= 2**53:
        return None
    if not isinstance(reason, str) or len(reason) > _LONGEST or again is None:
        return None
    return AcknowledgeEdit(kpi_id=kpi_id, reason=reason, look_again=again)


def _day(sent: object) -> date | None:
    try:
        return date.fromisoformat(sent) if isinstance(sent, str) else None
    except ValueError:
        return None
