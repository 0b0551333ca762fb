"""Status entries and their lists, by requests to the VC-API. (W3C Bitstring Status List 1.0)"""

from __future__ import annotations

import gzip
from typing import Any

import pytest

from credcore.codec import multibase, strict_json
from credcore.errors import UnavailableError
from credcore.formats import vcdm2_shape
from credcore.keys import ed25519
from credcore.ports import Fetched, FetchKind
from credcore.vcapi import Instance
from tests.core import proofs

from .api import API, BASE, ISSUERS, NOW, Json, ask, credential, issued, older, sign, verify
from .musts import Check, Must, accepted, both, not_signed, that

NAME = "eddsa-rdfc-2022"
ENTRY = {"type": "BitstringStatusListEntry"}
ISSUER_NAMES = [name for name in ISSUERS if name not in ("ecdsa-sd-2023", "vc-jose", "sd-jwt-vc")]


def entry(name: str = NAME, **wanted: Any) -> Json:
    found: Json = issued(name, credentialStatus=ENTRY | wanted)["credentialStatus"]
    return found


def listed(name: str = NAME, **wanted: Any) -> Json:
    """What lies at the address that an entry names."""
    url: str = entry(name, **wanted)["statusListCredential"]
    status, body = ask("GET", url.removeprefix(BASE))
    assert status == 200
    found: Json = body
    return found


def bits(document: Json) -> bytes:
    return gzip.decompress(multibase.decode(document["credentialSubject"]["encodedList"]))


def with_entry(**more: Any) -> Json:
    url = f"{BASE}/status/{NAME}-revocation-0"
    made = {"type": ENTRY["type"], "statusPurpose": "revocation", "statusListIndex": "7", "statusListCredential": url}
    return credential(credentialStatus=made | more)


def strictly(document: Json) -> set[str]:
    return verify(document, profile="strict")


def every(check: Any) -> Check:
    return that(lambda: all(check(name) for name in ISSUER_NAMES))


def bad(code: str = "lint.status", **more: Any) -> Check:
    return not_signed(lambda: with_entry(**more), code, NAME)


