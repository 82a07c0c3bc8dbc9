"""What a person decides in a form: what they typed comes in as an edit."""

from components.ui.payloads import day, text, whole
from data.kpis.views.edits import AcknowledgeEdit


def acknowledgement(sent: object) -> AcknowledgeEdit | None:
    """Turn what a card's form sent into an edit; None where it makes no sense."""
    if not isinstance(sent, dict):
        return None
    kpi_id, reason = whole(sent.get("id")), text(sent.get("reason"))
    again = day(sent.get("look_again"))
    if kpi_id is None or reason is None or again is None:
        return None
    return AcknowledgeEdit(kpi_id=kpi_id, reason=reason, look_again=again)
