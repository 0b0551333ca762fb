"""Items, rules by version, links, documents and revisions."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest

from skillmark.errors import DomainError, NotFound
from skillmark.rooms.people import operations as people
from skillmark.rooms.people.operations import CannotDo
from skillmark.rooms.people.rules import Actor, Role
from skillmark.rooms.skills import operations, queries, rules
from tests.cast import NOW, Firm

LONG_AGO, TODAY = date(2020, 1, 1), date(2026, 5, 4)
LATER = NOW + timedelta(hours=1)


def add(actor: Actor, name: str = "First aid", **parts: Any) -> UUID:
    plain: dict[str, Any] = {"kind": "card", "names": {"en": name}, "starts": LONG_AGO, "now": NOW}
    return operations.add_item(actor=actor, **{**plain, **parts}).id


def refused(code: str, door: Callable[[], object]) -> None:
    with pytest.raises(DomainError) as no:
        door()
    assert no.value.code == code


def test_an_item_comes_with_its_rule(firm: Firm) -> None:
    card, skill = add(firm.owner), add(firm.owner, "Mixer", kind="skill", names={"en": " Mixer  3 ", "es": "Mezcladora 3"})
    assert [one.id for one in queries.items(actor=firm.owner)] == [card, skill]
    assert queries.item(actor=firm.owner, item_id=skill).names == {"en": "Mixer 3", "es": "Mezcladora 3"}
    by_item = queries.rules_of(actor=firm.owner, on=TODAY, known_at=NOW)
    assert (by_item[card].trust, by_item[card].own_counts, by_item[card].validity) == ("source", False, {"type": "card_date"})
    assert by_item[skill].own_counts


@pytest.mark.parametrize(
    ("parts", "code"),
    [
        ({"names": {"en": "  "}}, "item.name_missing"),
        ({"names": {}}, "item.name_missing"),
        ({"kind": "medal"}, "item.kind_unknown"),
        ({"look_up": "http://register.example"}, "item.look_up"),
        ({"rule": {"validity": {"type": "eternal"}}}, "rule.validity"),
        ({"rule": {"validity": {"type": "months"}}}, "rule.validity"),
        ({"rule": {"validity": {"type": "months", "months": "24"}}}, "rule.validity"),
        ({"rule": {"validity": {"type": "months", "months": 0}}}, "rule.validity"),
        ({"rule": {"validity": {"type": "months", "months": 601}}}, "rule.validity"),
        ({"rule": {"validity": {"type": "hours", "months": 12}}}, "rule.validity"),
        ({"rule": {"validity": {"type": "hours", "hours": 12}}}, "rule.validity"),
        ({"rule": {"validity": {"type": "alternating", "months": 12}}}, "rule.validity"),
        ({"rule": {"validity": {"type": "alternating", "months": {"class": "x"}}}}, "rule.validity"),
        ({"rule": {"trust": "claimed"}}, "rule.trust"),
        ({"rule": {"stale_days": -1}}, "rule.days"),
        ({"rule": {"due_days": 3651}}, "rule.days"),
        ({"rule": {"lead_days": None}}, "rule.days"),
    ],
)
def test_what_cannot_be_kept(firm: Firm, parts: dict[str, Any], code: str) -> None:
    refused(code, lambda: add(firm.owner, **parts))
    assert queries.items(actor=firm.owner) == []


def test_a_part_that_rules_do_not_have_is_a_mistake_of_ours(firm: Firm) -> None:
    card = add(firm.owner)
    with pytest.raises(TypeError):
        operations.change_rule(actor=firm.owner, item_id=card, starts=TODAY, now=NOW, trsut="photo")


def test_a_rule_holds_from_its_day_and_as_it_was_known(firm: Firm) -> None:
    card = add(firm.owner, rule={"stale_days": 90, "due_days": 30})
    operations.change_rule(actor=firm.owner, item_id=card, starts=TODAY, now=LATER, trust="photo")

    def told(on: date, known_at: Any = LATER) -> tuple[str, int | None]:
        one = queries.rule(actor=firm.owner, item_id=card, on=on, known_at=known_at)
        return one.trust, one.stale_days

    assert (told(TODAY - timedelta(days=1)), told(TODAY), told(TODAY, NOW)) == (("source", 90), ("photo", 90), ("source", 90))
    operations.change_rule(actor=firm.owner, item_id=card, starts=TODAY, now=LATER, trust="signed", stale_days=None)
    assert told(TODAY) == ("signed", None)
    earlier = operations.change_rule(actor=firm.owner, item_id=card, starts=date(2010, 1, 1), now=LATER, lead_days=7)
    assert (earlier.due_days, earlier.trust) == (30, "source")  # what was not named is as in the first version
    assert len(queries.rule_history(actor=firm.owner, item_id=card)) == 4
    with pytest.raises(NotFound):
        queries.rule(actor=firm.owner, item_id=card, on=date(2009, 1, 1), known_at=LATER)


def test_archived_it_leaves_the_lists_once(firm: Firm) -> None:
    card = add(firm.owner)
    operations.archive_item(actor=firm.owner, item_id=card, now=NOW)
    operations.archive_item(actor=firm.owner, item_id=card, now=LATER)
    assert queries.items(actor=firm.owner) == []
    assert [one.archived_at for one in queries.items(actor=firm.owner, archived=True)] == [NOW]


def test_links_make_no_circle(firm: Firm) -> None:
    a, b, c = (add(firm.owner, name) for name in "ABC")

    def link(first: UUID, second: UUID, kind: str = "satisfies", **parts: Any) -> Any:
        return operations.link(
            actor=firm.owner, kind=kind, first_id=first, second_id=second, **{"starts": LONG_AGO, "now": NOW, **parts}
        )

    link(a, b)
    made = link(b, c)
    refused("link.circle", lambda: link(c, a))
    refused("link.circle", lambda: link(a, a))
    refused("link.kind_unknown", lambda: link(a, b, "replaces"))
    refused("link.level", lambda: link(a, b, level_cap=5))
    refused("text.opinion", lambda: link(a, b, reason="Rosa is lazy"))
    link(c, a, "needs_first")
    operations.unlink(actor=firm.owner, link_id=made.id, now=LATER, last=TODAY)
    refused("link.circle", lambda: link(c, a, starts=TODAY))
    link(c, a, starts=TODAY + timedelta(days=1), now=LATER)
    with pytest.raises(NotFound):
        operations.unlink(actor=firm.owner, link_id=made.id, now=LATER)


def test_a_link_ends_or_was_never_there(firm: Firm) -> None:
    a, b = add(firm.owner, "A"), add(firm.owner, "B")
    first = operations.link(actor=firm.owner, kind="satisfies", first_id=a, second_id=b, starts=LONG_AGO, now=NOW)
    again = operations.link(actor=firm.owner, kind="satisfies", first_id=a, second_id=b, starts=TODAY, level_cap=2, now=LATER)

    def told(on: date, known_at: Any = LATER) -> list[int | None]:
        return [one.level_cap for one in queries.links(actor=firm.owner, on=on, known_at=known_at)]

    assert (told(LONG_AGO), told(TODAY), told(TODAY, NOW)) == ([None], [2], [None])
    operations.unlink(actor=firm.owner, link_id=again.id, now=LATER)
    assert (told(TODAY - timedelta(days=1)), told(TODAY)) == ([None], [])
    with pytest.raises(NotFound):
        operations.unlink(actor=firm.owner, link_id=first.id, now=LATER)  # its shorter twin took its place


def test_revisions_by_document(firm: Firm) -> None:
    document = operations.add_document(actor=firm.owner, code=" WI-14 ", now=NOW)
    assert operations.add_document(actor=firm.owner, code="WI-14", now=NOW) == document
    refused("document.code_missing", lambda: operations.add_document(actor=firm.owner, code=" ", now=NOW))

    def raise_(code: str, **parts: Any) -> Any:
        plain: dict[str, Any] = {"effective_from": TODAY, "now": NOW}
        return operations.raise_revision(actor=firm.owner, document_id=document.id, code=code, **{**plain, **parts})

    raise_("D")
    raise_("C", effective_from=LONG_AGO)
    raise_("d", effective_from=TODAY + timedelta(days=9), now=LATER)
    refused("document.code_missing", lambda: raise_(" "))
    refused("rule.days", lambda: raise_("E", grace_days=-1))
    refused("revision.severity", lambda: raise_("E", severity="shout"))
    told = {
        known: [one.code for one in queries.revisions(actor=firm.owner, known_at=known)[document.id]] for known in (NOW, LATER)
    }
    assert told == {NOW: ["C", "D"], LATER: ["C", "d"]}


def test_an_alias_may_mean_two_things(firm: Firm) -> None:
    a, b = add(firm.owner, "A"), add(firm.owner, "B")
    for item_id, text in ((a, "Tarjeta OSHA-10"), (b, "tarjeta  osha 10"), (a, "TARJETA OSHA 10"), (a, " - ")):
        operations.add_alias(actor=firm.owner, item_id=item_id, text=text, origin="person", now=NOW)
    assert queries.aliases(actor=firm.owner) == {"tarjeta osha 10": sorted([a, b])}


@pytest.mark.parametrize(
    ("text", "plain"),
    [("Montacargas (3ª)", "montacargas 3a"), ("  ÑANDÚ ", "nandu"), ("O.S.H.A.-10", "o s h a 10"), ("—", "")],
)
def test_words_are_compared_plainly(text: str, plain: str) -> None:
    assert rules.plain(text) == plain


def test_a_label_in_any_language_is_better_than_none() -> None:
    assert rules.label({"en": "Card", "es": "Tarjeta"}, language="es") == "Tarjeta"
    assert rules.label({"es": "Tarjeta"}, language="en") == "Tarjeta"
    assert rules.label({}, language="en") == ""


def _doors(firm: Firm, item: UUID, document: UUID, actor: Actor) -> list[Callable[[], object]]:
    return [
        lambda: operations.change_item(actor=actor, item_id=item, names={"en": "X"}, now=NOW),
        lambda: operations.change_rule(actor=actor, item_id=item, starts=TODAY, now=NOW, trust="photo"),
        lambda: operations.archive_item(actor=actor, item_id=item, now=NOW),
        lambda: operations.link(actor=actor, kind="satisfies", first_id=item, second_id=item, starts=TODAY, now=NOW),
        lambda: operations.unlink(actor=actor, link_id=uuid4(), now=NOW),
        lambda: operations.raise_revision(actor=actor, document_id=document, code="E", effective_from=TODAY, now=NOW),
        lambda: operations.add_alias(actor=actor, item_id=item, text="x", origin="person", now=NOW),
    ]


def test_nobody_else_gets_in(firm: Firm, other_firm: Firm) -> None:
    item, document = add(firm.owner), operations.add_document(actor=firm.owner, code="WI-14", now=NOW).id
    outsider = other_firm.owner
    doors = _doors(firm, item, document, outsider)
    doors += [
        lambda: queries.item(actor=outsider, item_id=item), lambda: queries.document(actor=outsider, document_id=document),
        lambda: queries.rule(actor=outsider, item_id=item, on=TODAY, known_at=NOW),
        lambda: queries.rule_history(actor=outsider, item_id=item),
    ]  # fmt: skip
    for door in doors:
        with pytest.raises(NotFound):
            door()
    position = people.add_position(actor=outsider, names={"en": "Welder"}, now=NOW)
    with pytest.raises(NotFound):
        operations.link(
            actor=firm.owner, kind="satisfies", first_id=item, second_id=add(firm.owner), position_id=position.id,
            starts=TODAY, now=NOW,
        )  # fmt: skip
    assert queries.items(actor=outsider) == [] and queries.rules_of(actor=outsider, on=TODAY, known_at=NOW) == {}


def test_only_the_owner_says_what_is_asked(firm: Firm) -> None:
    item, document = add(firm.owner), operations.add_document(actor=firm.owner, code="WI-14", now=NOW).id
    for door in _doors(firm, item, document, firm.supervisor)[:-1]:
        with pytest.raises(CannotDo):
            door()
    with pytest.raises(CannotDo):
        _doors(firm, item, document, replace(firm.supervisor, role=Role.AUDITOR))[-1]()
    with pytest.raises(CannotDo):
        add(firm.supervisor)
    with pytest.raises(CannotDo):
        operations.add_document(actor=firm.supervisor, code="X", now=NOW)
