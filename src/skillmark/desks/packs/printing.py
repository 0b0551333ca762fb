"""The pack on paper: index, tables of training and evaluation, a page for each person, gaps, rules."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from uuid import UUID

from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from skillmark.desks import papers
from skillmark.desks.packs import wording
from skillmark.desks.packs.shape import Entry, File, Pack, Page
from skillmark.desks.papers import press

Data = dict[str, object]


def pdf(*, pack: Pack, pictures: Mapping[UUID, bytes], made_at: datetime, made_by: str, language: str) -> bytes:
    """A PDF for Letter and A4. `pictures` are small SVGs by the id of their file; `made_at` is told in the pack's zone."""
    language = press.known(language)
    with translation.override(language):
        return papers.pack(data=_data(pack, pictures, made_at, made_by, language), pictures=_named(pictures))


def _named(pictures: Mapping[UUID, bytes]) -> dict[str, bytes]:
    return {f"{id_}.svg": body for id_, body in pictures.items()}


def _data(pack: Pack, pictures: Mapping[UUID, bytes], made_at: datetime, made_by: str, language: str) -> Data:
    def told(day: date) -> str:
        return press.in_words(day=day, language=language)

    on = pack.choice.on
    moment = pack.choice.known_at
    head = wording.title(pack=pack, day=told(on))
    by_item = {item_id: [(page, one) for page in pack.pages for one in page.entries if one.item_id == item_id]
               for item_id in pack.evaluated}  # fmt: skip
    made = press.in_words(day=made_at, language=language, time_zone=pack.time_zone)
    return {
        "lang": language,
        "document_title": f"{head} – {pack.firm}",
        "day": [on.year, on.month, on.day],
        "head": head,
        "firm": pack.firm,
        "about": [one for one in (
            " · ".join(one for one in (pack.site, pack.position) if one), wording.counts(pack=pack),
            wording.known(pack=pack, moment=press.in_words(day=moment, language=language, time_zone=pack.time_zone)
                          if moment else ""),
            _("Made %(day)s by %(name)s") % {"day": made, "name": made_by},
        ) if one],
        "foot": f"{pack.firm} · {head}",
        "words": {
            "page": _("Page"), "index": _("Index"), "person": _("Person"), "items": _("Items"), "state": _("State"),
            "gaps": _("Gaps"), "rules": _("Rules"), "missing": _("Files that are missing"),
            "no_gaps": _("No gaps on that day."), "none": _("Nobody matches what was chosen."), "rule": _("Rule"),
            "source": _("Source"), "item": _("Item"), "what": _("What is missing"), "late": _("Obtained late"),
            "check_state": _("Rules differ from state to state. Check with your state."),
        },
        "index": [_index_line(number, page, on) for number, page in enumerate(pack.pages, 1)],
        "evaluated": [_evaluation(by_item[item_id], on, told) for item_id in pack.evaluated],
        "people": [_page(number, page, on, pictures, told) for number, page in enumerate(pack.pages, 1)],
        "gaps": [
            {"person": page.person.name, "label": f"p{number}", "item": one.item,
             "words": wording.gap(entry=one, on=on, in_words=told)}
            for number, page in enumerate(pack.pages, 1)
            for one in page.gaps
        ],
        "missing": wording.missing(pack=pack),
        "rules": [
            {"item": one.item, "rule": wording.rule(line=one),
             "sources": [{"title": source.title or source.url, "url": source.url, "read": _read(source.read_on, told),
                          "where": source.jurisdiction} for source in one.sources]}
            for one in pack.rules
        ],
    }  # fmt: skip


def _index_line(number: int, page: Page, on: date) -> Data:
    gaps = len(page.gaps)
    words = _("Complete") if page.complete else ngettext("%(count)s gap", "%(count)s gaps", gaps) % {"count": gaps}
    if page.complete and page.late:
        words = _("Complete – obtained late")
    sign = "bad" if gaps else "warn" if page.late else "ok"
    return {"label": f"p{number}", "name": page.person.name, "about": wording.about(page=page), "sign": sign, "words": words,
            "items": len(page.entries)}  # fmt: skip


