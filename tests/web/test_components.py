"""Components show what they are given, and nothing that happens to have the same name on the page around them."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.template import engines
from django.test import Client
from django_cotton.compiler_regex import CottonCompiler

import skillmark.edges.web
from skillmark.rooms.credentials import operations
from tests.cast import NOW, Firm

WAYS = {
    "note": "<c-note>Read this</c-note>", "icon": '<c-icon name="lock" />', "sign": '<c-sign state="ok" />',
    "logo": "<c-logo />", "empty": '<c-empty title="Nothing yet">Begin</c-empty>',
    "proof": '<c-proof giver="Bramble" title="Forklift">Facts</c-proof>',
}  # fmt: skip
AROUND = ("kind", "icon", "class", "tone", "mark", "person", "heading", "did", "how")
FOLDER = Path(skillmark.edges.web.__file__).parent / "templates" / "cotton"


@pytest.mark.parametrize("way", WAYS)
def test_a_component_takes_nothing_from_the_page_around_it(way: str) -> None:
    page = engines["django"].from_string(CottonCompiler().process(WAYS[way]))
    assert page.render(dict.fromkeys(AROUND, "leaked")) == page.render({})


def test_whatever_a_component_may_do_without_is_declared() -> None:
    """`x|default:` in a component is a value that the page around it could give: `<c-vars>` says the default instead."""
    for path in FOLDER.glob("*.html"):
        assert not re.search(r"\|default:", path.read_text()), path.name


def test_a_note_for_the_screen_stays_off_the_paper() -> None:
    page = engines["django"].from_string(CottonCompiler().process('<c-note kind="warn" class="noprint">Fix it</c-note>'))
    assert page.render({}).startswith('<div class="note warn noprint">')


@pytest.mark.django_db
def test_the_page_of_a_kind_has_no_words_of_it_where_classes_stand(client: Client, firm: Firm) -> None:
    kind = operations.add_ready_template(actor=firm.owner, key="close-line", now=NOW)
    client.force_login(firm.owner_user)
    body = client.get(f"/kinds/{kind.id}").content.decode()
    assert '<div class="note">' in body and "Kind(" not in body
