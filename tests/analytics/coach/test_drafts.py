"""Sixty drafts written before the rules: flaws are named, sound ones are left alone."""

import pytest

from analytics.coach.draft import DraftTeam
from analytics.coach.remark import About, Kind
from analytics.coach.remarks import remarks
from tests.analytics.coach.drafts_flawed import FLAWED
from tests.analytics.coach.drafts_kpis import KPIS
from tests.analytics.coach.drafts_sound import SOUND
from tests.analytics.coach.flaw import Flaw

MOST_ON_SOUND = 3
FEWEST_NAMED = 27


def named(flaw: Flaw) -> bool:
    place = About(flaw.objective, flaw.key_result, flaw.kpi)
    return any(remark.kind == flaw.kind and remark.about == place for remark in remarks(flaw.team))


def test_there_are_thirty_of_each_and_every_kind_of_flaw() -> None:
    assert sum(map(len, SOUND.values())) == len(FLAWED) == 30
    assert {flaw.kind for flaw in FLAWED} == {str(kind) for kind in Kind}


def test_sound_drafts_are_left_alone() -> None:
    said = [
        remark
        for name, drafts in SOUND.items()
        for remark in remarks(DraftTeam(drafts, KPIS[name]))
    ]
    assert len(said) <= MOST_ON_SOUND


def test_flaws_are_named_beside_their_row() -> None:
    assert sum(map(named, FLAWED)) >= FEWEST_NAMED


@pytest.mark.parametrize("flaw", FLAWED, ids=lambda flaw: flaw.kind)
def test_a_reason_is_one_or_two_short_sentences(flaw: Flaw) -> None:
    for remark in remarks(flaw.team):
        # Names are quoted as they are and do not count.
        assert 30 < len(remark.reason) < 260
        assert remark.reason[0].isupper() or remark.reason[0] in "“0123456789"
        assert remark.reason[-1] in ".?"
