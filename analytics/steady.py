"""The certificate that a KPI is steady again."""

from analytics.drift.steady import certified

__all__ = ["certified"]
