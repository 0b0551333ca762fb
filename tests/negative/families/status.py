"""Lists of what was cancelled, as credentials: Bitstring Status List and StatusList2021.
(trustworthy: rules 8 and 14; threat 11)"""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

from credcore.codec import multibase
from credcore.keys.ed25519 import LocalSigner
from credcore.proofs.data_integrity import hash_data
from credcore.status import bits, bitstring
from tests.core.proofs import NOW, STRANGER
from tests.negative.case import Case
from tests.negative.making import COLLEGE, Json, b64, credential, dumps, secured, secured_bytes, token

Change = Callable[[Json], Any]
PLACE = 7
BAD, CAREFUL = ("bad",), ("careful",)
HEADER: Json = {"alg": "EdDSA", "typ": "vc+jwt", "kid": COLLEGE.verification_method}


def cases() -> Iterator[Case]:
    """The proof is right. The list that it names is at fault in the one case, and clear in its twin; or the place is."""
    yield from _set()
    yield from _not_theirs()
    yield from _not_signed()
    yield from _other_meanings()
    yield from _packing()
    yield from _out_of_date()
    yield from _places()
    yield from _addresses()
    yield from _handed_over()


def url_of(name: str) -> str:
    """Each case has a list of its own, so that all of them can lie in one folder."""
    return f"https://college.example/status/{name}"


def list_of(url: str, *, giver: str = COLLEGE.did, purpose: str = "revocation", marked: tuple[int, ...] = ()) -> Json:
    """An unsigned list."""
    return bitstring.build(
        id=url, issuer=giver, purpose=purpose, indexes=marked, ttl_ms=900_000,
        valid_from=NOW - timedelta(hours=1), valid_until=NOW + timedelta(days=1),
    )  # fmt: skip


def older(document: Json) -> None:
    """Turn a list into a StatusList2021."""
    document["type"] = ["VerifiableCredential", "StatusList2021Credential"]
    document["credentialSubject"]["type"] = "StatusList2021"


def _proof(entry: object) -> bytes:
    return token(HEADER, credential(credentialStatus=entry))


def _listed(
    name: str, page: bytes, code: str, verdicts: tuple[str, ...] = CAREFUL, *, purpose: str = "revocation",
    kind: str = "BitstringStatusListEntry", rule: str = "3.8, threat 11",
) -> Case:  # fmt: skip
    """The same proof twice; only what the list's address answers differs."""
    url = url_of(name)
    good = list_of(url, purpose=purpose)
    if kind == "StatusList2021Entry":
        older(good)
    proof = _proof(bitstring.entry(list_url=url, index=PLACE, purpose=purpose) | {"type": kind})
    return Case(name, rule, proof, proof, (code,), ".jwt", {url: page}, {url: secured_bytes(good)}, verdicts)


def _with(name: str, change: Change, code: str, verdicts: tuple[str, ...] = CAREFUL, **more: Any) -> Case:
    """A list with a change that was signed with it."""
    document = list_of(url_of(name), purpose=more.get("purpose", "revocation"))
    change(document)
    return _listed(name, secured_bytes(document), code, verdicts, **more)


def _marked(
    name: str, code: str, purpose: str, *, signer: LocalSigner = COLLEGE, kind: str = "BitstringStatusListEntry"
) -> Case:
    document = list_of(url_of(name), giver=signer.did, purpose=purpose, marked=(PLACE,))
    if kind == "StatusList2021Entry":
        older(document)
    return _listed(name, secured_bytes(document, signer=signer), code, BAD, purpose=purpose, kind=kind)


