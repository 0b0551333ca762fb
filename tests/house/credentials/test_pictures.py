"""Pictures: every shape, colour and sign is a small drawing that can run nothing and that one can read."""

from __future__ import annotations

import re
from itertools import product
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from skillmark.rooms.credentials import rules

HOSTILE = '</text><script>alert("1")</script><a href="https://e.example">&'
TAGS = {"svg", "path", "g", "text", "tspan"}
ATTRIBUTES = {
    "viewBox", "width", "height", "role", "aria-label", "d", "fill", "stroke", "stroke-opacity", "stroke-width",
    "stroke-linecap", "stroke-linejoin", "transform", "font-family", "font-size", "font-weight", "text-anchor", "x", "y",
}  # fmt: skip


def drawing(**parts: str) -> str:
    return rules.svg(**{"title": "Pallet jack", "giver": "Smith & Sons", "colour": "teal", **parts})


@pytest.mark.parametrize(("shape", "icon"), [*product(rules.SHAPES, ["", *rules.ICONS])])
def test_every_design_is_small_and_runs_nothing(shape: str, icon: str) -> None:
    drawn = drawing(title=HOSTILE, giver=HOSTILE, words=HOSTILE[:45], shape=shape, icon=icon)
    assert len(drawn.encode()) < 2500
    for element in ElementTree.fromstring(drawn).iter():
        assert element.tag.rpartition("}")[2] in TAGS
        assert set(element.attrib) <= ATTRIBUTES
        assert not any("url(" in value or "://" in value for name, value in element.attrib.items() if name != "aria-label")


@given(st.text(max_size=200), st.text(max_size=45), st.sampled_from([*rules.SHAPES, "no-such"]), st.text(max_size=10))
def test_any_text_is_drawn(title: str, words: str, shape: str, icon: str) -> None:
    assert drawing(title=title, words=words, shape=shape, icon=icon).count("<tspan") <= 3
    ElementTree.fromstring(drawing(title=title, words=words, shape=shape, icon=icon))


def test_words_stand_instead_of_the_title_but_its_name_stays_for_those_who_hear_it() -> None:
    drawn = drawing(words="Forks and loads")
    assert "Forks and" in drawn and "Pallet jack</tspan>" not in drawn
    assert 'aria-label="Pallet jack · Smith &amp; Sons"' in drawn


def test_shapes_colours_and_signs_differ() -> None:
    assert len({drawing(shape=shape) for shape in rules.SHAPES}) == len(rules.SHAPES) >= 6
    assert len({drawing(colour=colour) for colour in rules.COLOURS}) == len(rules.COLOURS) >= 5
    assert len({drawing(icon=icon) for icon in ["", *rules.ICONS]}) == len(rules.ICONS) + 1 >= 25
    assert drawing(shape="unknown", colour="unknown", icon="unknown") == drawing(colour=rules.DEFAULT_COLOUR)
    assert not {"star", "medal", "trophy", "crown"} & set(rules.ICONS)


def _light(colour: str) -> float:
    """Relative luminance. (WCAG 2.2)"""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (one / 12.92 if one <= 0.04045 else ((one + 0.055) / 1.055) ** 2.4 for one in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize("colour", rules.COLOURS)
def test_words_stand_out_on_every_colour(colour: str) -> None:
    ground, words = _light(rules.COLOURS[colour]), _light(rules.GROUND)
    assert (words + 0.05) / (ground + 0.05) >= 4.5
    red, green, blue = (int(rules.COLOURS[colour][at : at + 2], 16) for at in (1, 3, 5))
    assert not green > 1.15 * max(red, blue), "green means a state"
    assert not (red > 1.5 * max(green, blue)), "red means a state"


@pytest.mark.parametrize("path", [*rules.ICONS.values()])
def test_a_sign_stays_in_its_box(path: str) -> None:
    assert re.fullmatch(r"[MmLlHhVvCcSsQqTtAaZz0-9 .\-]+", path)
    assert len(path) < 400
