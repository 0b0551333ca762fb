"""The query language: every published example is read, what fits is chosen, and what comes back is held against it."""

from __future__ import annotations

import json
from typing import Any

import pytest

from credcore.errors import MalformedError, UnavailableError
from credcore.oid4vc import dcql, matching
from credcore.oid4vc.matching import Candidate, Fit
from tests.vectors import vectors, vectors_dir

FOLDER = vectors_dir() / "openid4vp"
QUERIES = sorted([*(FOLDER / "query_lang").glob("*.json"), *(FOLDER / "request").glob("dcql_*.json")])
VCT = "https://credentials.example.com/identity_credential"
PERSON = {
    "vct": VCT,
    "family_name": "Doe",
    "given_name": "John",
    "address": {"street_address": "42 Market Street", "locality": "Milliways"},
    "postal_code": "90210",
    "degrees": [{"type": "Bachelor", "year": 2015}, {"type": "Master", "year": 2018}],
    "age": 42,
}
HIDEABLE = frozenset({(name,) for name in PERSON if name != "vct"} | {("address", "street_address"), ("address", "locality")})


def published(name: str) -> dcql.Query:
    """Skips where the published examples are not."""
    return dcql.parse(json.loads((vectors("openid4vp") / "query_lang" / f"{name}.json").read_text()))


def person(*, bound: bool = True, **more: Any) -> Candidate:
    return Candidate("mine", dcql.SD_JWT, PERSON | more, bound, HIDEABLE)


def query(**more: Any) -> dcql.Query:
    one = {"id": "pid", "format": dcql.SD_JWT, "meta": {"vct_values": [VCT]}} | more
    return dcql.parse({"credentials": [one]})


def fit(**more: Any) -> Fit | None:
    return matching.fit_of(query(**more).wanted[0], candidate=person())


@pytest.mark.parametrize("path", QUERIES, ids=lambda path: path.stem)
def test_every_published_query_is_read(path: Any) -> None:
    read = dcql.parse(json.loads(path.read_text()))
    assert read.wanted and all(one.bound for one in read.wanted)


def test_there_are_published_queries() -> None:
    vectors("openid4vp")
    assert len(QUERIES) == 9


@pytest.mark.parametrize("name", ["simple", "value_matching_simple"])
def test_published_queries_find_the_person_of_the_examples(name: str) -> None:
    read = published(name)
    found = matching.match(read, candidates=[person()])
    assert found.answered == ("my_credential",)
    (one,) = found.fits["my_credential"]
    assert ("family_name",) in one.shown and ("address", "street_address") in one.shown
    assert ("address", "locality") not in one.shown and ("degrees",) not in one.shown


def test_the_first_of_the_alternatives_that_can_be_had_is_taken() -> None:
    read = published("claims_alternatives")
    told = {"vct": VCT, "family_name": "Doe", "postal_code": "90210", "date_of_birth": "1940-01-01"}
    one = Candidate("mine", dcql.SD_JWT, told, True, frozenset((name,) for name in told))
    (found,) = matching.match(read, candidates=[one]).fits["pid"]
    assert set(found.shown) == {("family_name",), ("postal_code",), ("date_of_birth",)}


def test_one_of_several_options_is_enough_and_what_is_optional_may_be_missing() -> None:
    read = published("credentials_alternatives")
    assert matching.match(read, candidates=[person()]).answered == ("pid",)
    assert matching.answered(read, there={"pid_reduced_cred_1", "pid_reduced_cred_2", "nice_to_have"}) == (
        "pid_reduced_cred_1", "pid_reduced_cred_2", "nice_to_have",
    )  # fmt: skip
    assert matching.answered(read, there={"pid_reduced_cred_1"}) is None


def test_without_claims_nothing_that_can_be_left_out_is_shown() -> None:
    found = fit()
    assert found is not None and found.shown == ()


def test_what_stands_in_an_asked_for_object_goes_with_it() -> None:
    found = fit(claims=[{"path": ["address"]}])
    assert found is not None
    assert set(found.shown) == {("address",), ("address", "street_address"), ("address", "locality")}


@pytest.mark.parametrize(
    ("path", "values", "fits"),
    [
        (["degrees", None, "type"], ["Master"], True),
        (["degrees", 1, "type"], ["Master"], True),
        (["degrees", 0, "type"], ["Master"], False),
        (["degrees", 2, "type"], None, False),
        (["age"], [42], True),
        (["age"], ["42"], False),
        (["age"], [True], False),
        (["address", None], None, False),
        (["nothing"], None, False),
    ],
)
def test_paths_and_values(path: list[Any], values: list[Any] | None, fits: bool) -> None:
    claim = {"path": path} | ({"values": values} if values is not None else {})
    assert (fit(claims=[claim]) is not None) is fits


def test_another_kind_or_format_or_authority_does_not_fit() -> None:
    assert fit(meta={"vct_values": ["https://other.example/x"]}) is None
    assert matching.fit_of(query(format="ldp_vc", meta={}).wanted[0], candidate=person()) is None
    assert fit(trusted_authorities=[{"type": "aki", "values": ["x"]}]) is None


