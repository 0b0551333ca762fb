"""An inspector pack as a page shows it before it is made: who is complete, which gaps there are, what will be in it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from skillmark.desks.packs import Entry, Pack, Page, Source
from skillmark.desks.packs import wording as said
from skillmark.edges.web import wording


@dataclass(frozen=True)
class Cell:
    """One cell of the table: what it says, under which head; a sign or a level of trust makes it a mark."""

    head: str
    text: str
    sign: str = ""
    trust: str = ""


@dataclass(frozen=True)
class Line:
    """Somebody in the table of those who are complete."""

    page: Page
    about: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True)
class Gap:
    """Somebody who lacks something: each with what, its sign and its word."""

    page: Page
    about: str
    parts: tuple[tuple[str, str, str, str], ...]  # item, words, sign, word


@dataclass(frozen=True)
class Preview:
    """The page. `late` and `later` are sentences below the table; `rules` are (item, rule, sources)."""

    title: str
    counts: str
    known: str
    who: str
    heads: tuple[str, ...]
    lines: tuple[Line, ...]
    late: tuple[str, ...]
    later: tuple[str, ...]
    gaps: tuple[Gap, ...]
    rules: tuple[tuple[str, str, tuple[tuple[str, str, str], ...]], ...]
    files: int
    missing: int


def preview(*, pack: Pack) -> Preview:
    """A pack in the language and the order of dates of the page."""
    single = {entry.item_id for page in pack.pages for entry in page.entries}
    table = _evaluations if len(single) == 1 and single <= set(pack.evaluated) else _single if len(single) == 1 else _several
    lines = tuple(Line(page, said.about(page=page), table(pack, page)) for page in pack.complete)
    who = _("Operator") if table is _evaluations else _("Person")
    return Preview(
        title=said.title(pack=pack, day=_day(pack.choice.on)),
        counts=said.counts(pack=pack),
        known=said.known(pack=pack, moment=_day(pack.choice.on)),
        who=who,
        heads=tuple(cell.head for cell in lines[0].cells) if lines else (),
        lines=lines,
        late=tuple(
            f"{_of(page, entry)}: {said.late(line=line, in_words=_day)}"
            for page in pack.pages for entry in page.entries for line in entry.late
        ),
        later=tuple(
            f"{_of(page, entry)}: {words}"
            for page in pack.pages for entry in page.entries if (words := said.later(entry=entry, in_words=_day))
        ),
        gaps=tuple(Gap(page, said.about(page=page), tuple(_gap(pack, one) for one in page.gaps)) for page in pack.incomplete),
        rules=tuple((one.item, said.rule(line=one), tuple(_source(source) for source in one.sources)) for one in pack.rules),
        files=len(pack.files),
        missing=len(pack.missing),
    )  # fmt: skip


def _evaluations(pack: Pack, page: Page) -> tuple[Cell, ...]:
    """What the record of a truck driver must name."""
    [entry] = page.entries
    held = entry.held
    trained, evaluated, evaluator = (held.trained_on, held.evaluated_on, held.evaluator) if held else (None, None, "")
    return (
        Cell(_("Trained"), _day(trained) if trained else ""), Cell(_("Evaluated"), _day(evaluated) if evaluated else ""),
        Cell(_("Evaluator"), evaluator), *_known(pack, entry),
    )  # fmt: skip


def _single(pack: Pack, page: Page) -> tuple[Cell, ...]:
    [entry] = page.entries
    held = entry.held
    obtained = (held.obtained or held.starts) if held else None
    ends = _day(held.ends) if held and held.ends else _("No end date") if entry.cell.no_end else ""
    return (
        Cell(_("Obtained"), _day(obtained) if obtained else ""), Cell(_("Expires"), ends),
        Cell(_("Giver"), held.giver if held else ""), *_known(pack, entry),
    )  # fmt: skip


def _known(pack: Pack, entry: Entry) -> tuple[Cell, Cell]:
    standing = said.standing(entry=entry, on=pack.choice.on)
    trust = Cell(_("How we know"), said.trust(entry=entry), trust=entry.cell.trust.name.lower() if entry.held else "")
    return trust, Cell(_("State"), standing.word, sign=standing.sign)


def _several(pack: Pack, page: Page) -> tuple[Cell, ...]:
    count = len(page.entries)
    items = ngettext("%(count)s item", "%(count)s items", count) % {"count": count}
    ends = [one.held.ends for one in page.entries if one.held and one.held.ends]
    state = Cell(_("State"), _("Obtained late"), sign="due") if page.late else Cell(_("State"), _("In date"), sign="ok")
    return Cell(_("Items"), items), Cell(_("First to expire"), _day(min(ends)) if ends else ""), state


def _gap(pack: Pack, entry: Entry) -> tuple[str, str, str, str]:
    standing = said.standing(entry=entry, on=pack.choice.on)
    sign = "bad" if standing.sign == "none" else standing.sign
    return entry.item, said.gap(entry=entry, on=pack.choice.on, in_words=_day), sign, standing.word


def _source(source: Source) -> tuple[str, str, str]:
    """(title, address, when somebody read it)."""
    try:
        read_on = _day(date.fromisoformat(source.read_on))
    except ValueError:
        read_on = ""
    return source.title or source.url, source.url, read_on


def _of(page: Page, entry: Entry) -> str:
    return f"{page.person.name}, {entry.item}"


def _day(day: date) -> str:
    return wording.day(day=day)
