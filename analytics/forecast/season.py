"""The season of a forecast: what each phase adds, drawn to 0 by how little it explains."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.float64]
Flags = NDArray[np.bool_]
Counts = NDArray[np.int64]

FEWEST_SEASONS = 2

# So much of a surprise is taken to last into the next period: between a level and a walk.
CARRIED = 0.5
# A season changes with the years: its own error is so many times that of least squares.
CHANGING = 2.0


class Season(NamedTuple):
    """What a season adds to the readings and to the coming periods, and what it leaves unsure.

    `seen` has shape (kpis, periods), `coming` (kpis, horizon). By `widening` (kpis, 1), from 1
    up, a spread is multiplied that was estimated from the readings without their season.
    """

    seen: Numbers
    coming: Numbers
    widening: Numbers


def forecast_season(table: Numbers, horizon: int, seasons: Counts) -> Season:
    """Return the season of each KPI: zeros where it has none, or too few readings to tell.

    `table` has shape (kpis, periods), NaN is a missing period; `seasons` (kpis,) are how many
    periods make a season, 0 for none. Readings enough for two seasons, some of every phase, are
    needed. The effects are those of generalised least squares beside one slope, drawn to 0 by
    1 / F, F being their mean square over that of what is left (James & Stein). k effects that
    n readings tell make what is left too small by (n − k) / n, and are themselves unsure.

    Cochrane & Orcutt 1949, Application of Least Squares Regression to Relationships Containing
    Auto-Correlated Error Terms, Journal of the American Statistical Association 44:32–61;
    James & Stein 1961, Estimation with Quadratic Loss, Berkeley Symposium 4(1):361–379.
    """
    kpis, periods = table.shape
    found = Season(np.zeros(table.shape), np.zeros((kpis, horizon)), np.ones((kpis, 1)))
    whole = ~np.isnan(table).any(axis=1)
    for length in np.unique(seasons[seasons > 1]).tolist():
        # Counted from the last reading, so that periods missing at first change nothing.
        phases = np.arange(-periods, horizon) % length
        enough = (seasons == length) & _enough(table, phases[:periods], length)
        for at in map(np.flatnonzero, (enough & whole, enough & ~whole)):
            if at.size:
                effects, share = _effects(table[at], phases[:periods], length)
                found.seen[at], found.coming[at] = np.hsplit(effects[:, phases], [periods])
                found.widening[at] = _widening(table[at], share * (length - 1))
    return found


def _enough(table: Numbers, phases: Counts, length: int) -> Flags:
    known = (~np.isnan(table)).astype(np.float64)
    shown = known @ _each(phases, length)
    return np.asarray((shown > 0).all(axis=1) & (known.sum(axis=1) >= FEWEST_SEASONS * length))


def _each(phases: Counts, length: int) -> Numbers:
    """Return for each phase a column that is 1 in its periods, else 0."""
    return np.asarray(phases[:, None] == np.arange(length), dtype=np.float64)


def _effects(table: Numbers, phases: Counts, length: int) -> tuple[Numbers, Numbers]:
    """Return the effect of each phase (kpis, length), and the share of it believed (kpis, 1)."""
    known = ~np.isnan(table)
    if known.all():
        # Without a gap anywhere all have the same design.
        known = known[:1]
    line = np.linspace(-1.0, 1.0, len(phases))[:, None]
    values = _whitened(np.nan_to_num(table)[..., None], known)
    fitted, left = _fitted(np.hstack([_each(phases, length), line]), values, known)
    _, without = _fitted(np.hstack([np.ones_like(line), line]), values, known)
    between = (without - left) / (length - 1)
    noise = left / (known.sum(axis=1, keepdims=True) - length - 1)
    share = 1 - np.divide(noise, between, out=np.ones_like(noise), where=between > noise)
    effects = fitted[:, :length] - fitted[:, :length].mean(axis=1, keepdims=True)
    return effects * share, share


def _fitted(columns: Numbers, values: Numbers, known: Flags) -> tuple[Numbers, Numbers]:
    """Return the coefficients of least squares (kpis, columns), and the squares left (kpis, 1)."""
    design = _whitened(columns[None], known)
    turned = design.transpose(0, 2, 1)
    fitted = np.linalg.solve(turned @ design, turned @ values)
    left: Numbers = ((values - design @ fitted) ** 2).sum(axis=1)
    return np.asarray(fitted[..., 0], dtype=np.float64), left


def _whitened(columns: Numbers, known: Flags) -> Numbers:
    """Return columns (kpis, periods, n) without what lasts of the period before."""
    follows = np.zeros((*known.shape, 1), dtype=np.bool_)
    follows[:, 1:, 0] = known[:, 1:] & known[:, :-1]
    own = np.where(follows, 1.0, np.sqrt(1 - CARRIED**2)) * known[..., None]
    return np.asarray(own * columns - CARRIED * follows * np.roll(columns, 1, axis=1))


def _widening(table: Numbers, effects: Numbers) -> Numbers:
    """Return by what a spread is multiplied when so many effects (kpis, 1) were read off."""
    count = (~np.isnan(table)).sum(axis=1, keepdims=True)
    return np.asarray(np.sqrt((count + CHANGING * effects) / (count - effects)))
