"""Every starter pack is whole: both languages, sources with dates, needs that exist, plain words, steps one can see."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from datetime import date
from urllib.parse import urlsplit

import pytest

from skillmark import errors
from skillmark.desks import starters
from skillmark.rooms.people.rules.facts import demand_facts
from tests.jargon import jargon

PACKS = [starters.pack(trade=trade) for trade in starters.trades()]
ITEMS = [pytest.param(item, id=f"{pack.trade}:{item.slug}") for pack in PACKS for item in pack.items]

# A step is what someone did, not what someone is like.
OPINIONS = re.compile(
    r"\b(good|bad|lazy|careful(ly)?|proper(ly)?|well|nice(ly)?|hard-?working|attitude|professional(ly)?|safely|correctly"
    r"|buen[oa]?s?|mal[oa]?s?|floj[oa]s?|perezos[oa]s?|bien|correctamente|adecuadamente|cuidadosamente|actitud)\b",
    re.IGNORECASE,
)
OFFICIAL = (
    ".gov", "redcross.org", "workzonesafety.org", "nims-skills.org", "aws.org", "nursys.com", "cdacouncil.org", "nrckids.org",
)  # fmt: skip
VALIDITY = {
    "months": {"months"},
    "card_date": set(),
    "no_end": set(),
    "hours": {"hours", "months"},
    "on_revision": set(),
    "disuse": {"months"},
}


def texts(thing: object, where: str = "") -> Iterator[tuple[str, dict[str, str]]]:
    """Every text by language in a pack, with the place where it stands."""
    if is_dataclass(thing):
        for field in fields(thing):
            yield from texts(getattr(thing, field.name), f"{where}.{field.name}")
    elif isinstance(thing, tuple):
        for number, part in enumerate(thing):
            yield from texts(part, f"{where}[{getattr(part, 'slug', number)}]")
    elif isinstance(thing, dict) and not where.endswith(".validity"):
        yield where, thing


TEXTS = [found for pack in PACKS for found in texts(pack, pack.trade)]


def test_the_five_trades_have_packs() -> None:
    assert starters.trades() == ("construction", "manufacturing", "home-care", "restaurant", "childcare")
    with pytest.raises(errors.NotFound):
        starters.pack(trade="../packs/shared")


@pytest.mark.parametrize("pack", PACKS, ids=starters.trades())
def test_a_pack_holds_together(pack: starters.Pack) -> None:
    slugs = [item.slug for item in pack.items]
    assert 8 <= len(slugs) <= 19
    assert len(set(slugs)) == len(slugs)
    assert len(pack.positions) >= 5
    for position in pack.positions:
        assert any(need.must for need in position.needs), position.slug
        assert {need.item for need in position.needs} <= set(slugs), position.slug
        assert len({need.item for need in position.needs}) == len(position.needs), position.slug
        for need in position.needs:
            assert need.level is None or (pack.item(slug=need.item).leveled and need.level in range(1, 5)), need
    used = {need.item for position in pack.positions for need in position.needs}
    behaviours = {item.slug for item in pack.items if item.behaviour}
    assert set(slugs) - used <= behaviours, "an item that nobody needs"
    assert pack.covers
    for cover in pack.covers:
        assert set(cover.items) <= set(slugs)
        assert cover.n >= 1


@pytest.mark.parametrize("pack", PACKS, ids=starters.trades())
@pytest.mark.parametrize("links", ["needs_first", "satisfies"])
def test_no_item_leads_back_to_itself(pack: starters.Pack, links: str) -> None:
    following = {item.slug: set(getattr(item, links)) for item in pack.items}
    assert set().union(*following.values()) <= set(following)
    for start in following:
        reached, waiting = set(), set(following[start])
        while waiting:
            step = waiting.pop()
            assert step != start, f"{start} leads back to itself by {links}"
            if step not in reached:
                reached.add(step)
                waiting |= following[step]


@pytest.mark.parametrize("item", ITEMS)
def test_an_item_states_its_rule_and_where_it_stands(item: starters.PackItem) -> None:
    numbers = {name: value for name, value in item.validity.items() if name != "type"}
    assert VALIDITY[str(item.validity["type"])] == set(numbers)
    assert all(isinstance(value, int) and value > 0 for value in numbers.values())
    assert item.kind in {"licence", "card", "training", "check", "skill"}
    assert item.trust in {"claimed", "photo", "source", "signed"}
    assert item.due_days is None or item.due_days >= 0
    assert item.max_age_days is None or item.max_age_days > 0
    assert min(item.lead_days, item.stale_days) > 0
    assert item.sources or item.behaviour
    for source in item.sources:
        assert isinstance(source.read_on, date)
        assert source.title
        assert source.jurisdiction
    for url in [source.url for source in item.sources] + ([item.look_up] if item.look_up else []):
        parts = urlsplit(url)
        assert parts.scheme == "https"
        assert (parts.hostname or "").endswith(OFFICIAL), url


@pytest.mark.parametrize("item", ITEMS)
def test_a_note_says_that_rules_differ_and_how_the_source_was_read(item: starters.PackItem) -> None:
    if not item.sources:
        assert "No public rule" in item.note["en"] and "Ninguna regla pública" in item.note["es"]
        return
    assert "Check your state" in item.note["en"]
    assert "Compruebe las reglas de su estado" in item.note["es"]
    not_reread = not all(source.reread for source in item.sources)
    assert ("not re-read" in item.note["en"]) is not_reread
    assert ("sin releer" in item.note["es"]) is not_reread


@pytest.mark.parametrize("item", ITEMS)
def test_a_skill_is_a_list_of_steps_that_one_can_see(item: starters.PackItem) -> None:
    assert (4 <= len(item.checklist) <= 9) is (item.kind == "skill")
    assert item.leveled is False or item.kind == "skill"
    found = [step[language] for step in item.checklist for language in step if OPINIONS.search(step[language])]
    assert not found, found


@pytest.mark.parametrize("item", ITEMS)
def test_what_is_about_the_body_is_marked_as_health(item: starters.PackItem) -> None:
    words = re.compile(r"\b(TB|tuberculosis|vaccin\w*|immuniz\w*|hearing test|health exam|cleared to wear|drug test)\b", re.I)
    assert item.health is bool(words.search(item.names["en"]))
    assert not (item.health and item.kind == "skill")


@pytest.mark.parametrize("item", ITEMS)
def test_a_skill_says_how_it_is_signed_off(item: starters.PackItem) -> None:
    assert bool(item.method) is bool(item.how) is (item.kind == "skill")
    assert not item.behaviour or item.kind == "skill"
    for text in (item.how or {}).values():
        demand_facts(text=text)
    for code in item.codes:
        assert code.url == f"https://www.onetonline.org/link/summary/{code.code}" and code.framework and code.name


@pytest.mark.parametrize("pack", PACKS, ids=starters.trades())
def test_every_pack_has_behaviours_to_see_on_two_shifts(pack: starters.Pack) -> None:
    behaviours = {item.slug for item in pack.items if item.behaviour}
    assert {"on-time", "speaks-up", "hands-over"} <= behaviours


def test_the_forklift_record_names_what_the_rule_asks_for() -> None:
    for trade in ("construction", "manufacturing"):
        forklift = starters.pack(trade=trade).item(slug="forklift")
        assert forklift.details == ("training_on", "evaluated_on", "evaluator")
        assert forklift.validity == {"type": "months", "months": 36}


def test_every_text_is_there_in_both_languages() -> None:
    assert len(TEXTS) > 500
    for where, text in TEXTS:
        assert set(text) == {"en", "es"}, where
        assert all(words.strip() == words and words for words in text.values()), where
    # A text that is the same in both is a name that nobody translates, not a translation that was forgotten.
    same = {text["en"] for _, text in TEXTS if text["en"] == text["es"]}
    assert same == {"CDA (Child Development Associate)", "Council for Professional Recognition."}


def test_no_text_uses_a_word_that_people_do_not_know() -> None:
    found = [f"{where}: {word}" for where, text in TEXTS for words in text.values() for word in jargon(words)]
    assert not found, "\n".join(found)


def test_the_scan_would_find_an_opinion() -> None:
    assert OPINIONS.search("Works well and is not lazy")
    assert OPINIONS.search("Trabaja bien")
