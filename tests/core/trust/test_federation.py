"""OpenID Federation: an anchor's word about its members, and nobody else's."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from credcore.codec import strict_json
from credcore.errors import CredcoreError, MalformedError, SignatureMismatch, UnavailableError
from credcore.keys import ecdsa, jwk
from credcore.ports import Signer
from credcore.proofs import jose
from credcore.trust import TrustEntry, federation
from tests.core.proofs import NOW, Answers

Json = dict[str, Any]
ANCHOR = "https://anchor.example"
FETCH, LIST = f"{ANCHOR}/fetch", f"{ANCHOR}/list"
KEY = ecdsa.LocalSigner("P-256", 5)
OTHER = ecdsa.LocalSigner("P-256", 6)
COLLEGE, SHOP = "did:web:college.example", "https://shop.example/a?b=c&d"
TIMES = {"iat": int(NOW.timestamp()), "exp": int(NOW.timestamp()) + 86_400}
JWK = jwk.encode(KEY.key) | {"kid": "k1"}
ABOUT_ANCHOR = {
    "federation_entity": {
        "organization_name": "Consortium",
        "federation_list_endpoint": LIST,
        "federation_fetch_endpoint": FETCH,
    }
}
CONFIGURATION = {"iss": ANCHOR, "sub": ANCHOR, "jwks": {"keys": [JWK]}, "metadata": ABOUT_ANCHOR} | TIMES


def _signed(claims: Json, *, signer: Signer = KEY, header: Json | None = None) -> bytes:
    full = {"typ": "entity-statement+jwt", "kid": "k1"} | (header or {})
    kept = {name: value for name, value in claims.items() if value is not None}
    return jose.sign(payload=strict_json.dumps(kept), signer=signer, header=full)


def _about(member: str, name: str = "Prairie Valley College", **change: Any) -> Json:
    metadata = {"federation_entity": {"organization_name": name}}
    return {"iss": ANCHOR, "sub": member, "metadata": metadata} | TIMES | change


def _entity(**change: Any) -> federation.Entity:
    return federation.entity_configuration(_signed(CONFIGURATION | change), now=NOW)


ENTITY = _entity()


def _member_url(member: str) -> str:
    return f"{FETCH}?sub={quote(member, safe='')}"


def _pages(*members: str, **change: bytes) -> dict[str, bytes]:
    pages = {
        f"{ANCHOR}/.well-known/openid-federation": _signed(CONFIGURATION),
        LIST: strict_json.dumps(list(members)),
    }
    return pages | {_member_url(member): _signed(_about(member)) for member in members} | change


def test_an_anchor_says_who_it_is() -> None:
    assert (ENTITY.id, ENTITY.name, ENTITY.keys) == (ANCHOR, "Consortium", {"k1": KEY.key})
    assert (ENTITY.list_endpoint, ENTITY.fetch_endpoint) == (LIST, FETCH)
    assert ENTITY.thumbprints == {jwk.thumbprint(KEY.key)}


def test_a_key_of_another_kind_hides_nothing() -> None:
    keys = [JWK, {"kty": "EC", "crv": "secp256k1", "kid": "k2"}]
    assert _entity(jwks={"keys": keys}).keys == {"k1": KEY.key}
    with pytest.raises(UnavailableError, match=r"^key\.unsupported"):
        _entity(jwks={"keys": keys[1:]})


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"sub": "https://evil.example"}, "trust.malformed"),
        ({"iss": "did:web:a.example", "sub": "did:web:a.example"}, "trust.malformed"),
        ({"iss": None}, "trust.malformed"),
        ({"sub": 7}, "trust.malformed"),
        ({"iss": "https://" + "a" * 2048, "sub": "https://" + "a" * 2048}, "trust.malformed"),
        ({"jwks": None}, "trust.malformed"),
        ({"jwks": {"keys": []}}, "trust.malformed"),
        ({"jwks": {"keys": [JWK, JWK]}}, "trust.malformed"),
        ({"jwks": {"keys": [JWK | {"kid": ""}]}}, "trust.malformed"),
        ({"jwks": {"keys": ["k1"]}}, "trust.malformed"),
        ({"jwks": {"keys": [JWK | {"kid": str(n)} for n in range(21)]}}, "trust.malformed"),
        ({"jwks": {"keys": [JWK | {"d": "AA"}]}}, "key.malformed"),
        ({"jwks": {"keys": [JWK | {"kid": "k2"}]}}, "trust.other_key"),
        ({"jwks": {"keys": [jwk.encode(OTHER.key) | {"kid": "k1"}]}}, "proof.mismatch"),
        ({"crit": ["something"]}, "trust.malformed"),
        ({"exp": TIMES["iat"] - 60}, "trust.out_of_date"),
        ({"iat": TIMES["iat"] + 61}, "trust.out_of_date"),
        ({"exp": None}, "trust.malformed"),
        ({"metadata": []}, "trust.malformed"),
        ({"metadata": {}}, "trust.malformed"),
        ({"metadata": {"federation_entity": {"federation_list_endpoint": LIST}}}, "trust.malformed"),
        (
            {"metadata": {"federation_entity": ABOUT_ANCHOR["federation_entity"] | {"federation_list_endpoint": "http://a"}}},
            "trust.malformed",
        ),
    ],
)
def test_a_configuration_that_must_not_be_followed(change: Json, code: str) -> None:
    with pytest.raises(CredcoreError) as caught:
        _entity(**change)
    assert caught.value.code == code


def test_a_token_of_another_type_is_no_statement() -> None:
    with pytest.raises(MalformedError, match=r"^trust\.malformed"):
        federation.entity_configuration(_signed(CONFIGURATION, header={"typ": "JWT"}), now=NOW)
    with pytest.raises(MalformedError, match=r"^trust\.malformed"):
        federation.entity_configuration(_signed(CONFIGURATION, header={"kid": None}), now=NOW)


def test_the_keys_in_the_header_are_not_read() -> None:
    token = _signed(CONFIGURATION, signer=OTHER, header={"jwk": jwk.encode(OTHER.key)})
    with pytest.raises(SignatureMismatch, match=r"^proof\.mismatch"):
        federation.entity_configuration(token, now=NOW)


def test_a_member_gets_the_names_that_the_anchor_gives_it() -> None:
    metadata = {
        "institution_additional_information": {"legal_name": "Trustees of the College"},
        "openid_credential_issuer": {"organization_name": "The College", "display_name": "Prairie Valley College"},
        "federation_entity": {"organization_name": "Prairie Valley College"},
    }
    entry = federation.subordinate(_signed(_about(COLLEGE, metadata=metadata)), anchor=ENTITY, now=NOW)
    aliases = ("Trustees of the College", "The College")
    assert entry == TrustEntry(COLLEGE, "Prairie Valley College", aliases=aliases, source=ANCHOR)


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"iss": "https://evil.example"}, "trust.other_keeper"),
        ({"sub": ANCHOR}, "trust.malformed"),
        ({"sub": "mailto:a@a.example"}, "trust.malformed"),
        ({"sub": ""}, "trust.malformed"),
        ({"metadata": None}, "trust.malformed"),
        ({"metadata": {"federation_entity": {"organization_name": 7}}}, "trust.malformed"),
        ({"metadata": {str(number): {} for number in range(51)}}, "trust.malformed"),
        ({"exp": TIMES["iat"] - 60}, "trust.out_of_date"),
        ({"iat": None}, "trust.malformed"),
        ({"crit": []}, "trust.malformed"),
    ],
)
def test_a_statement_that_does_not_count(change: Json, code: str) -> None:
    with pytest.raises(CredcoreError) as caught:
        federation.subordinate(_signed(_about(COLLEGE) | change), anchor=ENTITY, now=NOW)
    assert caught.value.code == code


@pytest.mark.parametrize(
    ("signer", "kid", "code"), [(OTHER, "k1", "proof.mismatch"), (OTHER, "k2", "trust.other_key"), (KEY, "k1", None)]
)
def test_only_the_anchors_keys_vouch(signer: Signer, kid: str, code: str | None) -> None:
    token = _signed(
        _about(COLLEGE, jwks={"keys": [jwk.encode(OTHER.key) | {"kid": "k2"}]}), signer=signer, header={"kid": kid}
    )
    if code is None:
        assert federation.subordinate(token, anchor=ENTITY, now=NOW).issuer == COLLEGE
        return
    with pytest.raises(SignatureMismatch) as caught:
        federation.subordinate(token, anchor=ENTITY, now=NOW)
    assert caught.value.code == code


def test_a_federation_becomes_a_list() -> None:
    fetch = Answers(_pages(COLLEGE, SHOP))
    read = federation.collect(f"{ANCHOR}/", fetch=fetch, now=NOW, pinned=(jwk.thumbprint(KEY.key),))
    assert [entry.issuer for entry in read.entries] == [COLLEGE, SHOP]
    assert (read.name, read.source, read.fetched_at, read.left_out) == ("Consortium", ANCHOR, NOW, 0)
    assert (read.thumbprints, read.valid_until) == ((jwk.thumbprint(KEY.key),), NOW + timedelta(days=1))
    assert fetch.asked[2:] == [
        f"{FETCH}?sub=did%3Aweb%3Acollege.example",
        f"{FETCH}?sub=https%3A%2F%2Fshop.example%2Fa%3Fb%3Dc%26d",
    ]


def test_a_question_mark_in_the_endpoint_is_kept() -> None:
    about = {"federation_entity": ABOUT_ANCHOR["federation_entity"] | {"federation_fetch_endpoint": f"{ANCHOR}/f?x=1"}}
    pages = _pages(COLLEGE)
    pages[f"{ANCHOR}/.well-known/openid-federation"] = _signed(CONFIGURATION | {"metadata": about})
    pages[f"{ANCHOR}/f?x=1&sub={quote(COLLEGE, safe='')}"] = _signed(_about(COLLEGE))
    assert len(federation.collect(ANCHOR, fetch=Answers(pages), now=NOW).entries) == 1


@pytest.mark.parametrize(
    "answer",
    [b"", b"a.b.c", _signed(_about(SHOP)), _signed(_about(COLLEGE), signer=OTHER), _signed(_about(COLLEGE, exp=1))],
)
def test_a_member_that_cannot_be_read_is_left_out_and_counted(answer: bytes) -> None:
    pages = _pages(COLLEGE, SHOP) | {_member_url(COLLEGE): answer}
    read = federation.collect(ANCHOR, fetch=Answers(pages), now=NOW)
    assert [entry.issuer for entry in read.entries] == [SHOP] and read.left_out == 1


def test_the_work_is_bounded() -> None:
    members = [f"did:web:m{number}.example" for number in range(30)]
    fetch = Answers(_pages(*members, *members))
    read = federation.collect(ANCHOR, fetch=fetch, now=NOW, most=10)
    assert len(read.entries) == 10 and read.left_out == 20 and len(fetch.asked) == 12


def test_an_anchor_that_falls_silent_is_not_asked_for_every_member() -> None:
    members = [f"did:web:m{number}.example" for number in range(30)]
    pages = {url: page for url, page in _pages(*members).items() if not url.startswith(FETCH)}
    fetch = Answers(pages | {_member_url(members[3]): _signed(_about(members[3]))})
    read = federation.collect(ANCHOR, fetch=fetch, now=NOW)
    assert len(read.entries) == 1 and read.left_out == 29
    assert len(fetch.asked) == 2 + 3 + 1 + 5  # three silences, an answer, and five silences in a row


@pytest.mark.parametrize("pinned", [(jwk.thumbprint(OTHER.key),), (jwk.thumbprint(KEY.key), jwk.thumbprint(OTHER.key))])
def test_other_keys_than_the_pinned_ones_are_a_change_of_keeper(pinned: tuple[str, ...]) -> None:
    fetch = Answers(_pages(COLLEGE))
    with pytest.raises(UnavailableError, match=r"^trust\.keeper_changed"):
        federation.collect(ANCHOR, fetch=fetch, now=NOW, pinned=pinned)
    assert len(fetch.asked) == 1


def test_an_anchor_at_another_address_is_another_anchor() -> None:
    pages = {"https://other.example/.well-known/openid-federation": _signed(CONFIGURATION)}
    with pytest.raises(SignatureMismatch, match=r"^trust\.other_keeper"):
        federation.collect("https://other.example", fetch=Answers(pages), now=NOW)


@pytest.mark.parametrize("listing", [b"{}", b"[1]", strict_json.dumps(["did:web:" + "a" * 2048])])
def test_a_list_of_members_that_is_none(listing: bytes) -> None:
    with pytest.raises(MalformedError, match=r"^trust\.malformed"):
        federation.collect(ANCHOR, fetch=Answers(_pages(COLLEGE) | {LIST: listing}), now=NOW)


def test_a_federation_of_yesterday_is_out_of_date() -> None:
    with pytest.raises(UnavailableError, match=r"^trust\.out_of_date"):
        federation.collect(ANCHOR, fetch=Answers(_pages(COLLEGE)), now=NOW + timedelta(days=2))


ANY = st.recursive(
    st.none() | st.booleans() | st.integers(0, 2**53 - 1) | st.sampled_from([ANCHOR, COLLEGE, "k1", ""]),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["keys", "kty", "crv", "kid", "x", "y", "federation_entity", "organization_name"]),
            inner,
            max_size=4,
        )
    ),
    max_leaves=10,
)
CHANGES = st.dictionaries(st.sampled_from([*CONFIGURATION, "crit"]), ANY, max_size=3)


@given(CHANGES)
def test_only_our_errors_leave_the_parsers(change: Json) -> None:
    for read in (
        lambda: federation.entity_configuration(_signed(CONFIGURATION | change), now=NOW),
        lambda: federation.subordinate(_signed(_about(COLLEGE) | change), anchor=ENTITY, now=NOW),
    ):
        try:
            read()
        except CredcoreError:
            continue
