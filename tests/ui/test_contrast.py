"""The roles of the style sheet are legible in both themes: WCAG 2.2 AA, computed from the tokens themselves."""

import math
import re
from importlib.resources import files

import pytest

TOKENS = (files("tandem.pages") / "static/tandem/css/tokens.css").read_text()
THEMES = ("light", "dark")
PAPERS = ("paper", "paper-raised", "paper-sunken")

# What is read needs 4.5:1, what is only recognised (a border of a field, a shape, a focus ring) 3:1.
TEXT = [(ink, paper) for ink in ("ink", "ink-soft") for paper in PAPERS]
TEXT += [(ink, paper) for ink in ("accent", "accent-strong", "bad") for paper in ("paper", "paper-raised")]
TEXT += [("unknown", "paper"), ("warn", "paper"), ("ok", "paper")]
TEXT += [("accent-ink", "accent"), ("accent-ink", "accent-strong"), ("accent", "accent-wash"), ("bad", "bad-wash")]
TEXT += [("accent-strong", "accent-wash"), ("ink", "warn-wash"), ("ink", "bad-wash"), ("ink", "accent-wash")]
TEXT += [("paper", "ink")]
SHAPES = [(mark, paper) for mark in ("ok", "warn", "bad", "unknown", "focus", "line-strong") for paper in PAPERS[:2]]


def primitives() -> dict[str, tuple[float, float, float]]:
    found = re.findall(r"--([\w-]+): oklch\(([\d.]+)% ([\d.]+) ([\d.]+)\);", TOKENS)
    return {name: (float(light) / 100, float(chroma), float(hue)) for name, light, chroma, hue in found}


def roles() -> dict[str, tuple[str, str]]:
    found = re.findall(r"--([\w-]+): light-dark\(var\(--([\w-]+)\), var\(--([\w-]+)\)\);", TOKENS)
    return {name: (light, dark) for name, light, dark in found}


def luminance(lightness: float, chroma: float, hue: float) -> float:
    """Relative luminance of an OKLCH colour, clipped to sRGB as a screen does."""
    a, b = chroma * math.cos(math.radians(hue)), chroma * math.sin(math.radians(hue))
    long = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
    middle = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
    short = (lightness - 0.0894841775 * a - 1.2914855480 * b) ** 3
    red = 4.0767416621 * long - 3.3077115913 * middle + 0.2309699292 * short
    green = -1.2684380046 * long + 2.6097574011 * middle - 0.3413193965 * short
    blue = -0.0041960863 * long - 0.7034186147 * middle + 1.7076147010 * short
    red, green, blue = (min(max(part, 0.0), 1.0) for part in (red, green, blue))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(front: str, back: str, theme: int) -> float:
    colours, named = primitives(), roles()
    one, other = (luminance(*colours[named[role][theme]]) for role in (front, back))
    return (max(one, other) + 0.05) / (min(one, other) + 0.05)


@pytest.mark.parametrize("theme", range(2), ids=THEMES)
@pytest.mark.parametrize(("front", "back"), TEXT)
def test_text_is_legible(front: str, back: str, theme: int) -> None:
    assert contrast(front, back, theme) >= 4.5


@pytest.mark.parametrize("theme", range(2), ids=THEMES)
@pytest.mark.parametrize(("front", "back"), SHAPES)
def test_shapes_are_seen(front: str, back: str, theme: int) -> None:
    assert contrast(front, back, theme) >= 3


def test_black_on_white_is_twenty_one() -> None:
    assert luminance(1, 0, 0) == pytest.approx(1, abs=1e-3)
    assert luminance(0, 0, 0) == pytest.approx(0, abs=1e-6)


def test_every_role_has_both_themes() -> None:
    colours = primitives()
    assert {"ink", "paper", "line", "accent", "ok", "warn", "bad", "unknown", "focus"} <= roles().keys()
    assert all(light in colours and dark in colours for light, dark in roles().values())
