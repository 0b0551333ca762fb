"""A parcel: proofs with the lists and keys of their day beside them, checked when nobody answers any more."""

from __future__ import annotations

import io
import json
import zipfile
from datetime import timedelta
from typing import Any

import pytest

from credcore.codec.strict_json import dumps
from credcore.issue import issue
from credcore.keys.ed25519 import LocalSigner
from credcore.net.offline import OfflineFetch
from credcore.status import bitstring
from credcore.trust import TrustEntry, TrustList
from credcore.verify import Report, Verifier, check_item, explain
from tests.core.proofs import LIST_URL, NOW, OUR_LIST, STRANGER, Answers, as_bytes, credential, signed, status_list

ENTRY = bitstring.entry(list_url=LIST_URL, index=42)
PAUSES = bitstring.entry(list_url=LIST_URL + "/paused", index=42, purpose="suspension")
WEB = "did:web:college.example"
LATER = NOW + timedelta(days=365)


def parcel(**files: bytes) -> bytes:
    """A ZIP of these files, `__` for a slash, with the map that makes it a parcel."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        for name, body in {"proof.json": as_bytes(signed(status=ENTRY, valid_until=LATER)), **files}.items():
            made.writestr(name.replace("__", "/"), body)
        made.writestr("offline/map.json", b"{}")
        made.writestr("READ-ME.txt", b"How to check what is in here")
    return out.getvalue()


def check(data: bytes, *, now: Any = NOW, fetch: Any = None, trust: TrustList = OUR_LIST) -> list[Report]:
    return check_item(data, verifier=Verifier(fetch=fetch or OfflineFetch(), trust=[trust]), now=now)


def test_the_list_beside_the_proof_is_the_last_that_was_known() -> None:
    (report,) = check(parcel(offline__list=status_list()), now=NOW + timedelta(days=200))
    assert (report.code, report.finding("status").facts["last"]) == ("status.unknown", NOW.isoformat())  # type: ignore[union-attr]
    said = explain(report)
    assert "Last known on 4 May 2026: not cancelled." in said.sentence
    assert said.last_known == "Signature good; last known status at 4 May 2026, 12:00 UTC: not cancelled."
    assert explain(report, language="es").last_known.startswith("Firma correcta; último estado conocido, 4 de mayo de 2026")


def test_what_was_cancelled_by_then_is_cancelled_for_good() -> None:
    (report,) = check(parcel(offline__list=status_list([42])), now=NOW + timedelta(days=200))
    assert report.code == "status.cancelled"


def test_of_two_lists_the_worse_answer_is_told() -> None:
    both = as_bytes(signed(status=[ENTRY, PAUSES], valid_until=LATER))
    paused = status_list([42], url=LIST_URL + "/paused", purpose="suspension")
    made = parcel(**{"proof.json": both}, offline__a=status_list(), offline__b=paused)
    (report,) = check(made, now=NOW + timedelta(days=200))
    assert "known status" in (said := explain(report)).last_known and said.last_known.endswith(": paused.")
    (half,) = check(parcel(**{"proof.json": both}, offline__a=status_list()), now=NOW + timedelta(days=200))
    assert explain(half).last_known == "" and half.code == "status.unknown"


@pytest.mark.parametrize(
    "forged",
    [
        status_list(signer=STRANGER),
        status_list().replace(b'"encodedList":"u', b'"encodedList":"uX'),
        dumps({"type": ["BitstringStatusListCredential"], "id": LIST_URL, "validFrom": "2026-05-04T12:00:00Z"}),
    ],
)
def test_a_list_that_its_giver_did_not_sign_says_nothing(forged: bytes) -> None:
    (report,) = check(parcel(offline__list=forged))
    assert report.code == "status.unknown" and "last" not in report.finding("status").facts  # type: ignore[union-attr]


def test_an_answer_of_today_comes_before_the_parcel() -> None:
    cancelled = Answers({LIST_URL: status_list([42])})
    (report,) = check(parcel(offline__list=status_list()), fetch=cancelled)
    assert report.code == "status.cancelled"


def test_keys_in_a_parcel_prove_nothing() -> None:
    """Whoever packs a parcel could write any keys into it, so a giver with a web address stays out of reach."""
    attacker = LocalSigner(b"\x09" * 32)
    method = f"{WEB}#{attacker.multibase}"
    key = {"id": method, "type": "Multikey", "controller": WEB, "publicKeyMultibase": attacker.multibase}
    document = {"id": WEB, "verificationMethod": [key], "assertionMethod": [method]}
    forged = credential(change=lambda made: made["issuer"].update(id=WEB))
    signed_by_attacker = issue(forged, signer=LocalSigner(b"\x09" * 32, method), now=NOW)
    places = json.dumps({"https://college.example/.well-known/did.json": {"file": "did.json", "at": "2026-05-04T12:00:00Z"}})
    trusted = TrustList("", (TrustEntry(WEB, "Prairie Valley College"),))
    data = parcel(
        **{"proof.json": as_bytes(signed_by_attacker)}, offline__did=as_bytes(document), offline__places=places.encode()
    )
    (report,) = check(data, trust=trusted)
    assert (report.code, report.verdict) == ("signer.unreachable", "unknown")


def test_a_proof_in_several_forms_is_answered_once_and_what_lies_beside_is_none() -> None:
    again = as_bytes(signed(status=ENTRY, valid_until=LATER))
    reports = check(parcel(**{"copy.json": again}, offline__list=status_list()))
    assert len(reports) == 1


def test_a_zip_without_a_map_is_an_ordinary_zip() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        made.writestr("proof.json", as_bytes(signed(status=ENTRY)))
        made.writestr("offline/list.json", status_list())
    reports = check(out.getvalue())
    assert len(reports) == 2 and reports[0].finding("status").code == "fetch.offline"  # type: ignore[union-attr]


def test_a_parcel_of_nothing_but_lists_is_looked_at_as_it_is() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        made.writestr("offline/map.json", b"{}")
    assert [report.verdict for report in check(out.getvalue())] == ["unknown"]


def test_a_list_signed_this_very_minute_is_fresh() -> None:
    """Its giver says for how long an answer may be reused; that it came in a parcel changes nothing about it."""
    (report,) = check(parcel(offline__list=status_list()))
    assert report.code == "good"