def test_types_of_w3c_proofs_are_asked_for_by_word_or_full_name() -> None:
    badge = Candidate("badge", dcql.LDP, {"type": ["VerifiableCredential", "OpenBadgeCredential"]}, True)
    for asked, fits in (
        ([["OpenBadgeCredential"]], True),
        ([["https://www.w3.org/2018/credentials#VerifiableCredential"]], True),
        ([["VerifiableCredential", "IDCredential"], ["OpenBadgeCredential"]], True),
        ([["VerifiableCredential", "IDCredential"]], False),
    ):
        wanted = query(format=dcql.LDP, meta={"type_values": asked}).wanted[0]
        assert (matching.fit_of(wanted, candidate=badge) is not None) is fits


def test_what_is_not_tied_to_its_holder_is_named_but_not_offered() -> None:
    found = matching.match(query(), candidates=[person(bound=False)])
    assert found.answered is None and found.unbound == ("pid",) and found.fits["pid"] == ()
    loose = query(require_cryptographic_holder_binding=False)
    assert matching.match(loose, candidates=[person(bound=False)]).answered == ("pid",)


@pytest.mark.parametrize(
    "value",
    [
        None, [], {}, {"credentials": []}, {"credentials": {}}, {"credentials": ["pid"]},
        {"credentials": [{"id": "a", "format": "x"}, {"id": "a", "format": "x"}]},
        {"credentials": [{"id": "a b", "format": "x"}]},
        {"credentials": [{"id": "a"}]},
        {"credentials": [{"id": "a", "format": "x", "claims": []}]},
        {"credentials": [{"id": "a", "format": "x", "claims": [{"path": []}]}]},
        {"credentials": [{"id": "a", "format": "x", "claims": [{"path": [-1]}]}]},
        {"credentials": [{"id": "a", "format": "x", "claims": [{"path": [True]}]}]},
        {"credentials": [{"id": "a", "format": "x", "claims": [{"path": ["b"], "values": []}]}]},
        {"credentials": [{"id": "a", "format": "x", "claims": [{"path": ["b"]}], "claim_sets": [["c"]]}]},
        {"credentials": [{"id": "a", "format": "x", "multiple": "yes"}]},
        {"credentials": [{"id": "a", "format": "x", "require_cryptographic_holder_binding": 0}]},
        {"credentials": [{"id": "a", "format": "ldp_vc", "meta": {"type_values": ["A"]}}]},
        {"credentials": [{"id": "a", "format": "x"}], "credential_sets": []},
        {"credentials": [{"id": "a", "format": "x"}], "credential_sets": [{"options": [["b"]]}]},
        {"credentials": [{"id": "a", "format": "x"}], "credential_sets": [{"options": [["a"]], "required": "no"}]},
    ],
)  # fmt: skip
def test_a_query_that_is_none_is_refused(value: Any) -> None:
    with pytest.raises(MalformedError) as refused:
        dcql.parse(value)
    assert refused.value.code == "dcql.malformed"


def test_a_query_that_nobody_could_read_is_refused() -> None:
    with pytest.raises(MalformedError, match=r"dcql\.too_many"):
        dcql.parse({"credentials": [{"id": f"a{number}", "format": "x"} for number in range(33)]})


def test_formats_that_we_do_not_read_are_named() -> None:
    read = published("simple_mdoc")
    with pytest.raises(UnavailableError, match=r"dcql\.format"):
        dcql.demand_read(read)
    dcql.demand_read(published("multi_credentials"))


@pytest.mark.parametrize(
    ("came", "code"),
    [
        ({"pid": ["x"], "extra": ["y"]}, "dcql.not_asked"),
        ({"pid": ["x", "y"]}, "dcql.too_many"),
        ({"pid": []}, "dcql.not_answered"),
        ({}, "dcql.not_answered"),
    ],
)
def test_only_what_was_asked_for_may_come_back(came: dict[str, list[str]], code: str) -> None:
    with pytest.raises(MalformedError) as refused:
        matching.check_ids(query(), came=came)
    assert refused.value.code == code


def test_several_may_come_where_several_were_asked_for() -> None:
    matching.check_ids(query(multiple=True), came={"pid": ["x", "y"]})


@pytest.mark.parametrize(
    ("more", "claims", "bound", "code"),
    [
        ({"format": "ldp_vc", "meta": {}}, PERSON, True, "dcql.other_format"),
        ({}, PERSON | {"vct": "other"}, True, "dcql.other_kind"),
        ({}, PERSON, False, "dcql.unbound"),
        ({"claims": [{"path": ["family_name"], "values": ["Roe"]}]}, PERSON, True, "dcql.claims"),
        ({"claims": [{"path": ["nothing"]}]}, PERSON, True, "dcql.claims"),
    ],
)
def test_what_came_back_must_be_what_was_asked_for(more: Any, claims: Any, bound: bool, code: str) -> None:
    with pytest.raises(MalformedError) as refused:
        matching.check_one(query(**more).wanted[0], candidate=Candidate("", dcql.SD_JWT, claims, bound))
    assert refused.value.code == code
