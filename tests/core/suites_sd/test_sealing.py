"""Our own selective proofs: made, cut down by the holder, and refused after any change."""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import cache
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from credcore.codec import cbor, multibase
from credcore.errors import CredcoreError, MalformedError, SignatureMismatch, UnavailableError
from credcore.keys import ecdsa
from credcore.keys.public import P256
from credcore.proofs import ecdsa_sd_2023 as suite
from credcore.proofs.ecdsa_sd_2023 import values
from credcore.status import bitstring
from tests.core import proofs

Json = dict[str, Any]
GIVER, ONCE = ecdsa.LocalSigner(P256, 11), ecdsa.LocalSigner(P256, 13)
CREATED = "2026-05-04T12:00:00Z"
SHOWN = ["/credentialSubject/achievement/name", "/credentialSubject/identifier/0", "/credentialSubject/result"]


@cache
def _signed() -> Json:
    document = proofs.credential()
    document["issuer"]["id"] = GIVER.did
    proof = suite.sign(document=document, signer=GIVER, created=CREATED, hmac_key=b"\x05" * 32, proof_key=ONCE)
    return {**document, "proof": proof}


def _shown() -> Json:
    return suite.derive(document=_signed(), selective_pointers=SHOWN)


def _verify(document: Json, *, proof: Json | None = None) -> None:
    suite.verify(document=document, proof=proof or document["proof"], key=GIVER.key)


