"""Colours: text has 4.5:1 and marks 3:1 against their ground, and hues stay apart for colour-blind readers."""

from itertools import combinations

import numpy as np
import pytest

from timeline.chart.theme import OTHER_SYMBOL, SEVERAL_SYMBOL, SYMBOLS, THEMES, Theme, rgba

# Machado, Oliveira and Fernandes, "A Physiologically-based Model for Simulation of Color Vision Deficiency", 2009,
# severity 1.
_SIMULATIONS = {
    "protanopia": [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]],
    "deuteranopia": [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]],
    "none": [[1, 0, 0], [0, 1, 0], [0, 0, 1]],
}


def _linear(colour: str) -> np.ndarray:
    channels = np.asarray([int(colour[i : i + 2], 16) for i in (1, 3, 5)]) / 255
    return np.where(channels <= 0.04045, channels / 12.92, ((channels + 0.055) / 1.055) ** 2.4)


def _contrast(one: str, other: str) -> float:
    """The contrast ratio of WCAG 2.2."""
    light = sorted(float(_linear(colour) @ [0.2126, 0.7152, 0.0722]) for colour in (one, other))
    return (light[1] + 0.05) / (light[0] + 0.05)


def _lab(linear: np.ndarray) -> np.ndarray:
    xyz = np.asarray([[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]]) @ linear
    x, y, z = np.cbrt(np.maximum(xyz / [0.9505, 1.0, 1.089], 1e-4))
    return np.asarray([116 * y - 16, 500 * (x - y), 200 * (y - z)])


@pytest.mark.parametrize("theme", THEMES.values(), ids=list(THEMES))
def test_text_and_marks_stand_out(theme: Theme) -> None:
    for ground in (theme.ground, theme.band):
        assert _contrast(theme.ink, ground) >= 7
        assert _contrast(theme.muted, ground) >= 4.5
        for hue in (*theme.hues, theme.several, theme.other):
            assert _contrast(hue, ground) >= 3, hue


@pytest.mark.parametrize("sight", _SIMULATIONS)
@pytest.mark.parametrize("theme", THEMES.values(), ids=list(THEMES))
def test_the_first_hues_keep_apart(theme: Theme, sight: str) -> None:
    matrix = np.asarray(_SIMULATIONS[sight])
    seen = [_lab(np.clip(matrix @ _linear(hue), 0, 1)) for hue in theme.hues[:4]]
    for one, other in combinations(seen, 2):
        assert np.linalg.norm(one - other) >= 11


def test_symbol_and_colour_both_carry_the_coding() -> None:
    assert len({*SYMBOLS, SEVERAL_SYMBOL, OTHER_SYMBOL}) == len(SYMBOLS) + 2
    assert all(len(theme.hues) == len(set(theme.hues)) == len(SYMBOLS) for theme in THEMES.values())


def test_opacity_is_written_as_plotly_reads_it() -> None:
    assert rgba("#0b5c9c", 0.25) == "rgba(11,92,156,0.25)"
