"""What is an opinion about a person, an accusation, or nobody's business: words that no kept text may hold.

The words lie in `wording.toml`, one list a language and kind. Whole words are looked for, without regard to capitals and
accents. Many words are opinions of people only ("slow"), and others are daily trade ("lazy susan"): the lists say which.
A list of words finds words, not meaning; what it misses a reader must see.
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any

from skillmark.errors import DomainError

LANGUAGES = ("en", "es")
_WORDING = Path(__file__).with_name("wording.toml")
_BETWEEN = r"[^\w.!?;:]+"  # between two words of a phrase: spaces, hyphens, apostrophes, but not the end of a sentence
_SOME_WORDS = rf"(?:{_BETWEEN}\w+){{0,3}}"
_START = r"(?:(?<![\s\S])|(?<=\n)|(?<=\n- )|(?<=\n-))"
_REACH = 120  # characters before a word in which a frame is looked for
_Span = tuple[int, int]
_Tree = dict[str, "_Tree"]
_BRACES = re.compile(r"\{([^{}]*)\}")


class Kind(StrEnum):
    ADJECTIVE = "adjective"
    ACCUSATION = "accusation"
    HEALTH = "health"
    PROTECTED = "protected"

    @property
    def code(self) -> str:
        """The reason that is told."""
        return _CODES[self]


_CODES = {
    Kind.ADJECTIVE: "text.opinion",
    Kind.ACCUSATION: "text.accusation",
    Kind.HEALTH: "text.health",
    Kind.PROTECTED: "text.private",
}
# What is told first when a text has several: what can do the most harm.
_GRAVEST_FIRST = (Kind.HEALTH, Kind.PROTECTED, Kind.ACCUSATION, Kind.ADJECTIVE)


@dataclass(frozen=True, slots=True)
class Finding:
    """Words that must go: `text[start:end] == words`."""

    kind: Kind
    words: str
    start: int
    end: int

    @property
    def code(self) -> str:
        """The reason that is told."""
        return self.kind.code


class CannotWrite(DomainError):
    """A text says more than what was seen. `facts["words"]` quotes what must go."""


def demand_facts(
    *, text: str, language: str | None = None, names: Collection[str] = (), allowed: Collection[Kind] = ()
) -> None:  # fmt: skip
    """Raise CannotWrite `text.health`, `text.private`, `text.accusation` or `text.opinion` unless the text keeps to facts.

    `language` is "en" or "es"; without it both are looked for, since people write in both. `names` are the names of the
    people that the text may speak of, so that "Rosa is slow" is known from "The belt is slow". `allowed`: kinds that may
    be spoken of in this place.
    """
    found = opinions(text, language, names=names)
    for kind in _GRAVEST_FIRST:
        for one in found:
            if one.kind is kind and kind not in allowed:
                raise CannotWrite(kind.code, words=one.words)


_CLAUSES = re.compile(r"[^.,;:!?\n]+")
_OF_SOMEBODY = ("She is ", "Ella es ")


def demand_seen(*, text: str, names: Collection[str] = ()) -> None:
    """As `demand_facts`, for a text that is about somebody's work and nothing else: a bare "slow" or "Good!" speaks of them.

    So a clause is also judged as the end of "She is …".
    """
    demand_facts(text=text, names=names)
    for clause in _CLAUSES.findall(text):
        for start in _OF_SOMEBODY:
            whole = start + clause.strip()
            for one in opinions(whole):
                if one.end == len(whole):
                    raise CannotWrite(one.code, words=one.words)


def opinions(text: str, language: str | None = None, *, names: Collection[str] = ()) -> tuple[Finding, ...]:
    """Everything in the text that is not an observed fact, in the order of the text; arguments as in `demand_facts`."""
    folded, places = _fold(text)
    if not folded.strip():
        return ()  # and the lists, which take a second to build, are built when there is something to judge
    known = {word for name in names for word in _fold(name)[0].split()}
    found: list[tuple[int, int, Kind]] = []
    lists = [_lists(one) for one in ((language,) if language in LANGUAGES else LANGUAGES)]
    fine = [match.span() for one in lists for match in one.fine.finditer(folded)]
    for one in lists:
        found += _look(folded, one, known, fine)
    spans = [(places[at], places[to - 1] + 1, kind) for at, to, kind in _widest(found)]
    return tuple(Finding(kind, text[start:end], start, end) for start, end, kind in spans)


def _look(folded: str, lists: _Lists, known: Collection[str], fine: list[_Span]) -> Iterator[tuple[int, int, Kind]]:
    for kind, always, of_people, frames in lists.stopped:
        for match in always.finditer(folded):
            if not _within(match.span(), fine):
                yield *match.span(), kind
        for match in of_people.finditer(folded):
            if not _within(match.span(), fine) and any(one.fits(folded, match.span(), known) for one in frames):
                yield *match.span(), kind


def _within(span: _Span, others: list[_Span]) -> bool:
    return any(start <= span[0] and span[1] <= end for start, end in others)


def _widest(found: list[tuple[int, int, Kind]]) -> Iterator[tuple[int, int, Kind]]:
    """One finding a place: the longest, and of two that are as long the graver."""
    kept: list[tuple[int, int, Kind]] = []
    for at, to, kind in sorted(found, key=lambda one: (one[0] - one[1], _GRAVEST_FIRST.index(one[2]))):
        if not any(at < other_to and other_at < to for other_at, other_to, _ in kept):
            kept.append((at, to, kind))
    yield from sorted(kept)


def _fold(text: str) -> tuple[str, list[int]]:
    """The text in small letters, spaces single, accents and invisible characters gone; and where each letter stood."""
    letters: list[str] = []
    places: list[int] = []
    for at, character in enumerate(text):
        for part in unicodedata.normalize("NFKD", character).casefold():
            if part.isspace():
                part = "\n" if part == "\n" else " "
                if not letters or letters[-1] in " \n":
                    continue
            elif unicodedata.combining(part) or unicodedata.category(part) == "Cf":
                continue
            letters.append(part)
            places.append(at)
    return "".join(letters), places


@dataclass(frozen=True, slots=True)
class _Frame:
    """What must stand before and after a word, so that it is said of a person."""

    before: re.Pattern[str]
    after: re.Pattern[str]

    def fits(self, folded: str, span: _Span, known: Collection[str]) -> bool:
        before = self.before.search(folded, max(0, span[0] - _REACH), span[0])
        if before is None or not self.after.match(folded, span[1]):
            return False
        whom = before.groupdict().get("whom")
        return whom is None or whom in known


@dataclass(frozen=True, slots=True)
class _Lists:
    """The compiled words of one language."""

    stopped: tuple[tuple[Kind, re.Pattern[str], re.Pattern[str], tuple[_Frame, ...]], ...]
    fine: re.Pattern[str]


@cache
def _lists(language: str) -> _Lists:
    told: Mapping[str, Any] = tomllib.loads(_WORDING.read_text(encoding="utf-8"))[language]
    classes = {name: _any_of(words, {}) for name, words in told["classes"].items()}
    frames = {kind: tuple(_frame(one, classes) for one in told["frames"].get(kind, [])) for kind in ("all", *Kind)}
    stopped = tuple(
        (kind, _whole(told["always"][kind], classes), _whole(told["of_people"][kind], classes), frames["all"] + frames[kind])
        for kind in Kind
    )
    return _Lists(stopped, _whole(told["trade"]["fine"], classes))


def _frame(phrase: str, classes: Mapping[str, str]) -> _Frame:
    before, after = phrase.split("<it>")
    ahead, behind = "".join(_atoms(before, classes)), "".join(_atoms(after, classes))
    # A beginning ends where the word starts, and what may be missing brings its own space.
    gap = _BETWEEN if any(word != "^" and not word.endswith(">?") for word in before.split()) else ""
    return _Frame(
        re.compile(rf"(?<!\w)(?:{ahead}{gap})\Z"),
        re.compile(rf"{_BETWEEN}(?:{behind})(?!\w)" if behind else ""),
    )


def _whole(phrases: list[str], classes: Mapping[str, str]) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{_any_of(phrases, classes)})(?!\w)")


def _any_of(phrases: list[str], classes: Mapping[str, str]) -> str:
    """One pattern for all phrases. It shares their beginnings, since a plain list of a thousand takes seconds to compile."""
    tree: _Tree = {}
    for phrase in phrases:
        for one in _spelled(phrase):
            at = tree
            for atom in _atoms(one, classes):
                at = at.setdefault(atom, {})
            at[""] = {}
    return _pattern(tree)


def _pattern(tree: _Tree) -> str:
    """Longest first: an end is tried after all that goes on."""
    going_on = [atom + _pattern(below) for atom, below in tree.items() if atom]
    inner = going_on[0] if len(going_on) == 1 and "" not in tree else f"(?:{'|'.join(going_on)})" if going_on else ""
    return inner + "?" if going_on and "" in tree else inner


def _spelled(phrase: str) -> Iterator[str]:
    """ "la{zy,zier}" as "lazy" and "lazier"."""
    braces = _BRACES.search(phrase)
    if braces is None:
        yield _fold(phrase)[0].strip()
        return
    for ending in braces[1].split(","):
        yield from _spelled(phrase[: braces.start()] + ending + phrase[braces.end() :])


def _atoms(phrase: str, classes: Mapping[str, str]) -> Iterator[str]:
    """A phrase in pieces of a pattern. `wording.toml` says what `<class>`, `<class>?`, `~`, `*`, `^` and `<whom>` mean."""
    glue = ""
    for word in phrase.split():
        if word == "~":
            yield _SOME_WORDS
        elif word == "^":
            yield _START
        elif word.endswith(">?"):
            one = classes[word[1:-2]]
            yield rf"(?:{glue}(?:{one}))?" if glue else rf"(?:(?:{one}){_BETWEEN})?"
        else:
            if glue:
                yield glue
            if word == "*":
                yield r"\w+"
            elif word == "<whom>":
                yield r"(?P<whom>\w+)"
            elif word.startswith("<"):
                yield f"(?:{classes[word[1:-1]]})"
            else:
                yield from map(re.escape, word)
            glue = _BETWEEN
