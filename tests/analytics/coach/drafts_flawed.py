"""Thirty drafts with one clear flaw each, named, in teams that are sound apart from it."""

from tests.analytics.coach.drafts_flawed_numbers import CONFLICTS, NUMBERS, RANGES, TEAMS
from tests.analytics.coach.drafts_flawed_words import (
    ACTIVITIES,
    KEY_RESULTS,
    UNFINISHED,
    WORDING,
)

FLAWED = (
    *ACTIVITIES,
    *WORDING,
    *UNFINISHED,
    *KEY_RESULTS,
    *NUMBERS,
    *CONFLICTS,
    *RANGES,
    *TEAMS,
)
