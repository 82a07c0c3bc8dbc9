"""A company in which a KPI is to be brought back."""

import pytest
from sqlalchemy import Engine

from tests.data.okrs.recovering import grow


@pytest.fixture
def grown(company: Engine) -> Engine:
    """Give a company whose backlog has grown."""
    grow(company)
    return company