def _leaves(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    if isinstance(value, dict | list):
        for key, item in value.items() if isinstance(value, dict) else enumerate(value):
            if key not in ("@context", "proof"):
                yield from _leaves(item, (*path, key))
    else:
        yield path


def _holder(document: Json, path: tuple[Any, ...]) -> Any:
    for key in path[:-1]:
        document = document[key]
    return document


def test_a_shown_copy_has_what_is_mandatory_and_what_was_chosen() -> None:
    shown = _shown()
    _verify(shown)
    assert shown["issuer"] == _signed()["issuer"]
    assert shown["validUntil"] == _signed()["validUntil"]
    assert shown["credentialSubject"]["achievement"]["name"] == "Sit-down forklift operator"
    assert shown["credentialSubject"]["identifier"] == _signed()["credentialSubject"]["identifier"]
    assert "criteria" not in shown["credentialSubject"]["achievement"]
    assert "Walt Jensen" not in str(shown)


def test_random_keys_are_new_for_each_proof() -> None:
    document = {key: value for key, value in _signed().items() if key != "proof"}
    first, second = (suite.sign(document=document, signer=GIVER, created=CREATED) for _ in range(2))
    one, two = values.read_base(first), values.read_base(second)
    assert one.hmac_key != two.hmac_key
    assert one.proof_key != two.proof_key
    shown = suite.derive(document={**document, "proof": first}, selective_pointers=[""])
    _verify(shown)
    assert {key: value for key, value in shown.items() if key != "proof"} == document


def test_nothing_but_the_mandatory_part() -> None:
    shown = suite.derive(document=_signed(), selective_pointers=[])
    _verify(shown)
    assert set(shown) == {"@context", "id", "type", "issuer", "validFrom", "validUntil", "proof"}


def test_a_holder_cannot_leave_out_where_to_ask_for_a_cancellation() -> None:
    document = {key: value for key, value in _signed().items() if key != "proof"}
    document["credentialStatus"] = bitstring.entry(list_url=proofs.LIST_URL, index=7)
    proof = suite.sign(document=document, signer=GIVER, created=CREATED)
    shown = suite.derive(document={**document, "proof": proof}, selective_pointers=[])
    _verify(shown)
    assert shown.pop("credentialStatus") == document["credentialStatus"]
    with pytest.raises(SignatureMismatch):
        _verify(shown)


POINTERS = sorted(
    {"/" + "/".join(str(key).replace("~", "~0").replace("/", "~1") for key in path) for path in _leaves(_signed())}
)


@settings(max_examples=25, deadline=None)
@given(st.lists(st.sampled_from(POINTERS), max_size=6))
def test_whatever_is_chosen_verifies(pointers: list[str]) -> None:
    _verify(suite.derive(document=_signed(), selective_pointers=pointers))


def test_each_altered_value_is_refused() -> None:
    shown = _shown()
    paths = list(_leaves(shown))
    assert len(paths) > 15
    for path in paths:
        altered = copy.deepcopy(shown)
        value = _holder(altered, path)[path[-1]]
        _holder(altered, path)[path[-1]] = value + ("x" if isinstance(value, str) else 1)
        with pytest.raises((SignatureMismatch, MalformedError)):
            _verify(altered)


def test_each_value_left_out_is_refused() -> None:
    shown = _shown()
    for path in _leaves(shown):
        altered = copy.deepcopy(shown)
        del _holder(altered, path)[path[-1]]
        with pytest.raises((SignatureMismatch, MalformedError)):
            _verify(altered)


def test_an_added_statement_is_refused() -> None:
    altered = _shown()
    altered["credentialSubject"]["achievement"]["description"] = "And a crane operator."
    with pytest.raises(SignatureMismatch):
        _verify(altered)


def _flip(data: bytes) -> bytes:
    return data[:10] + bytes([data[10] ^ 1]) + data[11:]


CHANGES: dict[str, Callable[[values.Derived], values.Derived]] = {
    "another signature of the giver": lambda value: replace(value, signature=_flip(value.signature)),
    "two signatures swapped": lambda value: replace(value, signatures=[*value.signatures[1::-1], *value.signatures[2:]]),
    "a signature missing": lambda value: replace(value, signatures=value.signatures[:-1]),
    "a signature too many": lambda value: replace(value, signatures=[*value.signatures, value.signatures[0]]),
    "another key for the statements": lambda value: replace(value, proof_key=ecdsa.LocalSigner(P256, 17).key),
    "one label changed": lambda value: replace(value, labels={**value.labels, 0: _flip(value.labels[0])}),
    "two labels swapped": lambda value: replace(value, labels={**value.labels, 0: value.labels[1], 1: value.labels[0]}),
    "a label too many": lambda value: replace(value, labels={**value.labels, len(value.labels): b"\1" * 32}),
    "a label missing": lambda value: replace(
        value, labels={n: x for n, x in value.labels.items() if n + 1 < len(value.labels)}
    ),
    "a mandatory place missing": lambda value: replace(value, mandatory=value.mandatory[1:]),
    "no mandatory place": lambda value: replace(value, mandatory=[]),
    "a mandatory place moved": lambda value: replace(value, mandatory=[*value.mandatory[:-1], value.mandatory[-1] + 1]),
    "a mandatory place far away": lambda value: replace(value, mandatory=[*value.mandatory, 9_999]),
}


@pytest.mark.parametrize("name", CHANGES)
def test_a_changed_proof_is_refused(name: str) -> None:
    shown = _shown()
    value = values.read_derived(shown["proof"])
    assert len(value.labels) > 1
    _verify(shown, proof={**shown["proof"], "proofValue": values.write_derived(value)})  # the good twin
    with pytest.raises(SignatureMismatch):
        _verify(shown, proof={**shown["proof"], "proofValue": values.write_derived(CHANGES[name](value))})


def test_signing_the_statements_anew_does_not_help() -> None:
    """Whoever alters a statement may sign all of them with a key of their own: the giver signed the key, too."""
    thief, altered = ecdsa.LocalSigner(P256, 19), _shown()
    altered["credentialSubject"]["achievement"]["name"] = "Crane operator"
    value = values.read_derived(altered["proof"])
    body = {key: item for key, item in altered.items() if key != "proof"}
    lines = suite.shown_lines(body, labels=value.labels)
    anew = [thief.sign(text.encode()) for place, text in enumerate(lines) if place not in value.mandatory]
    forged = replace(value, proof_key=thief.key, signatures=anew)
    with pytest.raises(SignatureMismatch):
        _verify(altered, proof={**altered["proof"], "proofValue": values.write_derived(forged)})


@pytest.mark.parametrize("option", ["created", "verificationMethod", "proofPurpose"])
def test_the_options_of_the_proof_are_signed(option: str) -> None:
    other = {"created": "2026-05-04T12:00:01Z", "verificationMethod": "did:example:x#k", "proofPurpose": "authentication"}
    shown = _shown()
    with pytest.raises(SignatureMismatch):
        _verify(shown, proof={**shown["proof"], option: other[option]})


def _encoded(parts: Any, *, header: str = "d95d01", after: bytes = b"") -> str:
    return multibase.encode(bytes.fromhex(header) + cbor.dumps(parts) + after, base="u")


def _parts() -> list[Any]:
    value = values.read_derived(_shown()["proof"])
    return [value.signature, values.key_bytes(value.proof_key), value.signatures, value.labels, value.mandatory]


def _with(place: int, part: Any) -> list[Any]:
    parts = _parts()
    parts[place] = part
    return parts


SHAPES: dict[str, Callable[[], Any]] = {
    "bytes after the end": lambda: _encoded(_parts(), after=b"\0"),
    "another header": lambda: _encoded(_parts(), header="d95d02"),
    "no header": lambda: multibase.encode(cbor.dumps(_parts()), base="u"),
    "base58": lambda: multibase.encode(bytes.fromhex("d95d01") + b"\x80"),
    "not a text": lambda: 7,
    "four parts": lambda: _encoded(_parts()[:4]),
    "six parts": lambda: _encoded([*_parts(), []]),
    "a map": lambda: _encoded(dict(enumerate(_parts()))),
    "a short signature": lambda: _encoded(_with(0, b"\1" * 63)),
    "a signature as text": lambda: _encoded(_with(0, "1" * 64)),
    "a long key": lambda: _encoded(_with(1, _parts()[1] + b"\0")),
    "an Ed25519 key": lambda: _encoded(_with(1, b"\xed\x01" + b"\2" * 33)),
    "a point off the curve": lambda: _encoded(_with(1, b"\x80\x24\x02" + b"\xff" * 32)),
    "signatures as bytes": lambda: _encoded(_with(2, b"".join(_parts()[2]))),
    "a short statement signature": lambda: _encoded(_with(2, [*_parts()[2][:-1], b"\1" * 32])),
    "labels in a list": lambda: _encoded(_with(3, list(_parts()[3].values()))),
    "labels from 1": lambda: _encoded(_with(3, {n + 1: label for n, label in _parts()[3].items()})),
    "labels by text": lambda: _encoded(_with(3, {str(n): label for n, label in _parts()[3].items()})),
    "a label twice": lambda: _encoded(_with(3, dict.fromkeys(_parts()[3], b"\1" * 32))),
    "a short label": lambda: _encoded(_with(3, {**_parts()[3], 0: b"\1" * 31})),
    "places that descend": lambda: _encoded(_with(4, _parts()[4][::-1])),
    "a place twice": lambda: _encoded(_with(4, [*_parts()[4], _parts()[4][-1]])),
    "a place below 0": lambda: _encoded(_with(4, [-1, *_parts()[4]])),
    "a place that is true": lambda: _encoded(_with(4, [0, True])),
    "a place that is a text": lambda: _encoded(_with(4, ["0"])),
    "too many places": lambda: _encoded(_with(4, list(range(10_001)))),
}


@pytest.mark.parametrize("name", SHAPES)
def test_a_badly_built_value_is_refused(name: str) -> None:
    shown = _shown()
    assert _encoded(_parts()) == shown["proof"]["proofValue"]
    with pytest.raises(MalformedError):
        _verify(shown, proof={**shown["proof"], "proofValue": SHAPES[name]()})


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_any_changed_byte_is_refused(data: st.DataObject) -> None:
    shown = _shown()
    raw = bytearray(multibase.decode(shown["proof"]["proofValue"]))
    place = data.draw(st.integers(0, len(raw) - 1))
    raw[place] ^= data.draw(st.integers(1, 255))
    with pytest.raises(CredcoreError):
        _verify(shown, proof={**shown["proof"], "proofValue": multibase.encode(bytes(raw), base="u")})


@settings(max_examples=100, deadline=None)
@given(st.binary(max_size=200))
def test_arbitrary_bytes_give_only_our_errors(data: bytes) -> None:
    for header in (b"\xd9\x5d\x00", b"\xd9\x5d\x01"):
        proof = {"proofValue": multibase.encode(header + data, base="u")}
        for read in (values.read_base, values.read_derived):
            with pytest.raises((MalformedError, UnavailableError)):
                read(proof)


@pytest.mark.parametrize("pointer", ["issuer", "/nothing", "/type/9", "/type/00", "/type/-", "/issuer/~2", "/issuer/id/more"])
def test_a_pointer_to_nowhere_is_refused(pointer: str) -> None:
    with pytest.raises(MalformedError) as caught:
        suite.derive(document=_signed(), selective_pointers=[pointer])
    assert caught.value.code == "proof.pointer"


def test_a_document_with_other_statements_cannot_be_cut_down() -> None:
    changed = copy.deepcopy(_signed())
    changed["credentialSubject"]["achievement"]["humanCode"] = "F1"
    with pytest.raises(SignatureMismatch):
        suite.derive(document=changed, selective_pointers=SHOWN)


def test_only_one_base_proof_can_be_cut_down() -> None:
    signed = _signed()
    beside = {**signed, "proof": [{"type": "DataIntegrityProof", "cryptosuite": "eddsa-rdfc-2022"}, signed["proof"]]}
    _verify(suite.derive(document=beside, selective_pointers=SHOWN))
    for proofs_found in ([], [signed["proof"]] * 2, "x"):
        with pytest.raises(MalformedError, match=r"proof\.malformed"):
            suite.derive(document={**signed, "proof": proofs_found}, selective_pointers=SHOWN)


@pytest.mark.parametrize("name", ["_:b0", "urn:bnid:0"])
def test_names_that_are_none_cannot_be_sealed(name: str) -> None:
    document = {key: value for key, value in _signed().items() if key != "proof"}
    document["credentialSubject"] = {**document["credentialSubject"], "id": name}
    with pytest.raises(UnavailableError, match=r"rdf\.unsupported"):
        suite.sign(document=document, signer=GIVER, created=CREATED)
