"""The card of what numbers would have told, as it is sent."""

from tests.components.sent import sent


def card() -> None:
    from components.exchange import hindsight
    from tests.components.hindsight_examples import kpi, steady, view, young

    hindsight.show(view(kpi(), steady(), young(), steady(name="Fourth")))


def test_the_card_has_its_words_and_a_strip_for_each_of_three() -> None:
    data = sent(card)
    assert data["title"] == "Two years of your numbers: 1 of 3 KPIs drifted"
    assert [each["name"] for each in data["stories"]] == ["Scrap rate", "On time", "Returns"]
    assert (data["how"], data["share"]) == ("How do we know?", "Share as a picture")
    assert data["file"].endswith("-hindsight.png")
    assert data["reasons"][0]["about"] == ""


def test_a_strip_has_its_readings_its_range_and_where_it_drifted() -> None:
    drifted, calm, _ = sent(card)["stories"]
    values = drifted["series"].split()
    assert (len(values), values[:4]) == (23, ["4.1", "4", "-", "4.2"])
    assert (drifted["low"], drifted["high"]) == (None, 5.7)
    assert drifted["drift"] == {
        "first": 15,
        "behind": 23,
        "told": 17,
        "note": "said in May\xa02026",
    }
    assert calm["drift"] is None
