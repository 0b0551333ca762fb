"""Dates, texts, pictures and the ready-made kinds: no database."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from skillmark.rooms.credentials import rules


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [
        (date(2026, 5, 4), 24, date(2028, 5, 4)),
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2024, 1, 31), 1, date(2024, 2, 29)),
        (date(2024, 2, 29), 12, date(2025, 2, 28)),
        (date(2026, 8, 31), 6, date(2027, 2, 28)),
        (date(2026, 12, 15), 1, date(2027, 1, 15)),
        (date(2026, 11, 30), 1, date(2026, 12, 30)),
    ],
)
def test_months_later(day: date, months: int, expected: date) -> None:
    assert rules.months_later(day=day, months=months) == expected


@given(st.dates(date(1990, 1, 1), date(2090, 1, 1)), st.integers(1, 120))
def test_months_later_never_skips_a_month(day: date, months: int) -> None:
    later = rules.months_later(day=day, months=months)
    assert (later.year * 12 + later.month) - (day.year * 12 + day.month) == months
    assert later.day <= day.day


def test_the_last_good_moment_is_the_end_of_the_day_at_the_site() -> None:
    ends = rules.last_good_moment(day=date(2026, 5, 4), months=24, time_zone="America/Chicago")
    assert ends == datetime(2028, 5, 5, 4, 59, 59, tzinfo=UTC)
    assert rules.last_good_moment(day=date(2026, 5, 4), months=None, time_zone="America/Chicago") is None


def test_level_names() -> None:
    assert rules.level_name(level=3, language="es") == "Sin ayuda"
    assert rules.level_name(level=3, language="fr") == "Alone"
    assert rules.level_name(level=None, language="en") == ""


def test_a_text_in_one_language_serves_for_the_other() -> None:
    assert rules.said(texts={"en": "Till", "es": "Caja"}, language="es") == ("Caja", "es")
    assert rules.said(texts={"en": "Till"}, language="es") == ("Till", "en")
    assert rules.said(texts={"es": "Caja"}, language="en") == ("Caja", "es")
    assert rules.said(texts={}, language="en") == ("", "en")


def test_there_are_twelve_ready_kinds_over_at_least_four_trades() -> None:
    assert len(rules.READY) == len({kind.key for kind in rules.READY}) == 12
    assert len({kind.trade for kind in rules.READY}) >= 4


@pytest.mark.parametrize("kind", rules.READY, ids=lambda kind: kind.key)
def test_ready_kinds_are_whole_in_both_languages(kind: rules.KindOfProof) -> None:
    for texts, longest in ((kind.name, rules.NAME_LENGTH), (kind.did, rules.TEXT_LENGTH), (kind.how, rules.TEXT_LENGTH)):
        assert set(texts) == {"en", "es"}
        assert all(0 < len(text) <= longest for text in texts.values())
        assert texts["en"] != texts["es"]
    assert kind.method in rules.METHODS
    assert kind.colour in rules.COLOURS
    assert kind.months is None or kind.months in rules.MONTHS


@pytest.mark.parametrize("kind", rules.READY, ids=lambda kind: kind.key)
def test_ready_kinds_say_facts_only(kind: rules.KindOfProof) -> None:
    """No praise, no ranks, no jargon."""
    every = " ".join((*kind.name.values(), *kind.did.values(), *kind.how.values())).lower()
    banned = r"\b(excellent|great|best|talented|reliable|score|rating|excelente|mejor|confiable|puntaje|badge|insignia)\b"
    assert not re.search(banned, every)


@pytest.mark.parametrize("colour", [*rules.COLOURS, "unknown"])
def test_the_picture_is_small_whole_xml(colour: str) -> None:
    drawn = rules.svg(title='<script>alert("1")</script> & "friends"', giver="Smith & Sons <Ltd>", colour=colour)
    root = ElementTree.fromstring(drawn)
    assert len(drawn.encode()) < 2500
    assert {element.tag.rpartition("}")[2] for element in root.iter()} <= {"svg", "path", "g", "text", "tspan"}


@given(st.text(max_size=400), st.text(max_size=400))
def test_the_picture_survives_every_text(title: str, giver: str) -> None:
    ElementTree.fromstring(rules.svg(title=title, giver=giver, colour="teal"))


def test_the_picture_is_small_for_the_longest_text() -> None:
    assert len(rules.svg(title="&" * 120, giver="&" * 200, colour="teal").encode()) < 2500


def test_the_title_takes_three_lines_at_most() -> None:
    assert rules.svg(title="word " * 60, giver="g", colour="teal").count("<tspan") == 3


def test_codes_are_kept_keyed_and_read_as_typed() -> None:
    kept = rules.digest("7K4M-QX92", key="a", purpose="x")
    assert kept == rules.digest(" 7k4m qx92", key="a", purpose="x")
    assert kept != rules.digest("7K4MQX92", key="b", purpose="x")
    assert kept != rules.digest("7K4MQX92", key="a", purpose="y")
    assert rules.pin_digits("12 34-56") == "123456"
