"""The same proof in other forms: made once, good on its own, cancelled with the rest."""

from __future__ import annotations

import json
import uuid
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest

from credcore.codec import jose, multibase
from credcore.errors import UnavailableError
from credcore.ports import Fetched, FetchKind
from credcore.proofs import sd_jwt, sd_jwt_making
from credcore.trust import TrustEntry, TrustList
from credcore.verify import Report, Verdict, Verifier
from skillmark.errors import NotFound
from skillmark.rooms.credentials import operations, queries, rules
from skillmark.rooms.credentials.models import IssuedForm, TokenList
from skillmark.rooms.journal.models import Entry
from skillmark.rooms.signing import operations as signing
from tests.cast import NOW, Firm

ADDRESS = "https://proofs.tallgrass.example"
LATER = NOW + timedelta(minutes=5)
FORMS = ("jwt", "sd-jwt", "code")

pytestmark = pytest.mark.django_db


def our_server(now: datetime) -> Callable[..., Fetched]:
    """What our own addresses answer, and nothing else."""

    def fetch(url: str, *, kind: FetchKind) -> Fetched:
        body = queries.answer_own(url=url, now=now)
        if body is None:
            raise UnavailableError("fetch.offline", url)
        return Fetched(url, body, "application/octet-stream", now)

    return fetch


def offline(url: str, *, kind: FetchKind) -> Fetched:
    raise UnavailableError("fetch.offline", url)


def check(data: bytes, proof: Any, *, fetch: Callable[..., Fetched] | None = None) -> Report:
    """As somebody who knows the giver."""
    known = TrustList("Our list", (TrustEntry(proof.payload["issuer"]["id"], proof.giver),))
    return Verifier(fetch=fetch or our_server(LATER), trust=[known]).check(data, now=LATER)


def altered(token: bytes) -> bytes:
    """The same about another skill."""
    head, payload, rest = token.split(b".", 2)
    said = json.loads(multibase.decode("u" + payload.decode()))
    said["title"] = "Crane operator"
    return b".".join([head, multibase.encode(json.dumps(said).encode(), base="u")[1:].encode(), rest])


@pytest.fixture
def proof(firm: Firm) -> Any:
    return _give(firm)


@pytest.fixture
def public_proof(firm: Firm) -> Any:
    """Of a firm with a public address."""
    firm.org.base_url = ADDRESS
    firm.org.save()
    return _give(firm)


def _give(firm: Firm) -> Any:
    template = operations.add_ready_template(actor=firm.owner, key="forklift", now=NOW)
    seen = [rules.Seen(on=NOW.date(), by="Walt Jensen", seen="Stacked four high", steps=("Checks the forks",))]
    return operations.give(
        actor=firm.owner, person_id=firm.person.id, template_id=template.id, observed_on=NOW.date(), evidence=seen,
        request_key=str(uuid.uuid4()), now=NOW,
    )  # fmt: skip


@pytest.mark.parametrize("form", FORMS)
def test_a_form_is_good_and_the_same_ever_after(proof: Any, form: str) -> None:
    body = operations.form_of(issued_id=proof.id, form=form, now=NOW)
    report = check(body, proof)
    assert report.verdict is Verdict.GOOD, report.summary()
    assert report.credential is not None
    assert report.credential.subject.name == "Rosa Delgado"
    assert report.credential.issuer.id == json.loads(bytes(proof.document))["issuer"]["id"]
    assert report.credential.id == proof.id.urn
    assert report.credential.valid_until is not None
    assert abs(report.credential.valid_until - proof.valid_until) < timedelta(seconds=1)
    assert operations.form_of(issued_id=proof.id, form=form, now=LATER) == body
    assert IssuedForm.objects.count() == 1
    assert Entry.objects.filter(event="credentials.form.made").count() == 1


@pytest.mark.parametrize("form", FORMS)
def test_one_changed_word_is_seen(proof: Any, form: str) -> None:
    body = operations.form_of(issued_id=proof.id, form=form, now=NOW)
    report = check(altered(body), proof)
    assert (report.verdict, report.code) == (Verdict.BAD, "altered")


@pytest.mark.parametrize("form", FORMS)
def test_cancelled_is_cancelled_in_every_form(firm: Firm, proof: Any, form: str) -> None:
    body = operations.form_of(issued_id=proof.id, form=form, now=NOW)
    operations.cancel(actor=firm.owner, issued_id=proof.id, reason="Given by mistake", now=NOW)
    assert check(body, proof).code == "status.cancelled"
    assert operations.form_of(issued_id=proof.id, form=form, now=LATER) == body
    other = next(one for one in FORMS if one != form)
    with pytest.raises(operations.CannotMakeForm, match=r"form\.cancelled"):
        operations.form_of(issued_id=proof.id, form=other, now=LATER)