ROWS: list[tuple[str, str, str, Check]] = [
    (
        "conforming",
        "2.1",
        "A credential with a status entry keeps the rules of the data model.",
        that(lambda: not vcdm2_shape.problems(issued(NAME, credentialStatus=ENTRY))),
    ),
    (
        "entry-id",
        "2.1",
        "An entry's identifier is a URL, and not that of the list.",
        every(lambda name: vcdm2_shape.is_url(entry(name)["id"]) and entry(name)["id"] != entry(name)["statusListCredential"]),
    ),
    (
        "entry-type",
        "2.1",
        "An entry is a BitstringStatusListEntry.",
        both(
            every(lambda name: entry(name)["type"] == ENTRY["type"]),
            not_signed(credential, "status.unsupported", NAME, credentialStatus={"type": "OtherEntry"}),
        ),
    ),
    (
        "purpose",
        "2.1",
        "Its purpose is a text.",
        both(
            that(lambda: entry()["statusPurpose"] == "revocation"),
            that(lambda: entry(statusPurpose="suspension")["statusPurpose"] == "suspension"),
            not_signed(credential, "status.unsupported", NAME, credentialStatus=ENTRY | {"statusPurpose": 5}),
            bad(statusPurpose=5),
        ),
    ),
    (
        "index",
        "2.1",
        "Its place is a whole number from 0 on, as a text in base 10.",
        both(
            that(lambda: entry()["statusListIndex"] == str(int(entry()["statusListIndex"]) - 1)),
            bad(statusListIndex="-1"),
            bad(statusListIndex="1.5"),
            bad(statusListIndex=True),
            bad(statusListIndex="seven"),
        ),
    ),
    (
        "list-url",
        "2.1",
        "It names the list by URL, and a list lies there.",
        both(every(lambda name: "BitstringStatusListCredential" in listed(name)["type"]), bad(statusListCredential=5)),
    ),
    (
        "size",
        "2.1",
        "A size is a whole number from 1 on.",
        both(
            bad(statusSize=0),
            bad(statusSize=-1),
            bad(statusSize=1.5),
            bad(statusSize="1"),
            that(lambda: verify(issued(NAME, with_entry(statusSize=1))) == set()),
        ),
    ),
    (
        "message",
        "2.1",
        "More than one bit needs a message for each value.",
        both(
            bad(statusSize=2),
            bad(statusSize=2, statusMessage=[{"status": "0x0", "message": "a"}]),
            bad(statusSize=1, statusMessage=[{"status": "0x0"}, {"status": "0x1", "message": "b"}]),
        ),
    ),
    (
        "list-conforming",
        "2.2",
        "A list is a signed credential that keeps the rules of the data model.",
        both(
            every(lambda name: not vcdm2_shape.problems(listed(name))),
            every(lambda name: verify(listed(name)) == set()),
            every(lambda name: strictly(listed(name)) == set()),
        ),
    ),
    (
        "list-type",
        "2.2",
        "A list's types include BitstringStatusListCredential.",
        that(lambda: listed()["type"] == ["VerifiableCredential", "BitstringStatusListCredential"]),
    ),
    (
        "list-id",
        "2.2",
        "A list is named by the address where it lies, and given by the one who gave the entry.",
        every(
            lambda name: (
                listed(name)["id"] == entry(name)["statusListCredential"] and listed(name)["issuer"] == ISSUERS[name].did
            )
        ),
    ),
    (
        "list-subject",
        "2.2",
        "What it is about is a BitstringStatusList.",
        that(lambda: listed()["credentialSubject"]["type"] == "BitstringStatusList"),
    ),
    (
        "list-purpose",
        "2.2",
        "A list's purpose is that of its entries.",
        that(lambda: listed(statusPurpose="suspension")["credentialSubject"]["statusPurpose"] == "suspension"),
    ),
    (
        "encoded",
        "2.2",
        "The list is compressed by GZIP, in base64url with its multibase letter and no padding.",
        that(
            lambda: (
                listed()["credentialSubject"]["encodedList"].startswith("u")
                and "=" not in listed()["credentialSubject"]["encodedList"]
                and bits(listed())
            )
        ),
    ),
    ("length", "2.2", "Uncompressed it has 16 KB at least.", that(lambda: len(bits(listed())) >= 16 * 1024)),
    (
        "validate",
        "3.2",
        "A credential whose place is not set verifies.",
        both(
            accepted(lambda: issued(NAME, credentialStatus=ENTRY), profile="strict"),
            accepted(
                lambda: issued("ecdsa-jcs-2019-p384", credentialStatus=[ENTRY, ENTRY | {"statusPurpose": "suspension"}]),
                profile="strict",
            ),
        ),
    ),
    (
        "range",
        "3.2",
        "A place beyond the list is refused.",
        that(lambda: "status.index" in strictly(issued(NAME, with_entry(statusListIndex="99999999")))),
    ),
    (
        "other-purpose",
        "3.2",
        "A list of another purpose is refused.",
        that(lambda: "status.malformed" in strictly(issued(NAME, with_entry(statusPurpose="suspension")))),
    ),
    (
        "no-list",
        "3.2",
        "Where no list can be read, the credential is refused.",
        both(
            that(
                lambda: "fetch.offline" in strictly(issued(NAME, with_entry(statusListCredential="https://college.example/1")))
            ),
            that(
                lambda: (
                    "fetch.offline"
                    in strictly(issued(NAME, with_entry(statusListCredential=f"{BASE}/status/none-revocation-0")))
                )
            ),
        ),
    ),
    (
        "foreign",
        "3.2",
        "A list of somebody else's clears nothing.",
        that(
            lambda: (
                "status.foreign_list"
                in strictly(issued(NAME, with_entry(statusListCredential=f"{BASE}/status/eddsa-jcs-2022-revocation-0")))
            )
        ),
    ),
    (
        "malformed",
        "3",
        "Malformed entries and stray words are not signed.",
        both(
            not_signed(lambda: credential(statusEntry=ENTRY), "rdf.undefined_term", NAME),
            bad(statusListIndex=None),
            not_signed(credential, "status.unsupported", NAME, credentialStatus=[ENTRY, 5]),
            not_signed(credential, "vcapi.request", NAME, credentialStatus=[]),
            not_signed(credential, "vcapi.request", NAME, credentialStatus=[ENTRY] * 5),
        ),
    ),
    (
        "older",
        "2.1",
        "In the older model the entry brings its words along.",
        accepted(lambda: issued(NAME, older(credential()), credentialStatus=ENTRY), profile="strict"),
    ),
    ("once", "4.2", "No place is handed out twice.", that(lambda: len({entry()["id"] for _ in range(20)}) == 20)),
]
MUSTS = {NAME: [Must(name, section, says, check) for name, section, says, check in ROWS]}


@pytest.mark.parametrize("must", [pytest.param(one, id=one.name) for one in MUSTS[NAME]])
def test_must(must: Must) -> None:
    must.check()


def test_a_set_place_elsewhere_condemns() -> None:
    """A list that another site serves is asked for by the fetch that the instance was given."""
    giver = ed25519.LocalSigner(b"\x07" * 32)
    page = proofs.status_list([7], signer=giver, now=NOW)

    def fetch(url: str, *, kind: FetchKind) -> Fetched:
        if url != proofs.LIST_URL or kind is not FetchKind.STATUS:
            raise UnavailableError("fetch.unreachable", url)
        return Fetched(url, page, "application/json", NOW)

    api = Instance(issuers=ISSUERS, clock=lambda: NOW, base_url=BASE, fetch=fetch)
    for index, found in (("7", {"status.cancelled"}), ("8", set())):
        status = with_entry(statusListIndex=index, statusListCredential=proofs.LIST_URL)["credentialStatus"]
        document = sign(credential(issuer=giver.did, credentialStatus=status), signer=giver)
        _, body = ask("POST", "/verifiers/vcalm/credentials/verify", {"verifiableCredential": document}, api=api)
        assert set(body["errors"]) == found


@pytest.mark.parametrize(
    "path", ["none-revocation-0", f"{NAME}-other-0", f"{NAME}-revocation-x", f"{NAME}-revocation", "x" * 81]
)
def test_no_list_lies_elsewhere(path: str) -> None:
    assert ask("GET", f"/status/{path}")[0] == 404


def test_the_lists_that_were_not_handed_out_yet_are_clear_too() -> None:
    answer = API.handle("GET", path=f"/status/{NAME}-refresh-12")
    assert strict_json.loads(answer.body)["credentialSubject"]["statusPurpose"] == "refresh"
    assert not any(bits(strict_json.loads(answer.body)))
