"""Who may take back what a test imports."""

import pytest

from data.company.fields import PersonRow
from models import Role
from tests.data.builders import bring


@pytest.fixture
def ana_may_import(request: pytest.FixtureRequest) -> None:
    """Make Ana an admin of the company that a test works on."""
    for name in {"company", "company_of_each_kind"} & {*request.fixturenames}:
        admin = PersonRow(person="Ana", team="Acme", role=Role.ADMIN)
        bring(request.getfixturevalue(name), people=[admin])
