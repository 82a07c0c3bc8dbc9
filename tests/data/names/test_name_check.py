"""Whether a name is taken."""

import pytest
from sqlalchemy import Engine

from data.core.errors import CommandRejected
from data.names.name_check import check_free, named
from models import Kpi, Team


@pytest.mark.parametrize("name", ["Sales", "Sal\u200bes", "Ｓａｌｅｓ", "Sales\u00a0"])
def test_a_name_that_looks_like_one_here_is_taken(name: str, company: Engine) -> None:
    with company.connect() as connection:
        sales = named(connection, Team, name)
        assert sales.name == "Sales"
        with pytest.raises(CommandRejected, match="is taken"):
            check_free(connection, Team, name, "That name is taken.")
        check_free(connection, Team, name, "That name is taken.", besides=sales.id)


def test_a_name_of_another_place_is_free(company: Engine) -> None:
    with company.connect() as connection:
        support = named(connection, Team, "Support")
        check_free(connection, Kpi, "Visits", "That name is taken.", team_id=support.id)