@pytest.mark.parametrize("form", FORMS)
def test_paused_is_paused_in_every_form_until_it_counts_again(firm: Firm, proof: Any, form: str) -> None:
    body = operations.form_of(issued_id=proof.id, form=form, now=NOW)
    operations.pause(actor=firm.owner, issued_id=proof.id, reason="We look into something.", now=NOW)
    assert check(body, proof).code == "status.paused"
    assert operations.publish_due_tokens(now=LATER) == (form != "jwt")
    operations.resume(actor=firm.owner, issued_id=proof.id, now=LATER)
    assert check(body, proof).code == "good"
    assert operations.publish_due_tokens(now=LATER) == (form != "jwt")
    assert check(body, proof).code == "good"


def test_without_a_network_the_code_says_that_the_state_is_not_known(proof: Any) -> None:
    """did:key: the key is in the identifier, so the signature is checked anywhere."""
    body = operations.form_of(issued_id=proof.id, form="code", now=NOW)
    report = check(body, proof, fetch=offline)
    assert report.code == "status.unknown"
    assert report.finding("proof").outcome == "passed"  # type: ignore[union-attr]


def test_without_a_network_the_code_of_a_public_giver_needs_its_keys(public_proof: Any) -> None:
    body = operations.form_of(issued_id=public_proof.id, form="code", now=NOW)
    assert check(body, public_proof).code == "good"
    assert check(body, public_proof, fetch=offline).code == "signer.unreachable"


@pytest.mark.parametrize(
    ("name", "giver", "most"),
    [
        ("Rosa Delgado", "Tallgrass Machine Works", 1_150),
        ("Ñandú " * 30, "Tallgrass Machine Works", 1_273),  # what a code of 117 squares a side holds
        ("漢" * 200, "漢" * 200, 2_100),
    ],
)
def test_the_code_stays_small(firm: Firm, public_proof: Any, name: str, giver: str, most: int) -> None:
    public_proof.person_name = public_proof.title = name
    public_proof.giver = giver
    public_proof.save(update_fields=["person_name", "title", "giver"])
    body = operations.form_of(issued_id=public_proof.id, form="code", now=NOW)
    assert len(body) < most
    assert body.endswith(b"~")
    assert sd_jwt.parse(body).claims["issuer_name"] == giver  # cut off, it would be another name than the one on a list


def test_what_may_be_left_out_and_what_may_not(proof: Any) -> None:
    body = operations.form_of(issued_id=proof.id, form="sd-jwt", now=NOW)
    held = sd_jwt.parse(body)
    assert {path[0] for path in held.disclosed} == {"sub", "name", "observed_on", "evidence"}
    assert held.claims["evidence"][0]["by"] == "Walt Jensen"
    shown = sd_jwt_making.present(body, shown=[("observed_on",)])
    report = check(shown, proof)
    assert report.credential is not None
    assert report.credential.subject.name == ""
    assert b"Rosa" not in shown
    assert sd_jwt.parse(shown).claims["title"] == proof.title


def test_the_kind_has_a_stable_name(firm: Firm, public_proof: Any) -> None:
    claims = sd_jwt.parse(operations.form_of(issued_id=public_proof.id, form="sd-jwt", now=NOW)).claims
    template = public_proof.version.template_id
    assert claims["vct"] == f"{ADDRESS}/vct/{template}"
    told = queries.kind_document(template_id=template, url="https://elsewhere.example/")
    assert told["vct"] == claims["vct"]
    assert {one["locale"] for one in told["display"]} == {"en", "es"}


def test_the_kind_of_a_giver_without_an_address_is_a_name_only(proof: Any) -> None:
    claims = sd_jwt.parse(operations.form_of(issued_id=proof.id, form="sd-jwt", now=NOW)).claims
    assert claims["vct"] == proof.version.template_id.urn
    with pytest.raises(NotFound):
        queries.kind_document(template_id=proof.version.template_id, url="")


