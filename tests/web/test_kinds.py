"""Kinds of proof: without what and how there is none; a change leaves given proofs alone; the outsider gets 404."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

import pytest
from django.test import Client

from skillmark.edges.web.forms import kind_details as forms
from skillmark.rooms.credentials import queries, rules
from skillmark.rooms.skills import operations as skills
from tests.public.given import give

pytestmark = pytest.mark.django_db

KIND = {
    "name": "Walk-behind pallet jack",
    "did": "Moved loaded pallets through the aisles.",
    "how": "A lead watched a whole shift.",
    "method": "observed",
    "months": "24",
    "steps": "Lowers the forks first\n\n  Parks with the handle up ",
    "language": "en",
}
PICTURE = {"shape": "shield", "colour": "plum", "icon": "forklift", "words": "Pallet jack"}


@pytest.fixture
def owner(client: Client, firm: Any) -> Client:
    client.force_login(firm.owner_user)
    return client


def test_make_one_and_go_on_to_giving(owner: Client, firm: Any) -> None:
    made = owner.post("/kinds/new", {**KIND, "next": "give"})
    template = queries.templates(actor=firm.owner)[0]
    assert made["Location"] == f"/give/{template.id}"
    assert (template.current.months, template.current.level_asked) == (24, False)
    assert template.current.steps == [{"en": "Lowers the forks first"}, {"en": "Parks with the handle up"}]
    assert "Walk-behind pallet jack" in owner.get("/kinds").content.decode()


@pytest.mark.parametrize(
    ("field", "sentence"),
    [("name", "Give it a short name."), ("did", "Say what the person does."), ("how", "Say how you check it first.")],
)
def test_without_what_and_how_it_cannot_be_made(owner: Client, firm: Any, field: str, sentence: str) -> None:
    answer = owner.post("/kinds/new", {**KIND, field: "  "})
    assert answer.status_code == 400
    assert sentence in answer.content.decode()
    assert queries.templates(actor=firm.owner) == []


def test_a_change_counts_from_the_next_proof_on(owner: Client, firm: Any) -> None:
    proof = give(firm=firm)
    template = queries.templates(actor=firm.owner)[0]
    assert "Sit-down forklift" in owner.get(f"/kinds/{template.id}").content.decode()
    assert "Sit-down forklift" in owner.get(f"/kinds/{template.id}/words").content.decode()
    answer = owner.post(f"/kinds/{template.id}/words", {**KIND, "months": ""})
    assert answer["Location"] == f"/kinds/{template.id}"
    changed = queries.template(actor=firm.owner, template_id=template.id)
    assert (changed.current.number, changed.current.months) == (2, None)
    assert "Montacargas con asiento" in owner.get(f"/proofs/{proof.id}").content.decode()


def test_retire_asks_first_and_keeps_given_proofs(owner: Client, firm: Any) -> None:
    proof = give(firm=firm)
    template = queries.templates(actor=firm.owner)[0]
    assert "still count" in owner.get(f"/kinds/{template.id}/retire").content.decode()
    assert queries.templates(actor=firm.owner) != []
    owner.post(f"/kinds/{template.id}/retire")
    assert queries.templates(actor=firm.owner) == []
    assert "Looks good" in Client().get(f"/verify/{proof.id}").content.decode()


def test_the_page_of_a_kind_shows_what_the_next_employer_will_see(owner: Client, firm: Any) -> None:
    owner.post("/kinds/new", KIND)
    template = queries.templates(actor=firm.owner)[0]
    page = owner.get(f"/kinds/{template.id}").content.decode()
    for words in (
        "Preview. Alex Rivera is made up", "Looks good", KIND["did"], KIND["how"], "Parks with the handle up",
        "Dana Whitlock, 20", "What you write down when you sign", "firms on this server", "Expires",
    ):  # fmt: skip
        assert words in page
    assert queries.proofs(actor=firm.owner) == []


def test_a_picture_is_designed_shown_and_kept(owner: Client, firm: Any) -> None:
    owner.post("/kinds/new", KIND)
    template = queries.templates(actor=firm.owner)[0]
    address = f"/kinds/{template.id}/picture"
    shown = owner.post(address, {**PICTURE, "show": "yes"})
    assert shown.status_code == 200
    assert queries.template(actor=firm.owner, template_id=template.id).current.number == 1
    assert re.search(r'value="shield"[^>]*checked', shown.content.decode())
    assert owner.post(address, PICTURE)["Location"] == f"/kinds/{template.id}"
    current = queries.template(actor=firm.owner, template_id=template.id).current
    assert (current.shape, current.colour, current.icon, current.picture_words) == (
        "shield", "plum", "forklift", {"en": "Pallet jack"}
    )  # fmt: skip


def test_every_part_of_a_picture_has_a_name() -> None:
    assert set(forms.SHAPE_NAMES) == set(rules.SHAPES)
    assert set(forms.COLOUR_NAMES) == set(rules.COLOURS)
    assert set(forms.ICON_NAMES) == set(rules.ICONS)


@pytest.mark.parametrize("change", [{"shape": "star"}, {"icon": "<svg>"}, {"colour": "#fff"}, {"words": "x" * 46}])
def test_a_picture_is_only_of_what_there_is(owner: Client, firm: Any, change: dict[str, str]) -> None:
    owner.post("/kinds/new", KIND)
    template = queries.templates(actor=firm.owner)[0]
    answer = owner.post(f"/kinds/{template.id}/picture", {**PICTURE, **change})
    assert answer.status_code == 400
    assert queries.template(actor=firm.owner, template_id=template.id).current.number == 1


def test_versions_tell_what_changed_and_how_many_proofs_have_the_old_words(owner: Client, firm: Any) -> None:
    give(firm=firm)
    template = queries.templates(actor=firm.owner)[0]
    owner.post(f"/kinds/{template.id}/words", KIND)
    page = owner.get(f"/kinds/{template.id}/versions").content.decode()
    assert "2 versions" in page
    assert "0 proofs given in these words" in page and "1 proof given in these words" in page
    assert "the name, what the person does, how it is checked, the steps" in page
    assert "Sit-down forklift" in page


def _codes(**row: str) -> dict[str, str]:
    return {"form-TOTAL_FORMS": "2", "form-INITIAL_FORMS": "0", **{f"form-0-{name}": value for name, value in row.items()}}


ONET = {
    "framework": "O*NET-SOC", "code": "53-7051.00", "name": "Industrial Truck and Tractor Operators",
    "url": "https://www.onetonline.org/link/summary/53-7051.00",
}  # fmt: skip


def test_the_same_skill_in_other_lists_is_named_and_thanked(owner: Client, firm: Any) -> None:
    owner.post("/kinds/new", KIND)
    template = queries.templates(actor=firm.owner)[0]
    assert owner.post(f"/kinds/{template.id}/lists", _codes(**ONET))["Location"] == f"/kinds/{template.id}"
    page = owner.get(f"/kinds/{template.id}").content.decode()
    assert "Industrial Truck and Tractor Operators" in page
    assert "O*NET® is a trademark of USDOL/ETA." in page
    assert ONET["url"] in owner.get(f"/kinds/{template.id}/lists").content.decode()
    owner.post(f"/kinds/{template.id}/lists", _codes())
    assert queries.template(actor=firm.owner, template_id=template.id).current.codes == []


@pytest.mark.parametrize(
    "change", [{"url": "http://x.example"}, {"url": "javascript:alert(1)"}, {"name": ""}, {"framework": ""}]
)
def test_a_list_without_its_name_or_a_safe_address_is_refused(owner: Client, firm: Any, change: dict[str, str]) -> None:
    owner.post("/kinds/new", KIND)
    template = queries.templates(actor=firm.owner)[0]
    assert owner.post(f"/kinds/{template.id}/lists", _codes(**{**ONET, **change})).status_code == 400
    assert queries.template(actor=firm.owner, template_id=template.id).current.codes == []


def test_a_kind_that_follows_an_item_is_changed_there(owner: Client, firm: Any, now: Any) -> None:
    item = skills.add_item(
        actor=firm.owner, kind="skill", names={"en": "Close the line"}, shows={"en": "Closed the line safely."},
        signing={"method": "observed", "how": {"en": "Watched twice."}, "behaviour": True}, starts=date(2026, 1, 1), now=now,
        explained={"renewal": {"en": "Seen again each year."}},
    )  # fmt: skip
    assert f"/items/{item.id}/proof" in owner.get(f"/items/{item.id}").content.decode()
    address = owner.post(f"/items/{item.id}/proof")["Location"]
    page = owner.get(address).content.decode()
    assert "its words are changed there" in page and f"/items/{item.id}" in page
    assert "on 2 different days" in page and "one person" in page and "Seen again each year." in page
    assert f"{address}/words" not in page and f"{address}/retire" not in page
    for part in ("words", "lists", "retire"):
        assert owner.post(f"{address}/{part}", KIND)["Location"] == address
    assert owner.post(f"{address}/picture", PICTURE)["Location"] == address
    assert "Follows a skill on your list" in owner.get("/kinds").content.decode()
    key = address.rsplit("/", 1)[-1]
    picking = owner.get("/give").content.decode()
    assert f"/give/{key}" not in page + picking and "/sign-off" in page and "Sign off a skill" in picking
    assert owner.get(f"/give/{key}").status_code == owner.post(f"/give/{key}/done").status_code == 404


def test_an_item_that_is_not_signed_off_has_no_kind(owner: Client, firm: Any, now: Any) -> None:
    item = skills.add_item(actor=firm.owner, kind="skill", names={"en": "Close the line"}, starts=date(2026, 1, 1), now=now)
    answer = owner.post(f"/items/{item.id}/proof", follow=True)
    assert "Say how you check it first." in answer.content.decode()
    assert owner.get(f"/items/{item.id}/proof").status_code == 405


def test_a_supervisor_sees_them_and_changes_none(client: Client, firm: Any) -> None:
    give(firm=firm)
    template = queries.templates(actor=firm.owner)[0]
    client.force_login(firm.supervisor_user)
    page = client.get("/kinds").content.decode() + client.get(f"/kinds/{template.id}").content.decode()
    assert f"/give/{template.id}" in page
    for address in ("/kinds/new", *(f"/kinds/{template.id}/{part}" for part in ("words", "picture", "lists", "retire"))):
        assert address not in page
        assert client.post(address, KIND).status_code == 403


def test_the_outsider_gets_404(firm: Any, other_firm: Any) -> None:
    give(firm=firm)
    template = queries.templates(actor=firm.owner)[0]
    outsider = Client()
    outsider.force_login(other_firm.owner_user)
    for path in ("", "/words", "/picture", "/versions", "/lists", "/retire"):
        assert outsider.get(f"/kinds/{template.id}{path}").status_code == 404
        assert outsider.post(f"/kinds/{template.id}{path}", KIND).status_code == 404
    assert queries.templates(actor=firm.owner) != []


def test_an_opinion_is_refused_at_the_field_that_holds_it(owner: Client, firm: Any) -> None:
    answer = owner.post("/kinds/new", {**KIND, "did": "Is a hard worker."})
    assert answer.status_code == 400
    assert 'id="id_did_error"' in answer.content.decode() and queries.templates(actor=firm.owner) == []


@pytest.mark.parametrize("language", ["en", "es"])
def test_what_is_written_is_taken_to_be_in_the_language_of_the_page(owner: Client, language: str) -> None:
    owner.cookies["django_language"] = language
    assert owner.get("/kinds/new").context["form"]["language"].value() == language
