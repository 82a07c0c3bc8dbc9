"""Where a KPI or key result is heading: what is expected, how surely, and when it arrives."""

from analytics.forecast.outlooks import Outlook, chance, outlook, span80

__all__ = ["Outlook", "chance", "outlook", "span80"]
