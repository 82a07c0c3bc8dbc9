"""The columns of each file: worked out once, and not to be changed by whoever asks."""

from dataclasses import fields

import pytest

from data.core.fields import Row, columns
from data.exchange.tables import FILES
from data.kpis.fields import KpiRow


@pytest.mark.parametrize("row_class", FILES.values())
def test_the_columns_of_a_file_are_worked_out_once(row_class: type[Row]) -> None:
    found = columns(row_class)
    assert [column.name for column in found] == [each.name for each in fields(row_class)][1:]
    assert columns(row_class) is found
    assert isinstance(hash(found), int)


def test_a_column_knows_what_may_be_blank() -> None:
    known = {column.name: column for column in columns(KpiRow)}
    assert (known["kpi"].needed, known["kpi"].nullable) == (True, False)
    assert (known["low"].kind, known["low"].needed, known["low"].nullable) == (float, False, True)
    assert (known["pinned"].kind, known["pinned"].default) == (tuple, ())
