"""The unit that a KPI's name ends in: none of its scale is lost."""

import pytest

from data.exchange.spreadsheets.units import name_and_unit


@pytest.mark.parametrize(
    ("name", "parts"),
    [
        ("Umsatz in T€", ("Umsatz", "T€")),
        ("Umsatz, Mio. €", ("Umsatz", "Mio. €")),
        ("Ventas (miles €)", ("Ventas", "miles €")),
        ("Faturamento (R$ mil)", ("Faturamento", "R$ mil")),
        ("Omsättning (MSEK)", ("Omsättning", "MSEK")),
        ("売上高 (百万円)", ("売上高", "百万円")),
        ("Scrap rate in %", ("Scrap rate", "%")),
        ("Ausschuss%", ("Ausschuss", "%")),
        ("Time in min", ("Time", "min")),
        ("Orders in", ("Orders in", "")),
        ("On time", ("On time", "")),
        ("€", ("€", "")),
    ],
)
def test_a_name_is_parted_from_its_unit(name: str, parts: tuple[str, str]) -> None:
    assert name_and_unit(name) == parts