def _set() -> Iterator[Case]:
    yield _marked("bit-set-for-cancelled", "status.cancelled", "revocation")
    yield _marked("bit-set-for-paused", "status.paused", "suspension")
    yield _marked("bit-set-in-a-list-of-2021", "status.cancelled", "revocation", kind="StatusList2021Entry")
    yield _marked("bit-set-for-paused-in-a-list-of-2021", "status.paused", "suspension", kind="StatusList2021Entry")
    # A list at the named address condemns whoever signed it; only its “no” proves nothing.
    yield _marked("bit-set-in-the-list-of-somebody-else", "status.cancelled", "revocation", signer=STRANGER)
    for name, second, code in (("cancelled", "revocation", "status.cancelled"), ("paused", "suspension", "status.paused")):
        name = f"second-list-says-{name}"
        one, two = url_of(f"{name}-1"), url_of(f"{name}-2")
        proof = _proof(
            [bitstring.entry(list_url=one, index=PLACE), bitstring.entry(list_url=two, index=PLACE, purpose=second)]
        )
        clear = {one: secured_bytes(list_of(one)), two: secured_bytes(list_of(two, purpose=second))}
        marked = secured_bytes(list_of(two, purpose=second, marked=(PLACE,)))
        yield Case(name, "3.8, threat 11", proof, proof, (code,), ".jwt", clear | {two: marked}, clear, BAD)
    name = "bit-set-in-a-list-that-is-a-token"
    marked = token(HEADER, list_of(url_of(name), marked=(PLACE,)))
    yield _listed(name, marked, "status.cancelled", BAD)


def _not_theirs() -> Iterator[Case]:
    name = "list-of-somebody-else"
    yield _listed(name, secured_bytes(list_of(url_of(name), giver=STRANGER.did), signer=STRANGER), "status.foreign_list")
    name = "list-in-the-givers-name-by-a-stranger"
    yield _listed(name, secured_bytes(list_of(url_of(name)), signer=STRANGER), "status.list_unverified")
    yield _with("list-of-another-address", lambda made: made.update(id=url_of("elsewhere")), "status.other_list")
    name = "list-as-a-token-by-a-stranger"
    header = HEADER | {"kid": STRANGER.verification_method}
    yield _listed(name, token(header, list_of(url_of(name)), sign=STRANGER.sign), "status.list_unverified")
    name = "list-without-a-giver"
    document = list_of(url_of(name))
    del document["issuer"]
    yield _listed(name, secured_bytes(document), "status.list_unverified")


def _not_signed() -> Iterator[Case]:
    def page(name: str, change: Change, signed: Json | None = None) -> bytes:
        document = secured(list_of(url_of(name), marked=(PLACE,))) if signed is None else signed
        change(document)
        return dumps(document)

    unset = bits.pack(indexes=(), length=bitstring.LENGTH)
    for name, change in (
        ("list-unsigned", lambda made: made.pop("proof")),
        ("list-with-its-bit-taken-back", lambda made: made["credentialSubject"].update(encodedList=unset)),
        ("list-signed-to-sign-in", lambda made: made["proof"].update(proofPurpose="authentication")),
        ("list-with-an-empty-proof", lambda made: made.update(proof={})),
        ("list-with-no-proofs", lambda made: made.update(proof=[])),
        ("list-with-a-proof-of-an-unknown-kind", lambda made: made["proof"].update(cryptosuite="college-2026")),
        ("list-whose-signature-is-no-text", lambda made: made["proof"].update(proofValue=7)),
    ):
        yield _listed(name, page(name, change), "status.list_unverified", rule="3.7, 3.8, threat 11")
    unsigned = token(HEADER | {"alg": "none"}, list_of(url_of("list-as-a-token-of-alg-none")))
    yield _listed("list-as-a-token-of-alg-none", unsigned, "jose.algorithm")
    yield _listed("list-as-a-token-for-a-sign-in", token(HEADER | {"typ": "at+jwt"}, list_of("urn:x")), "jose.type")
    for name, answer, code in (
        ("list-that-is-a-web-page", b"<!doctype html><title>Status</title>", "jose.malformed"),
        ("list-that-is-empty", b"", "jose.malformed"),
        ("list-that-is-a-json-list", b"[]", "format.not_an_object"),
        ("list-with-a-key-twice", b'{"id":1,"id":2}', "json.duplicate_key"),
    ):
        yield _listed(name, answer, code)


