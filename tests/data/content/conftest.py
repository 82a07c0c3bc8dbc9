"""What the tests of the content share."""

import pytest

from data.content.sample import sample_company
from data.exchange.tables import Tables
from tests.data.content.sample_lookups import TODAY


@pytest.fixture(scope="session")
def sample() -> Tables:
    return sample_company(TODAY)