def test_no_form_of_what_is_over_or_not_there(proof: Any) -> None:
    with pytest.raises(operations.CannotMakeForm, match=r"form\.over"):
        operations.form_of(issued_id=proof.id, form="jwt", now=proof.valid_until + timedelta(seconds=1))
    for issued_id, form in ((uuid.uuid4(), "jwt"), (proof.id, "mdoc")):
        with pytest.raises(NotFound):
            operations.form_of(issued_id=issued_id, form=form, now=NOW)
    assert not IssuedForm.objects.exists()


def test_no_new_form_under_a_retired_key(firm: Firm, proof: Any) -> None:
    body = operations.form_of(issued_id=proof.id, form="code", now=NOW)
    signing.rotate(actor=firm.owner, purpose="credential", now=NOW)
    with pytest.raises(operations.CannotMakeForm, match=r"form\.key_retired"):
        operations.form_of(issued_id=proof.id, form="jwt", now=LATER)
    assert operations.form_of(issued_id=proof.id, form="code", now=LATER) == body
    assert check(body, proof).code == "good"


def test_no_form_while_signing_is_stopped(firm: Firm, proof: Any) -> None:
    signing.stop(actor=firm.owner, why="We look into something.", now=NOW)
    with pytest.raises(signing.CannotSign, match=r"sign\.stopped"):
        operations.form_of(issued_id=proof.id, form="jwt", now=NOW)


def test_the_list_as_a_token_holds_what_the_list_holds(firm: Firm, proof: Any) -> None:
    operations.form_of(issued_id=proof.id, form="code", now=NOW)
    row = proof.entry.list
    first, tag = queries.token_document(list_id=row.id)
    assert jose.parse(first).header["typ"] == "statuslist+jwt"
    assert operations.publish_due_tokens(now=LATER) == 0
    operations.cancel(actor=firm.owner, issued_id=proof.id, reason="Given by mistake", now=NOW)
    assert operations.publish_due_tokens(now=LATER) == 1
    second, other_tag = queries.token_document(list_id=row.id)
    assert (first, tag) != (second, other_tag)
    assert jose.claims(jose.parse(second))["sub"] == f"{row.url}/token"
    assert operations.publish_due_tokens(now=LATER) == 0
    assert operations.publish_due_tokens(now=LATER + timedelta(hours=13)) == 1


def test_a_list_as_a_token_never_brings_anything_back(firm: Firm, proof: Any) -> None:
    operations.form_of(issued_id=proof.id, form="code", now=NOW)
    operations.cancel(actor=firm.owner, issued_id=proof.id, reason="Given by mistake", now=NOW)
    operations.publish_due_tokens(now=LATER)
    published, _ = queries.token_document(list_id=proof.entry.list_id)
    proof.entry.list.changes.all()._raw_delete("default")  # no code of ours can: somebody went into the database
    assert operations.publish_due_tokens(now=LATER) == 0
    assert queries.token_document(list_id=proof.entry.list_id)[0] == published


def test_two_publishers_at_once_lose_nothing(firm: Firm, proof: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    from skillmark.rooms.credentials.operations import token_lists
    from skillmark.rooms.credentials.queries.token_lists import signed_tokens

    operations.form_of(issued_id=proof.id, form="code", now=NOW)
    turns = iter([True])

    def slow(**arguments: Any) -> tuple[bytes, int]:
        found = signed_tokens(**arguments)
        if next(turns, False):  # between reading the rows and storing the list another one is faster
            operations.cancel(actor=firm.owner, issued_id=proof.id, reason="Given by mistake", now=NOW)
            token_lists.publish_token(row=proof.entry.list, now=NOW)
        return found

    monkeypatch.setattr(token_lists, "signed_tokens", slow)
    token_lists.publish_token(row=proof.entry.list, now=NOW)
    kept = TokenList.objects.get()
    assert (kept.version, kept.count) == (3, 1)


@pytest.mark.parametrize(
    ("old", "new", "kept"),
    [
        ({}, {3: 1}, True),
        ({3: 1}, {3: 1, 4: 2}, True),
        ({4: 2}, {}, True),
        ({3: 2}, {3: 1}, True),
        ({3: 1}, {}, False),
        ({3: 1}, {3: 2}, False),
        ({3: 1, 9: 1}, {3: 1}, False),
    ],
)
def test_cancelled_stays_cancelled(old: dict[int, int], new: dict[int, int], kept: bool) -> None:
    from credcore.status import token_status_list

    lists = [
        token_status_list.read_list({"bits": 2, "lst": token_status_list.pack(values=values, size=2, length=64)})[1]
        for values in (old, new)
    ]
    assert rules.keeps_every_cancel(old=lists[0], new=lists[1]) is kept
