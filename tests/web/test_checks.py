"""What a firm has checked: kept, listed, checked again, watched, forgotten; the outsider gets 404 everywhere."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from skillmark.desks import checking
from skillmark.rooms.credentials import operations, queries
from skillmark.rooms.journal import operations as journal
from tests.public import foreign
from tests.public.given import give

pytestmark = pytest.mark.django_db


@pytest.fixture
def owner(client: Client, firm: Any) -> Client:
    client.force_login(firm.owner_user)
    return client


@pytest.fixture
def supervisor(firm: Any) -> Client:
    client = Client()
    client.force_login(firm.supervisor_user)
    return client


def keep(firm: Any, body: bytes, *, name: str = "proof.json") -> Any:
    return checking.check_and_keep(actor=firm.supervisor, kind="file", name=name, body=body, now=timezone.now())[0]


def page(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def test_an_empty_list_says_what_to_do(owner: Client) -> None:
    said = page(owner, "/checks")
    assert "Nothing checked yet" in said and said.count('class="btn go') == 1


def test_checks_belong_under_check_where_the_bar_has_four_places(owner: Client) -> None:
    shown = page(owner, "/checks")
    bar = shown[shown.index('<nav class="bar"') :]
    assert bar.count("<a ") == 4 and 'href="/check" aria-current="page"' in bar
    side = shown[shown.index('<nav class="side"') : shown.index("</nav>", shown.index('<nav class="side"'))]
    assert 'href="/checks" aria-current="page"' in side and 'href="/check" aria-current' not in side


def test_a_check_is_kept_and_shown_where_it_is_kept(supervisor: Client, firm: Any) -> None:
    answer = supervisor.post("/check", {"file": SimpleUploadedFile("card.json", foreign.proof())}, follow=True)
    [kept] = queries.checks(actor=firm.owner)
    assert answer.redirect_chain[-1][0] == f"/checks/{kept.id}"
    shown = answer.content.decode()
    assert "Be careful" in shown and "Kept in your checks" in shown and "by Walt Jensen" in shown
    assert "Nothing you gave us was kept" not in shown
    assert kept.item.name == "card.json" and len(queries.history_of(actor=firm.owner, item_id=kept.item_id)) == 1


def test_what_is_kept_cannot_be_forged_from_another_site(firm: Any) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(firm.owner_user)
    assert strict.post("/check", {"text": "hello"}).status_code == 403
    assert queries.checks(actor=firm.owner) == []
    token = re.search(r'data-check><input type="hidden" name="csrfmiddlewaretoken" value="(\w+)"', page(strict, "/check"))
    assert token is not None
    assert strict.post("/check", {"text": "hello", "csrfmiddlewaretoken": token[1]}).status_code == 302


def test_the_list_is_narrowed_by_answer_and_words(owner: Client, firm: Any) -> None:
    good, careful = keep(firm, bytes(give(firm=firm).document)), keep(firm, foreign.proof(), name="college.json")
    shown = page(owner, "/checks")
    assert "All 2" in shown and "Looks good 1" in shown and "Be careful 1" in shown and "We couldn’t tell" not in shown
    only = page(owner, "/checks?answer=careful")
    assert str(careful.id) in only and str(good.id) not in only
    found = page(owner, "/checks?q=prairie")
    assert str(careful.id) in found and str(good.id) not in found
    nobody = owner.get("/checks", {"q": "<b>zz"}).content.decode()
    assert "Nothing found" in nobody and "&lt;b&gt;zz" in nobody
    assert owner.get("/checks?answer=nonsense").status_code == 200
    assert owner.get("/checks?after=nonsense").status_code == 404


def test_older_checks_follow_on_the_next_page(owner: Client, firm: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    from skillmark.edges.web.views import checks

    monkeypatch.setattr(checks, "PAGE", 2)
    kept = [keep(firm, f"no proof {number}".encode(), name=f"{number}.txt") for number in range(3)]
    first = page(owner, "/checks")
    assert [str(one.id) in first for one in kept] == [False, True, True]
    following = re.search(r'href="(\?answer=&amp;after=[^"]+)"', first)
    assert following is not None
    second = page(owner, "/checks" + following[1].replace("&amp;", "&"))
    assert [f"/checks/{one.id}" in second for one in kept] == [True, False, False]


def test_an_answer_stays_as_it_was_said_and_the_next_one_stands_beside_it(owner: Client, firm: Any) -> None:
    proof = give(firm=firm)
    before = keep(firm, bytes(proof.document))
    operations.cancel(actor=firm.owner, issued_id=proof.id, reason="Given by mistake", now=timezone.now())
    assert "Looks good" in page(owner, f"/checks/{before.id}")
    answer = owner.post(f"/checks/{before.id}/again", follow=True)
    shown = answer.content.decode()
    assert "has cancelled this" in shown and "Other answers about it" in shown
    old = page(owner, f"/checks/{before.id}")
    assert "This is an older answer." in old and "before: Looks good" in old
    assert '<h1 id="verdict-1" tabindex="-1" autofocus>Looks good</h1>' in old


def test_of_many_answers_the_latest_and_the_changes_are_shown(
    owner: Client, firm: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    from skillmark.edges.web import checks

    monkeypatch.setattr(checks, "LATEST", 2)
    proof = give(firm=firm)
    rounds = [keep(firm, bytes(proof.document)) for _ in range(2)]
    operations.cancel(actor=firm.owner, issued_id=proof.id, reason="Given by mistake", now=timezone.now())
    rounds += [keep(firm, bytes(proof.document)) for _ in range(4)]
    shown = page(owner, f"/checks/{rounds[-1].id}")
    assert [f'href="/checks/{one.id}"' in shown for one in rounds] == [False, False, True, False, True, False]


def test_several_proofs_are_answered_one_by_one_with_a_list_on_top(owner: Client, firm: Any) -> None:
    import io
    import zipfile

    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("one.json", foreign.proof())
        archive.writestr("two.json", foreign.altered())
        archive.writestr("three.json", bytes(give(firm=firm).document))
    shown = page(owner, f"/checks/{keep(firm, packed.getvalue(), name='all.zip').id}")
    assert "There are 3 proofs in here; here is each one" in shown
    assert all(f'href="#proof-{number}"' in shown and f'id="proof-{number}"' in shown for number in (1, 2, 3))
    ids = re.findall(r'\sid="([^"]+)"', shown)
    assert len(ids) == len(set(ids))


def test_only_the_owner_trusts_a_giver_and_then_it_is_checked_again(owner: Client, supervisor: Client, firm: Any) -> None:
    kept = keep(firm, foreign.proof())
    address = f"/checks/{kept.id}/trust"
    assert "Before you trust this giver" in page(owner, f"/checks/{kept.id}")
    assert "Before you trust this giver" not in page(supervisor, f"/checks/{kept.id}")
    assert supervisor.post(address, {"how": "called"}).status_code == 403
    refused = owner.post(address, {})
    assert refused.status_code == 400 and "Choose how you know them." in refused.content.decode()
    assert queries.givers(actor=firm.owner) == []
    shown = owner.post(address, {"how": "called", "words": "Ms. Lane, front office"}, follow=True).content.decode()
    assert "Looks good" in shown and "Prairie Valley College is on your list now." in shown
    [giver] = queries.givers(actor=firm.owner)
    assert giver.issuer == foreign.SCHOOL.did and giver.reason.endswith("found myself: Ms. Lane, front office")


def test_what_is_altered_offers_nobody_to_trust(owner: Client, firm: Any) -> None:
    kept = keep(firm, foreign.altered())
    assert "Before you trust this giver" not in page(owner, f"/checks/{kept.id}")
    owner.post(f"/checks/{kept.id}/trust", {"how": "called"})
    assert queries.givers(actor=firm.owner) == []


def test_watching_is_switched_on_and_off(owner: Client, firm: Any) -> None:
    kept = keep(firm, foreign.proof())
    assert "Tell me when this changes" in page(owner, f"/checks/{kept.id}")
    assert "We check it every day" in owner.post(f"/checks/{kept.id}/watch", {"on": "yes"}, follow=True).content.decode()
    assert queries.checked_item(actor=firm.owner, item_id=kept.item_id).watched
    assert "watched" in page(owner, "/checks")
    owner.post(f"/checks/{kept.id}/watch", {"on": "no"})
    assert not queries.checked_item(actor=firm.owner, item_id=kept.item_id).watched


def test_forgetting_is_asked_first_and_final(owner: Client, supervisor: Client, firm: Any) -> None:
    kept = keep(firm, foreign.proof())
    address = f"/checks/{kept.id}/forget"
    assert supervisor.get(address).status_code == 403
    assert "are deleted for good" in page(owner, address) or "is deleted for good" in page(owner, address)
    assert queries.checks(actor=firm.owner) != []
    assert "Forgotten." in owner.post(address, follow=True).content.decode()
    assert queries.checks(actor=firm.owner) == [] and owner.get(f"/checks/{kept.id}").status_code == 404


def test_home_tells_when_a_watched_answer_changed(owner: Client, firm: Any) -> None:
    proof = give(firm=firm)
    kept = keep(firm, bytes(proof.document))
    operations.watch(actor=firm.owner, item_id=kept.item_id, on=True, now=timezone.now())
    assert "changed" not in page(owner, "/")
    operations.cancel(actor=firm.owner, issued_id=proof.id, reason="Given by mistake", now=timezone.now())
    checking.recheck(actor=firm.supervisor, item_id=kept.item_id, now=timezone.now())
    shown = page(owner, "/")
    assert "The answer about Rosa Delgado changed" in shown and "before: Looks good" in shown


def test_every_event_of_checks_has_its_words(owner: Client, firm: Any) -> None:
    kept = keep(firm, foreign.proof())
    operations.watch(actor=firm.owner, item_id=kept.item_id, on=True, now=timezone.now())
    operations.watch(actor=firm.owner, item_id=kept.item_id, on=False, now=timezone.now())
    owner.post(f"/checks/{kept.id}/trust", {"how": "called"})
    operations.forget_item(actor=firm.owner, item_id=kept.item_id, now=timezone.now())
    operations.start_batch(actor=firm.owner, name="May", rows=[("x", "problem", b"rows.no_link")], now=timezone.now())
    shown = page(owner, "/settings/history")
    assert "Trusted as a giver from now on: Prairie Valley College" in shown
    assert "Something was noted" not in shown
    journal.write(
        org_id=firm.org.id, actor="x", actor_id="x", event="a.new.one", subject_id=kept.id, now=timezone.now(), data={}
    )
    assert "Something was noted (a.new.one)" in page(owner, "/settings/history")


@pytest.mark.parametrize("path", ["", "/again", "/watch", "/trust", "/forget", "/receipt.pdf"])
def test_the_outsider_gets_404(firm: Any, other_firm: Any, path: str) -> None:
    kept = keep(firm, foreign.proof())
    outsider = Client()
    outsider.force_login(other_firm.owner_user)
    address = f"/checks/{kept.id}{path}"
    assert outsider.get(address).status_code in (404, 405)
    assert outsider.post(address, {"how": "called", "on": "yes"}).status_code in (404, 405)
    assert "Prairie Valley" not in outsider.get("/checks").content.decode()
    assert len(queries.history_of(actor=firm.owner, item_id=kept.item_id)) == 1
    assert queries.givers(actor=firm.owner) == [] == queries.givers(actor=other_firm.owner)
