"""What the claims of an SD-JWT VC say, in plain fields."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from credcore.errors import MalformedError
from credcore.formats import sd_jwt_vc

DOCUMENT: dict[str, Any] = {
    "vct": "https://college.example/types/forklift_operator",
    "iss": "https://college.example",
    "sub": "did:example:rosa",
    "iat": 1_767_225_600,
    "exp": 1_798_761_600,
    "given_name": "Rosa",
    "family_name": "Delgado",
}


def test_what_recognises() -> None:
    assert sd_jwt_vc.recognises(DOCUMENT)
    assert not sd_jwt_vc.recognises({**DOCUMENT, "@context": []})
    assert not sd_jwt_vc.recognises({"iss": "x"})


def test_the_usual_claims() -> None:
    made = sd_jwt_vc.parse(DOCUMENT)
    assert made.format == "SD-JWT VC"
    assert (made.issuer.id, made.subject.id, made.subject.name) == (
        "https://college.example",
        "did:example:rosa",
        "Rosa Delgado",
    )
    assert (made.name, made.types) == ("Forklift operator", (DOCUMENT["vct"],))
    assert made.valid_from == datetime(2026, 1, 1, tzinfo=UTC)
    assert made.valid_until == datetime(2027, 1, 1, tzinfo=UTC)


def test_the_start_is_rather_that_of_the_statement_than_that_of_signing() -> None:
    made = sd_jwt_vc.parse({**DOCUMENT, "nbf": 1_767_312_000})
    assert made.valid_from == datetime(2026, 1, 2, tzinfo=UTC)


@pytest.mark.parametrize(
    ("claims", "name"),
    [
        ({"name": "R. Delgado", "given_name": "Rosa"}, "R. Delgado"),
        ({"given_name": "Rosa"}, "Rosa"),
        ({"family_name": "Delgado"}, "Delgado"),
        ({"email": "rosa@example.com"}, "rosa@example.com"),
        ({"credential_subject": {"name": "Rosa"}}, "Rosa"),
        ({"given_name": 3, "name": []}, ""),
        ({}, ""),
    ],
)
def test_names_of_people(claims: dict[str, Any], name: str) -> None:
    assert sd_jwt_vc.parse({"vct": "x", **claims}).subject.name == name


@pytest.mark.parametrize(
    ("kind", "title"),
    [
        ("https://college.example/types/first-aid/", "First aid"),
        ("urn:eudi:pid:de:1", "Pid"),
        ("https://college.example/forklift_operator/v1", "Forklift operator"),
        ("7", "7"),
        ("urn:college:forklift_operator", "Forklift operator"),
        ("https://college.example/types#crane%20operator", "Crane operator"),
        ("IdentityCredential", "IdentityCredential"),
        ("//", ""),
    ],
)
def test_titles(kind: str, title: str) -> None:
    assert sd_jwt_vc.parse({"vct": kind}).name == title


def test_a_title_that_is_written_wins() -> None:
    assert sd_jwt_vc.parse({**DOCUMENT, "title": "Counterbalance truck"}).name == "Counterbalance truck"


@pytest.mark.parametrize("kind", [None, "", 3, ["x"], {}])
def test_a_kind_is_needed(kind: Any) -> None:
    with pytest.raises(MalformedError) as caught:
        sd_jwt_vc.parse({"vct": kind})
    assert caught.value.code == "format.no_type"


@pytest.mark.parametrize("name", ["nbf", "exp", "iat"])
@pytest.mark.parametrize("value", ["2026-01-01", True, 1e300])
def test_bad_dates(name: str, value: object) -> None:
    with pytest.raises(MalformedError) as caught:
        sd_jwt_vc.parse({"vct": "x", name: value})
    assert caught.value.code == "dates.malformed"