def _evaluation(found: Sequence[tuple[Page, Entry]], on: date, told: wording.InWords) -> Data:
    rows = []
    for page, entry in found:
        held = entry.held
        standing = wording.standing(entry=entry, on=on)
        day = [told(one) if one else "–" for one in ((held.trained_on, held.evaluated_on) if held else (None, None))]
        evaluator = held.evaluator if held and held.evaluator else "–"
        late = [wording.late(line=one, in_words=told) for one in entry.late]
        rows.append(
            {"name": page.person.name, "about": ", ".join(page.positions), "trained": day[0], "evaluated": day[1],
             "evaluator": evaluator, "trust": wording.trust(entry=entry) or "–", "sign": _sign(standing.sign),
             "words": standing.word, "late": late}
        )  # fmt: skip
    heads = [_("Operator"), _("Trained"), _("Evaluated"), _("Evaluator"), _("How we know"), _("State")]
    head = _("%(item)s: training and evaluation") % {"item": found[0][1].item if found else ""}
    return {"head": head, "heads": heads, "rows": rows}


def _page(number: int, page: Page, on: date, pictures: Mapping[UUID, bytes], told: wording.InWords) -> Data:
    then = _("Called %(name)s then") % {"name": page.then} if page.then else ""
    return {
        "label": f"p{number}",
        "name": page.person.name,
        "about": " · ".join(one for one in (wording.about(page=page), then) if one),
        "items": [_entry(entry, on, pictures, told) for entry in page.entries],
    }


def _entry(entry: Entry, on: date, pictures: Mapping[UUID, bytes], told: wording.InWords) -> Data:
    standing = wording.standing(entry=entry, on=on)
    return {
        "name": entry.item,
        "sign": _sign(standing.sign),
        "words": standing.word,
        "facts": _facts(entry, told),
        "gap": wording.gap(entry=entry, on=on, in_words=told) if entry.gap else "",
        "exempt": _("Exempt: %(reason)s") % {"reason": entry.exempt_because} if entry.exempt_because else "",
        "late": [wording.late(line=one, in_words=told) for one in entry.late],
        "later": wording.later(entry=entry, in_words=told),
        "pictures": [
            {"file": f"{file.id}.svg", "alt": _picture(file, entry, told)} for file in entry.files if file.id in pictures
        ],
        "files": [file.name.rsplit("/", 1)[-1] for file in entry.files],
    }


def _facts(entry: Entry, told: wording.InWords) -> list[tuple[str, str]]:
    held = entry.held
    if held is None:
        return []
    ends = told(held.ends) if held.ends else _("No end date") if entry.cell.no_end else ""
    obtained = held.obtained or held.starts
    facts = [
        (_("Obtained"), told(obtained) if obtained else ""), (_("Expires"), ends),
        (_("How we know"), wording.trust(entry=entry)), (_("Looked up"), wording.look_up(entry=entry, in_words=told)),
        (_("Trained"), told(held.trained_on) if held.trained_on else ""),
        (_("Evaluated"), told(held.evaluated_on) if held.evaluated_on else ""), (_("Evaluator"), held.evaluator),
        (_("Giver"), held.giver), (_("Number on it"), held.number), (_("Revision"), held.revision),
        (_("Language taught"), wording.language(held.language_taught) if held.language_taught else ""),
        (_("How understanding was checked"), held.understanding), (_("Note"), held.note),
    ]  # fmt: skip
    return [(label, press.breakable(value)) for label, value in facts if value]


def _picture(file: File, entry: Entry, told: wording.InWords) -> str:
    if file.kind == "look_up":
        return _("Screenshot of the look-up of %(item)s") % {"item": entry.item}
    return _("Photo of %(item)s") % {"item": entry.item}


def _read(day: str, told: wording.InWords) -> str:
    try:
        return _("read %(day)s") % {"day": told(date.fromisoformat(day))}
    except ValueError:
        return ""


def _sign(sign: str) -> str:
    """The four shapes that paper has."""
    return {"due": "warn", "photo": "warn", "miss": "bad", "none": "unk"}.get(sign, sign)
