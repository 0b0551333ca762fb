"""A pack comes into a firm whole, once, and as the firm's own."""

from __future__ import annotations

from datetime import date

import pytest

from skillmark import errors
from skillmark.desks import starters
from skillmark.rooms.credentials import operations as credentials
from skillmark.rooms.people import operations as people
from skillmark.rooms.people import queries as people_queries
from skillmark.rooms.skills import operations as skills
from skillmark.rooms.skills import queries as skills_queries
from skillmark.rooms.skills.rules import LinkKind
from skillmark.rooms.talent import queries as talent
from tests.cast import NOW, Firm

pytestmark = pytest.mark.django_db
STARTS = date(2026, 5, 4)


@pytest.mark.parametrize("trade", starters.trades())
def test_all_of_a_pack_comes_in_and_twice_does_not_make_it_double(firm: Firm, trade: str) -> None:
    pack = starters.pack(trade=trade)
    wanted = {item.slug for item in pack.items if not item.health}
    done = starters.adopt(actor=firm.owner, trade=trade, starts=STARTS, now=NOW)
    assert set(done.items) == wanted
    assert set(done.positions) == {position.slug for position in pack.positions}
    needs = sum(need.item in wanted for position in pack.positions for need in position.needs)
    assert len(talent.requirements(actor=firm.owner, on=STARTS)) == needs
    assert len(talent.head_counts(actor=firm.owner, on=STARTS)) == len(pack.covers)
    again = starters.adopt(actor=firm.owner, trade=trade, starts=STARTS, now=NOW)
    assert (again.items, again.positions, again.added) == (done.items, done.positions, 0)
    assert len(talent.requirements(actor=firm.owner, on=STARTS)) == needs


def test_an_item_keeps_its_rule_its_words_and_its_source(firm: Firm) -> None:
    done = starters.adopt(actor=firm.owner, trade="construction", starts=STARTS, now=NOW)
    item = skills_queries.item(actor=firm.owner, item_id=done.items["forklift"])
    rule = skills_queries.rule(actor=firm.owner, item_id=item.id, on=STARTS, known_at=NOW)
    assert item.names == {"en": "Forklift", "es": "Montacargas"}
    assert set(item.explained) == {"giver", "tested", "renewal", "required_by"}  # the hours are not stated
    assert item.sources[0]["read_on"] == "2026-11-25" and "Check your state" in item.note["en"]
    assert rule.validity == {"type": "months", "months": 36} and rule.due_days == 0 and rule.lead_days == 60
    assert rule.trust == "source"
    links = {
        (one.kind, one.first_id, one.second_id) for one in skills_queries.links(actor=firm.owner, on=STARTS, known_at=NOW)
    }
    assert (LinkKind.SATISFIES, done.items["osha-30"], done.items["osha-10"]) in links
    assert (LinkKind.NEEDS_FIRST, done.items["fall-protection"], done.items["harness"]) in links


def test_a_skill_follows_its_document(firm: Firm) -> None:
    done = starters.adopt(actor=firm.owner, trade="manufacturing", starts=STARTS, now=NOW)
    rule = skills_queries.rule(actor=firm.owner, item_id=done.items["five-axis-setup"], on=STARTS, known_at=NOW)
    assert str(rule.document) == "WI-14" and rule.own_counts and rule.grace_days == 14


def test_chosen_positions_bring_what_they_need(firm: Firm) -> None:
    done = starters.adopt(actor=firm.owner, trade="construction", positions=["roofer"], starts=STARTS, now=NOW)
    assert set(done.positions) == {"roofer"}
    for_anybody = {"on-time", "speaks-up", "hands-over"}
    assert set(done.items) == {"osha-10", "fall-protection", "harness", "ladder"} | for_anybody


@pytest.mark.parametrize("trade", starters.trades())
def test_every_skill_of_a_pack_can_be_signed_off_as_it_comes(firm: Firm, trade: str) -> None:
    done = starters.adopt(actor=firm.owner, trade=trade, starts=STARTS, now=NOW)
    skill_ids = {one.slug: done.items[one.slug] for one in starters.pack(trade=trade).items if one.kind == "skill"}
    for slug, item_id in skill_ids.items():
        made = credentials.template_of_item(actor=firm.supervisor, item_id=item_id, now=NOW).current
        assert made is not None and made.steps and set(made.how) == {"en", "es"}, slug


def test_behaviours_are_seen_on_two_shifts(firm: Firm) -> None:
    done = starters.adopt(actor=firm.owner, trade="restaurant", starts=STARTS, now=NOW)
    for slug in ("closes-line", "allergen-hand-off", "on-time", "speaks-up", "hands-over"):
        item = skills_queries.item(actor=firm.owner, item_id=done.items[slug])
        assert (item.behaviour, item.times_seen, item.method) == (True, 2, "observed"), slug
    slicer = skills_queries.item(actor=firm.owner, item_id=done.items["slicer"])
    assert (slicer.behaviour, slicer.times_seen) == (False, 1)


def test_the_five_axis_setup_has_nine_checks_in_levels(firm: Firm) -> None:
    done = starters.adopt(actor=firm.owner, trade="manufacturing", starts=STARTS, now=NOW)
    item = skills_queries.item(actor=firm.owner, item_id=done.items["five-axis-setup"])
    assert (len(item.checklist), item.leveled, item.codes) == (9, True, [])
    cnc = skills_queries.item(actor=firm.owner, item_id=done.items["cnc-operation"])
    assert [one["code"] for one in cnc.codes] == ["51-9161.00"]


def test_what_the_firm_took_out_stays_out(firm: Firm) -> None:
    done = starters.adopt(actor=firm.owner, trade="restaurant", starts=STARTS, now=NOW)
    skills.archive_item(actor=firm.owner, item_id=done.items["slicer"], now=NOW)
    people.archive_position(actor=firm.owner, position_id=done.positions["bartender"], now=NOW)
    starters.adopt(actor=firm.owner, trade="restaurant", starts=STARTS, now=NOW)
    assert done.items["slicer"] not in {one.id for one in skills_queries.items(actor=firm.owner)}
    assert done.positions["bartender"] not in {one.id for one in people_queries.positions(actor=firm.owner)}


def test_who_may_not_and_what_is_not_there(firm: Firm, other_firm: Firm) -> None:
    with pytest.raises(people.CannotDo):
        starters.adopt(actor=firm.supervisor, trade="restaurant", starts=STARTS, now=NOW)
    with pytest.raises(errors.NotFound):
        starters.adopt(actor=firm.owner, trade="bakery", starts=STARTS, now=NOW)
    done = starters.adopt(actor=firm.owner, trade="restaurant", starts=STARTS, now=NOW)
    with pytest.raises(errors.NotFound):
        skills_queries.item(actor=other_firm.owner, item_id=done.items["slicer"])
