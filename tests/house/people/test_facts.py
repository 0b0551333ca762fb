"""Opinions, accusations and private matters are stopped with a reason; the language of the trades goes through."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from skillmark.rooms.people.rules.facts import CannotWrite, Finding, Kind, demand_facts, opinions

WORDING = Path(__file__).parent / "wording"
NAMES = ("Rosa Delgado", "Sam Ortiz")
Rows = list[tuple[str, str]]


def rows(name: str) -> Rows:
    """(kind or "fine", sentence) for each line of a table."""
    lines = (WORDING / f"{name}.txt").read_text(encoding="utf-8").splitlines()
    return [(kind, sentence) for kind, sentence in (line.split("\t") for line in lines if line and not line.startswith("#"))]


def told(sentence: str, language: str | None = None) -> set[str]:
    return {str(one.kind) for one in opinions(sentence, language, names=NAMES)}


@pytest.mark.parametrize("language", ["en", "es"])
def test_the_tables_are_large_enough(language: str) -> None:
    counted = Counter(kind == "fine" for kind, _ in rows(language))
    assert counted[True] >= 120 and counted[False] >= 120
    assert {kind for kind, _ in rows(language)} == {*Kind, "fine"}


@pytest.mark.parametrize(("language", "kind", "sentence"), [(one, *row) for one in ("en", "es") for row in rows(one)])
def test_each_sentence(language: str, kind: str, sentence: str) -> None:
    for asked in (language, None):
        found = told(sentence, asked)
        assert not found if kind == "fine" else kind in found, found


@pytest.mark.parametrize(
    ("name", "stopped", "of", "wrongly", "fine"), [("en_unseen", 12, 40, 5, 40), ("es_unseen", 11, 38, 1, 40)]
)
def test_what_was_never_seen_before(name: str, stopped: int, of: int, wrongly: int, fine: int) -> None:
    """Sentences that go round the words, and trade talk that was looked for to trip the lists: measured, not mended.

    It says what a list of words is worth: plain words are caught, a turn of phrase is not. A person must read, too.
    """
    counted = Counter((kind == "fine", bool(told(sentence, name[:2]))) for kind, sentence in rows(name))
    assert counted[False, True] + counted[False, False] == of and counted[True, True] + counted[True, False] == fine
    assert (counted[False, True], counted[True, True]) == (stopped, wrongly)


def test_the_words_are_quoted_as_they_were_typed() -> None:
    text = "Late twice.  Rosa es  FLOJÍSIMA y está Embarazáda\u0301."
    [found] = opinions(text, "es", names=NAMES)
    assert found == Finding(Kind.HEALTH, "Embarazáda", found.start, found.end)
    assert text[found.start : found.end] == found.words


def test_a_name_tells_a_person_from_a_thing() -> None:
    assert opinions("Rosa is slow.", names=NAMES) and not opinions("Conveyor is slow.", names=NAMES)
    assert not opinions("Rosa is slow.")  # without the name it could be anything


def test_the_gravest_is_told_first() -> None:
    with pytest.raises(CannotWrite) as told_off:
        demand_facts(text="Lazy, stole a drill, and pregnant.")
    assert (told_off.value.code, told_off.value.facts) == ("text.health", {"words": "pregnant"})


@pytest.mark.parametrize(
    ("text", "code", "words"),
    [
        ("She is lazy.", "text.opinion", "lazy"),
        ("Fired for stealing", "text.accusation", "Fired for stealing"),
        ("Despedido por robar", "text.accusation", "Despedido por robar"),
        ("TB positive", "text.health", "TB positive"),
        ("Es musulmana", "text.private", "musulmana"),
    ],
)
def test_the_reason(text: str, code: str, words: str) -> None:
    with pytest.raises(CannotWrite) as told_off:
        demand_facts(text=text)
    assert (told_off.value.code, told_off.value.facts) == (code, {"words": words})


@pytest.mark.parametrize("text", ["", "   \n", "\u0301", "…", "7:12", "Closed the line.\nWalk-in at 38 °F, ½ full."])
def test_nothing_to_stop(text: str) -> None:
    demand_facts(text=text)


def test_letters_of_other_shapes_do_not_hide_a_word() -> None:
    for text in ("ｌａｚｙ", "la\u200bzy", "LÀZY", "l\u00adazy"):
        assert [one.words for one in opinions(text)] == [text]


def test_an_unknown_language_means_both() -> None:
    assert opinions("floja", "fr") == opinions("floja") != ()


def test_a_long_text_takes_no_long_time() -> None:
    """Work grows with the text, whatever it repeats: the test would run into its time limit else."""
    for piece in ("fired for ", "she is very ", "client with a very long ", "él es muy "):
        opinions(piece * 5_000)
