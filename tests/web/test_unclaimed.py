"""Proofs that nobody has kept yet: the list, slips, texts and e-mails, each only when somebody presses it."""

from __future__ import annotations

import io
from datetime import timedelta
from typing import Any

import pypdf
import pytest
from django.test import Client
from django.utils import timezone

from skillmark.rooms.credentials import operations
from skillmark.rooms.credentials.models import Issued, Offer
from skillmark.rooms.journal.models import Entry
from skillmark.rooms.people import operations as people
from tests.public.given import give

pytestmark = pytest.mark.django_db
ASKED = "credentials.offer.email_asked"


@pytest.fixture
def owner(client: Client, firm: Any) -> Client:
    client.force_login(firm.owner_user)
    return client


@pytest.fixture
def proof(firm: Any) -> Any:
    return give(firm=firm)


def mail_to_rosa(firm: Any) -> None:
    people.change_person(
        actor=firm.owner, person_id=firm.person.id, name="Rosa Delgado", phone="", email="rosa@home.example", language="es",
        now=timezone.now(),
    )  # fmt: skip


def test_who_has_not_kept_theirs_the_oldest_first(owner: Client, firm: Any, proof: Any) -> None:
    older = give(firm=firm, key="harness")
    kept, cancelled = give(firm=firm, key="safe-sleep"), give(firm=firm, key="till")
    Issued.objects.filter(id=older.id).update(given_at=timezone.now() - timedelta(days=12, minutes=5))
    Issued.objects.filter(id=kept.id).update(own_org_id=firm.org.id)
    operations.cancel(actor=firm.owner, issued_id=cancelled.id, reason="Lost", now=timezone.now())
    page = owner.get("/proofs/unclaimed").content.decode()
    assert "2 proofs" in page and "given 12 days ago" in page and "given today" in page
    assert page.index(str(older.id)) < page.index(str(proof.id))
    assert str(kept.id) not in page and str(cancelled.id) not in page
    assert "2 not kept yet" in owner.get("/proofs").content.decode()
    assert Offer.objects.filter(closed_at=None).count() == 0  # looking makes no code


def test_nobody_is_left(owner: Client) -> None:
    assert "Everything is kept" in owner.get("/proofs/unclaimed").content.decode()
    assert "not kept yet" not in owner.get("/proofs").content.decode()


def test_slips_for_the_chosen_ones(owner: Client, firm: Any, proof: Any) -> None:
    other = give(firm=firm, key="harness")
    answer = owner.post("/proofs/unclaimed/slips", {"proof": [str(proof.id), "nonsense"]})
    assert answer["Content-Type"] == "application/pdf" and answer["Cache-Control"] == "no-store"
    pages = [page.extract_text() for page in pypdf.PdfReader(io.BytesIO(answer.content)).pages]
    assert "Montacargas" in pages[0]
    made = Offer.objects.get()
    assert made.issued_id == proof.id and not Offer.objects.filter(issued_id=other.id).exists()
    owner.post("/proofs/unclaimed/slips", {"proof": [str(proof.id)]})
    made.refresh_from_db()
    assert made.closed_at is not None  # the slip before stopped working
    nothing = owner.post("/proofs/unclaimed/slips", {"proof": ["x"]}, follow=True)
    assert "Choose at least one person." in nothing.content.decode()
    assert owner.get("/proofs/unclaimed/slips").status_code == 405


def test_an_e_mail_is_shown_before_it_is_sent(owner: Client, firm: Any, proof: Any, settings: Any) -> None:
    settings.EMAIL_IS_SET_UP = True
    mail_to_rosa(firm)
    assert "Remind by e-mail (1)" in owner.get("/proofs/unclaimed").content.decode()
    page = owner.get("/proofs/unclaimed/e-mail").content.decode()
    assert "Send 1 e-mail?" in page and "rosa@home.example" in page and 'lang="es"' in page
    assert "Tallgrass Machine Works le dio un comprobante" in page
    assert not Entry.objects.filter(event=ASKED).exists() and Offer.objects.count() == 0
    chosen = {"proof": [str(proof.id)]}
    assert "Send 1 e-mail?" in owner.post("/proofs/unclaimed/e-mail", chosen).content.decode()
    assert "nobody to send" in owner.post("/proofs/unclaimed/e-mail", {"proof": ["x"]}, follow=True).content.decode()
    assert not Entry.objects.filter(event=ASKED).exists() and Offer.objects.count() == 0
    for said in ("1 e-mail is on its way.", "0 e-mails are on their way."):  # the second press is a slip of the finger
        assert said in owner.post("/proofs/unclaimed/e-mail", chosen | {"sure": "yes"}, follow=True).content.decode()
    assert Entry.objects.filter(event=ASKED).count() == 1


def test_without_e_mail_nobody_is_offered_one(owner: Client, firm: Any, proof: Any) -> None:
    mail_to_rosa(firm)
    assert "e-mail" not in owner.get("/proofs/unclaimed").content.decode().split("<main")[1]
    assert owner.post("/proofs/unclaimed/e-mail", {"sure": "yes"}, follow=True).redirect_chain == [("/proofs/unclaimed", 302)]
    assert not Entry.objects.filter(event=ASKED).exists()


def test_the_outsider_and_the_stranger(firm: Any, other_firm: Any, proof: Any) -> None:
    outsider = Client()
    outsider.force_login(other_firm.owner_user)
    assert str(proof.id) not in outsider.get("/proofs/unclaimed").content.decode()
    outsider.post("/proofs/unclaimed/slips", {"proof": [str(proof.id)]})
    assert Offer.objects.count() == 0
    assert Client().get("/proofs/unclaimed").status_code == 302
