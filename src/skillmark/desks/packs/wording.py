"""The sentences of a pack, in the language of the moment: on the page, on paper, in the table."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from skillmark.desks import states
from skillmark.desks.packs.shape import Entry, LateLine, Pack, Page, RuleLine

InWords = Callable[[date], str]
LANGUAGES = {"en": gettext_lazy("English"), "es": gettext_lazy("Spanish")}
LACKS = {
    "trained": gettext_lazy("No training date on file."),
    "evaluated": gettext_lazy("No evaluation on file."),
    "evaluator": gettext_lazy("No evaluator named."),
}
_TRUSTS = {
    "photo": gettext_lazy("An approved photo is enough"),
    "source": gettext_lazy("Checked at the source, or signed"),
    "signed": gettext_lazy("Only a signed one counts"),
}


@dataclass(frozen=True, slots=True)
class Standing:
    """How an entry stands: a sign (ok, due, warn, bad, miss, photo, unk, none) and words."""

    sign: str
    word: str


def title(*, pack: Pack, day: str) -> str:
    """ "Forklift on 3 March 2026"."""
    what = pack.choice.standard or _("Records")
    return _("%(what)s on %(day)s") % {"what": what, "day": day}


def counts(*, pack: Pack) -> str:
    """ "5 people, 4 complete, 1 gap."."""
    people, gaps = len(pack.pages), sum(len(page.gaps) for page in pack.pages)
    parts = [
        ngettext("%(count)s person", "%(count)s people", people) % {"count": people},
        _("%(count)s complete") % {"count": len(pack.complete)},
        ngettext("%(count)s gap", "%(count)s gaps", gaps) % {"count": gaps},
    ]
    return ", ".join(parts) + "."


def known(*, pack: Pack, moment: str) -> str:
    """What the pack rests on: all that is known now, or only what was written down by then."""
    if pack.choice.known_at is None:
        return _("How the records stand for that day. What was written down later is marked.")
    return _("Only what was written down by %(moment)s.") % {"moment": moment}


def standing(*, entry: Entry, on: date) -> Standing:
    """Sign and word of an entry; what counts but came late says that it came late."""
    said = states.said(cell=entry.cell, on=on, first=entry.first)
    if entry.lacks and entry.gap and entry.cell.compliant:
        return Standing("miss", _("Not complete"))
    if entry.late and entry.cell.compliant:
        return Standing("due", _("In date – obtained late") if said.sign in {"ok", "due"} else said.word)
    return Standing(said.sign, said.word)


def late(*, line: LateLine, in_words: InWords) -> str:
    """ "Due 1 June 2024, obtained 9 June 2024: 8 days late. Note: kept off the truck. (D. Whitlock)"."""
    days = (line.obtained - line.due_on).days
    said = ngettext(
        "Due %(due)s, obtained %(got)s: %(days)s day late.", "Due %(due)s, obtained %(got)s: %(days)s days late.", days
    ) % {"due": in_words(line.due_on), "got": in_words(line.obtained), "days": days}
    notes = [_("Note: %(text)s (%(name)s)") % {"text": text, "name": name} for text, name in line.notes]
    return " ".join([said, *(notes or [_("No note on it.")])])


def later(*, entry: Entry, in_words: InWords) -> str:
    """That it was written down or corrected after the day; else nothing."""
    if entry.held is None or entry.held.written_later is None:
        return ""
    day = {"day": in_words(entry.held.written_later)}
    return (
        _("Corrected %(day)s, after this day.") % day if entry.held.corrected else _("Recorded %(day)s, after this day.") % day
    )


def gap(*, entry: Entry, on: date, in_words: InWords) -> str:
    """What is missing of an entry, with the dates that there are."""
    held = entry.held
    if entry.lacks and entry.cell.compliant:
        trained = [_("Trained %(day)s.") % {"day": in_words(held.trained_on)}] if held and held.trained_on else []
        return " ".join([*trained, *(str(LACKS[one]) for one in entry.lacks)])
    said = states.said(cell=entry.cell, on=on, first=entry.first)
    if entry.cell.state == "expired" and entry.cell.ends:
        return _("Expired %(day)s.") % {"day": in_words(entry.cell.ends)}
    if entry.cell.state == "missing":
        return _("Nothing on file for that day.")
    return f"{said.word} – {said.detail}." if said.detail else f"{said.word}."


def look_up(*, entry: Entry, in_words: InWords) -> str:
    """Who looked it up and when; empty if nobody did."""
    found = entry.held.look_up if entry.held else None
    if found is None:
        return ""
    facts = {"name": found.by, "day": in_words(found.day)}
    if not found.confirmed:
        return _("%(day)s by %(name)s: the source did not confirm it") % facts
    return _("%(day)s by %(name)s") % facts


def trust(*, entry: Entry) -> str:
    """How well it was checked; empty where there is nothing."""
    if entry.held is None:
        return ""
    return states.trust_in_words(trust=entry.cell.trust, giver=entry.cell.giver, own=entry.cell.own)


def language(code: str) -> str:
    """The name of a language."""
    return str(LANGUAGES.get(code, code))


def about(*, page: Page) -> str:
    """Position, site, number."""
    number = _("No. %(number)s") % {"number": page.person.number} if page.person.number else ""
    return " · ".join(one for one in (", ".join(page.positions), ", ".join(page.sites), number) if one)


def missing(*, pack: Pack) -> list[tuple[str, str]]:
    """(person, what) for every file that there should be and is not."""
    return [
        (page.person.name, _("%(item)s: the file is gone or damaged") % {"item": entry.item} if name
         else _("%(item)s: no photo or file on record") % {"item": entry.item})
        for page, entry, name in pack.missing
    ]  # fmt: skip


def rule(*, line: RuleLine) -> str:
    """How long it counts and how it must be checked."""
    lasts = _validity(dict(line.validity))
    return f"{lasts}. {_TRUSTS[line.trust]}." if line.trust in _TRUSTS else f"{lasts}."


def _validity(validity: dict[str, object]) -> str:
    months = validity.get("months")
    span = _span(months) if isinstance(months, int) else ""
    kind = str(validity.get("type"))
    return {
        "months": _("%(span)s from the day it was got") % {"span": span},
        "no_end": _("For good"),
        "hours": _("%(hours)s hours within %(span)s") % {"hours": f"{float(str(validity.get('hours', 0))):g}", "span": span},
        "disuse": _("%(span)s after it was last used") % {"span": span},
        "on_revision": _("Until the instruction changes"),
        "alternating": _("By how it was renewed last"),
    }.get(kind, _("Until the date on the card"))


def _span(months: int) -> str:
    if months % 12 == 0:
        return ngettext("%(n)s year", "%(n)s years", months // 12) % {"n": months // 12}
    return ngettext("%(n)s month", "%(n)s months", months) % {"n": months}
