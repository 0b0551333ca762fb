"""A hub's signed list: only the chosen keeper's, only while it counts."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from credcore.codec import strict_json
from credcore.errors import CredcoreError, MalformedError, SignatureMismatch, UnavailableError
from credcore.keys import ecdsa, ed25519, multikey
from credcore.ports import Fetched, FetchKind, Signer
from credcore.proofs import jose
from credcore.trust import TrustEntry, TrustList, signed
from tests.core.proofs import NOW, Answers

HUB = ed25519.LocalSigner(b"\x0a" * 32)
STRANGER = ed25519.LocalSigner(b"\x0b" * 32)
WEB = "did:web:hub.example"
WEB_HUB = ecdsa.LocalSigner("P-256", 77, f"{WEB}#key-1")
LIST = TrustList(
    "Chamber list",
    (
        TrustEntry("did:web:college.example", "Prairie Valley College", date(2026, 1, 9), reason="Member since 1998"),
        TrustEntry("https://shop.example", "Shop", certificates=(b"DER",)),
    ),
    source="https://hub.example/givers",
)
UNTIL = NOW + timedelta(days=7)
TOKEN = signed.make(LIST, signer=HUB, now=NOW, until=UNTIL)


def _nothing(url: str, *, kind: FetchKind) -> Fetched:
    raise AssertionError("no network is needed")


def _parse(token: bytes, *, keeper: str = HUB.did, now: datetime = NOW, fetch: Any = _nothing) -> TrustList:
    return signed.parse(token, keeper=keeper, fetch=fetch, now=now)


def _claims(**change: Any) -> dict[str, Any]:
    value = {"iss": HUB.did, "iat": int(NOW.timestamp()), "exp": int(UNTIL.timestamp()), "name": "N", "entries": []} | change
    return {name: one for name, one in value.items() if one is not None}


def _token(*, signer: Signer = HUB, header: dict[str, Any] | None = None, **change: Any) -> bytes:
    full = {"typ": signed.TYPE, "kid": HUB.verification_method} | (header or {})
    return jose.sign(payload=strict_json.dumps(_claims(**change)), signer=signer, header=full)


def _did_json(*, assertion: list[str], method: dict[str, str]) -> dict[str, bytes]:
    document = {"id": WEB, "verificationMethod": [method], "assertionMethod": assertion}
    return {"https://hub.example/.well-known/did.json": strict_json.dumps(document)}


METHOD = {"id": f"{WEB}#key-1", "type": "Multikey", "controller": WEB, "publicKeyMultibase": multikey.encode(WEB_HUB.key)}


def test_the_keepers_list_is_read() -> None:
    assert _parse(TOKEN) == TrustList(LIST.name, LIST.entries, LIST.source, fetched_at=NOW, valid_until=UNTIL)
    assert _parse(_token()).source == HUB.did  # a list without a source of its own


def test_when_it_was_fetched_may_lie_in_the_past() -> None:
    earlier = NOW - timedelta(days=2)
    assert signed.parse(TOKEN, keeper=HUB.did, fetch=_nothing, now=NOW, fetched_at=earlier).fetched_at == earlier


def test_a_keeper_on_the_web_is_asked_for_its_key() -> None:
    token = signed.make(LIST, signer=WEB_HUB, now=NOW, until=UNTIL)
    pages = _did_json(assertion=["#key-1"], method=METHOD)
    assert _parse(token, keeper=WEB, fetch=Answers(pages)).entries == LIST.entries
    with pytest.raises(UnavailableError, match=r"^fetch\.unreachable"):
        _parse(token, keeper=WEB, fetch=Answers())


@pytest.mark.parametrize(
    ("assertion", "method", "code"),
    [
        ([], METHOD, "trust.other_key"),  # published, but not for statements
        (["#key-1"], METHOD | {"controller": "did:web:evil.example"}, "trust.other_key"),
        (["#key-2"], METHOD | {"id": f"{WEB}#key-2"}, "trust.other_key"),
        (["#key-1"], METHOD | {"publicKeyMultibase": HUB.multibase}, "jose.key_mismatch"),
        (["#key-1"], METHOD | {"publicKeyMultibase": multikey.encode(ecdsa.LocalSigner("P-256", 78).key)}, "proof.mismatch"),
        (["#key-1"], METHOD | {"publicKeyMultibase": "z6LSbysY2xFMRpGMhb7tFTLMpeuPRaqaWM1yECx2AtzE3KCc"}, "key.unsupported"),
    ],
)
def test_the_key_must_be_the_keepers_own(assertion: list[str], method: dict[str, str], code: str) -> None:
    token = signed.make(LIST, signer=WEB_HUB, now=NOW, until=UNTIL)
    with pytest.raises(CredcoreError) as caught:
        _parse(token, keeper=WEB, fetch=Answers(_did_json(assertion=assertion, method=method)))
    assert caught.value.code == code


@pytest.mark.parametrize(
    ("token", "kind", "code"),
    [
        (signed.make(LIST, signer=STRANGER, now=NOW, until=UNTIL), SignatureMismatch, "trust.other_keeper"),
        (_token(signer=STRANGER), SignatureMismatch, "proof.mismatch"),
        (_token(signer=STRANGER, header={"kid": STRANGER.verification_method}), SignatureMismatch, "trust.other_key"),
        (_token(iss=None), SignatureMismatch, "trust.other_keeper"),
        (TOKEN[:-6] + b"AAAAAA", SignatureMismatch, "proof.mismatch"),
        (_token(header={"typ": "JWT"}), MalformedError, "trust.malformed"),
        (_token(header={"typ": "entity-statement+jwt"}), MalformedError, "trust.malformed"),
        (_token(header={"kid": 7}), MalformedError, "trust.malformed"),
        (_token(header={"crit": ["exp"]}), MalformedError, "jose.crit"),
        (_token(exp=None), MalformedError, "trust.malformed"),
        (_token(exp=True), MalformedError, "trust.malformed"),
        (_token(exp="2030"), MalformedError, "trust.malformed"),
        (_token(exp=2**52), MalformedError, "trust.malformed"),
        (_token(iat=None), MalformedError, "trust.malformed"),
        (_token(iat=-1), MalformedError, "trust.malformed"),
        (_token(iat=int(NOW.timestamp()) + 61), UnavailableError, "trust.out_of_date"),
        (_token(exp=int(NOW.timestamp()) - 60), UnavailableError, "trust.out_of_date"),
        (_token(entries=None), MalformedError, "trust.malformed"),
        (_token(name=""), MalformedError, "trust.malformed"),
        (b"", MalformedError, "jose.malformed"),
        (b"a.b", MalformedError, "jose.malformed"),
    ],
)
def test_what_must_not_be_followed(token: bytes, kind: type[CredcoreError], code: str) -> None:
    with pytest.raises(kind) as caught:
        _parse(token)
    assert caught.value.code == code


def test_a_minute_of_wrong_clock_is_forgiven() -> None:
    assert _parse(_token(iat=int(NOW.timestamp()) + 60, exp=int(NOW.timestamp()) + 900)).name == "N"
    assert _parse(TOKEN, now=UNTIL + timedelta(seconds=59)).name == LIST.name
    with pytest.raises(UnavailableError, match=r"^trust\.out_of_date"):
        _parse(TOKEN, now=UNTIL + timedelta(seconds=60))


def test_every_changed_letter_is_noticed() -> None:
    for place in range(0, len(TOKEN), 7):
        other = b"A" if TOKEN[place : place + 1] != b"A" else b"B"
        with pytest.raises(CredcoreError):
            _parse(TOKEN[:place] + other + TOKEN[place + 1 :])


def test_a_list_that_nobody_could_read_is_not_signed() -> None:
    with pytest.raises(MalformedError, match=r"^trust\.malformed"):
        signed.make(TrustList("", ()), signer=HUB, now=NOW, until=UNTIL)
    with pytest.raises(MalformedError, match=r"^trust\.malformed"):
        signed.make(LIST, signer=HUB, now=NOW, until=NOW)


CLAIMS = st.dictionaries(
    st.sampled_from(["iat", "exp", "name", "source", "entries", "iss"]),
    st.none() | st.booleans() | st.floats() | st.text(max_size=4) | st.lists(st.dictionaries(st.text(), st.text())),
)


@given(CLAIMS)
def test_only_our_errors_leave_the_parser(change: dict[str, Any]) -> None:
    try:
        read = _parse(_token(**change))
    except CredcoreError:
        return
    assert read.fetched_at == datetime(2026, 5, 4, 12, tzinfo=UTC)