def _other_meanings() -> Iterator[Case]:
    subject = "credentialSubject"
    yield _with("list-for-another-purpose", lambda made: made[subject].update(statusPurpose="suspension"), "status.malformed")
    yield _with("list-without-a-purpose", lambda made: made[subject].pop("statusPurpose"), "status.malformed")
    yield _with("list-of-2021-for-a-newer-entry", older, "status.malformed")
    plain = ["VerifiableCredential"]
    yield _with("list-that-is-another-credential", lambda made: made.update(type=plain), "status.malformed")
    yield _with("list-whose-subject-is-none", lambda made: made[subject].update(type="Person"), "status.malformed")
    yield _with(
        "list-with-two-subjects", lambda made: made.update({subject: [made[subject], made[subject]]}), "status.malformed"
    )
    packed = bits.pack(indexes=(PLACE,), length=bitstring.LENGTH)
    yield _with(
        "bit-set-with-a-meaning-of-their-own", lambda made: made[subject].update(encodedList=packed), "status.other_purpose",
        purpose="refresh",
    )  # fmt: skip


def _packing() -> Iterator[Case]:
    def packed(name: str, text: object, code: str = "status.malformed", rule: str = "3.8, 3.14, threat 11") -> Case:
        return _with(name, lambda made: made["credentialSubject"].update(encodedList=text), code, rule=rule)

    def u(data: bytes) -> str:
        return "u" + b64(data).decode()

    right = gzip.compress(bytes(bitstring.LENGTH // 8), mtime=0)
    yield packed("bits-cut-off", u(right[:-12]))
    yield packed("bits-without-their-checksum", u(right[:-8]))
    yield packed("bits-with-a-wrong-checksum", u(right[:-8] + b"\1" + right[-7:]))
    yield packed("bits-followed-by-something-else", u(right + b"more"))
    yield packed("bits-followed-by-more-bits", u(right + right))
    yield packed("bits-in-zlib", u(zlib.compress(bytes(bitstring.LENGTH // 8))))
    yield packed("bits-not-packed", u(bytes(64)))
    yield packed("bits-of-4-mib", u(gzip.compress(bytes(4 * 2**20), mtime=0)), rule="3.8, 3.14, threat 15")
    yield packed("bits-that-are-none", u(gzip.compress(b"", mtime=0)), "status.index")
    yield packed("bits-that-are-no-text", 7)
    yield packed("bits-that-are-an-empty-text", "")
    yield packed("bits-in-plain-base64", "u" + "+/8=", "multibase.bad")


def _out_of_date() -> Iterator[Case]:
    yield _with("list-over", lambda made: made.update(validUntil="2026-05-03T12:00:00Z"), "status.list_out_of_date")
    yield _with("list-not-begun", lambda made: made.update(validFrom="2026-05-05T12:00:00Z"), "status.list_out_of_date")
    yield _with("list-with-an-end-that-is-no-date", lambda made: made.update(validUntil="tomorrow"), "dates.malformed")
    # The giver said until when its signature counts, and that day has passed; or it signed on a day that is still to come.
    for name, dated in (
        ("list-whose-signature-is-over", {"expires": "2026-05-03T12:00:00Z"}),
        ("list-signed-tomorrow", {"created": "2026-05-05T12:00:00Z"}),
    ):
        yield _listed(name, _signed_with(list_of(url_of(name)), **dated), "status.list_out_of_date", rule="3.8, 3.9")
    name = "list-whose-token-is-over"
    yield _listed(name, token(HEADER, list_of(url_of(name)) | {"exp": 1777809600}), "status.list_out_of_date")


def _signed_with(document: Json, **options: str) -> bytes:
    """With a proof whose options are these, too."""
    signed = secured(document)
    options_signed = {name: value for name, value in signed["proof"].items() if name != "proofValue"} | options
    message = hash_data(document=document, proof=options_signed, as_json=True)
    return dumps({**document, "proof": {**options_signed, "proofValue": multibase.encode(COLLEGE.sign(message))}})


def _entry(name: str, code: str, rule: str = "3.8", **members: Any) -> Case:
    """The place is given wrongly; `None` takes a member away."""
    url = url_of(name)
    right = bitstring.entry(list_url=url, index=PLACE)
    wrong = {key: value for key, value in (right | members).items() if value is not None}
    pages = {url: secured_bytes(list_of(url))}
    return Case(name, rule, _proof(wrong), _proof(right), (code,), ".jwt", pages, verdicts=CAREFUL)


def _places() -> Iterator[Case]:
    for name, index, code in (
        ("beyond-the-list", str(bitstring.LENGTH), "status.index"),
        ("below-zero", "-1", "status.entry"),
        ("of-ten-digits", "1" + "0" * 9, "status.entry"),
        ("in-words", "seven", "status.entry"),
        ("with-a-fraction", 7.5, "status.entry"),
        ("in-other-digits", "٧", "status.entry"),
        ("with-a-space", " 7", "status.entry"),
        ("left-out", None, "status.entry"),
    ):
        yield _entry(f"place-{name}", code, statusListIndex=index)
    yield _entry("entry-of-an-unknown-kind", "status.unsupported", type="CollegeStatus2026")
    yield _entry("entry-without-a-purpose", "status.entry", statusPurpose=None)
    yield _entry("entry-without-a-list", "status.entry", statusListCredential=None)
    yield _entry("entry-of-no-bits", "status.entry", statusSize=0)
    yield _entry("entry-of-nine-bits", "status.entry", statusSize=9)
    yield _entry("entry-of-two-bits-without-messages", "status.entry", statusSize=2)
    name = "entries-more-than-eight"
    url = url_of(name)
    one = bitstring.entry(list_url=url, index=PLACE)
    pages = {url: secured_bytes(list_of(url))}
    yield Case(
        name, "3.8, threat 17", _proof([one] * 9), _proof([one] * 8), ("status.entry",), ".jwt", pages, verdicts=CAREFUL
    )
    bad, good, codes = _proof(url), _proof(one), ("status.entry",)
    yield Case("entry-that-is-a-text", "3.8", bad, good, codes, ".jwt", pages, verdicts=("unknown",))


def _addresses() -> Iterator[Case]:
    """No answer is no “no”."""
    for name, address, code in (
        ("nobody-answers", "https://nobody.college.org/status/1", "fetch.unreachable"),
        ("without-tls", "http://college.example/status/1", "fetch.bad_url"),
        ("in-a-private-network", "https://10.0.0.5/status/1", "fetch.private_address"),
        ("on-this-machine", "https://localhost/status/1", "fetch.private_address"),
        ("at-the-clouds-metadata", "https://169.254.169.254/latest/meta-data", "fetch.private_address"),
        ("whose-name-leads-inside", "https://intranet.college.org/status/1", "fetch.private_address"),
        ("in-a-data-address", "data:application/json,%7B%7D", "fetch.bad_url"),
        ("in-a-file", "file:///etc/passwd", "fetch.bad_url"),
    ):
        yield _entry(f"list-{name}", code, "3.8, threat 14", statusListCredential=address)


def _handed_over() -> Iterator[Case]:
    """Everybody can fetch a list; whoever hands it over shows nothing with it."""
    name = "list-handed-over-as-a-proof"
    lists, unknown = list_of(url_of(name)), ("unknown",)
    yield Case(name, "3.1", secured_bytes(lists), secured_bytes(credential()), ("item.list",), verdicts=unknown)
    older(lists)
    yield Case(
        f"{name}-of-2021", "3.1", token(HEADER, lists), token(HEADER, credential()), ("item.list",), ".jwt", verdicts=unknown
    )
