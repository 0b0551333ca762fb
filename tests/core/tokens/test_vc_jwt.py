"""What a token says beside its credential fills gaps, and never contradicts it."""

from __future__ import annotations

import contextlib
import copy
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from credcore.errors import CredcoreError, MalformedError, UnavailableError
from credcore.formats import vcdm
from credcore.formats.vc_jwt import credential_of, numeric_date

Json = dict[str, Any]
ISSUER, SUBJECT, ID = "did:example:college", "did:example:rosa", "urn:uuid:1"
START, END = 1_767_225_600, 1_798_761_600  # 2026-01-01 and 2027-01-01
STARTS, ENDS = "2026-01-01T00:00:00Z", "2027-01-01T00:00:00Z"
REGISTERED: Json = {"iss": ISSUER, "sub": SUBJECT, "jti": ID, "nbf": START, "exp": END}


def version1(**more: Any) -> Json:
    return {"@context": [vcdm.V1], "type": ["VerifiableCredential"], "credentialSubject": {"name": "Rosa"}, **more}


def full1() -> Json:
    subject = {"id": SUBJECT, "name": "Rosa"}
    return version1(id=ID, issuer=ISSUER, issuanceDate=STARTS, expirationDate=ENDS, credentialSubject=subject)


def version2(**more: Any) -> Json:
    return {
        "@context": [vcdm.V2],
        "type": ["VerifiableCredential", "OpenBadgeCredential"],
        "id": ID,
        "issuer": {"id": ISSUER, "name": "Prairie Valley College"},
        "validFrom": STARTS,
        "validUntil": ENDS,
        "credentialSubject": {"id": SUBJECT},
        **more,
    }


def test_registered_claims_fill_what_the_credential_lacks() -> None:
    claims = {**REGISTERED, "iat": START + 50, "aud": "x", "vc": version1()}
    before = copy.deepcopy(claims)
    assert credential_of(header={"typ": "JWT"}, claims=claims) == full1()
    assert claims == before


def test_what_is_said_twice_and_alike_is_fine() -> None:
    assert credential_of(header={}, claims={**REGISTERED, "vc": full1()}) == full1()


def test_an_issuer_with_a_name_keeps_it() -> None:
    made = credential_of(header={}, claims={**REGISTERED, "vc": version1(issuer={"name": "College"})})
    assert made["issuer"] == {"name": "College", "id": ISSUER}


def test_the_only_subject_of_a_list_is_the_one_meant() -> None:
    made = credential_of(header={}, claims={**REGISTERED, "vc": version1(credentialSubject=[{"name": "Rosa"}])})
    assert made["credentialSubject"] == [{"name": "Rosa", "id": SUBJECT}]


def test_the_date_of_signing_stands_in_only_where_no_other_is() -> None:
    assert credential_of(header={}, claims={"iat": START, "vc": version1()})["issuanceDate"] == STARTS
    assert credential_of(header={}, claims={"iat": END, "nbf": START, "vc": version1()})["issuanceDate"] == STARTS
    assert credential_of(header={}, claims={"iat": END, "vc": full1()}) == full1()


def test_a_credential_of_version_2_gets_the_names_of_version_2() -> None:
    bare = {name: value for name, value in version2().items() if name not in ("validFrom", "validUntil")}
    assert credential_of(header={}, claims={**REGISTERED, "vc": bare}) == version2()


DIFFERENT: list[tuple[str, Json]] = [
    ("iss", {"iss": "did:example:other"}),
    ("sub", {"sub": "did:example:other"}),
    ("jti", {"jti": "urn:uuid:2"}),
    ("nbf", {"nbf": START + 1}),
    ("exp", {"exp": END - 1}),
    ("exp", {"exp": END + 31_536_000}),
]


@pytest.mark.parametrize(("name", "change"), DIFFERENT)
@pytest.mark.parametrize("form", ["vc", "payload"])
def test_what_is_said_twice_and_differently_is_refused(form: str, name: str, change: Json) -> None:
    said = {"vc": full1()} if form == "vc" else version2()
    with pytest.raises(MalformedError) as caught:
        credential_of(header={"typ": "JWT"}, claims={**said, **REGISTERED, **change})
    assert (caught.value.code, caught.value.detail) == ("jose.claims_differ", name)


def test_dates_agree_to_the_second() -> None:
    document = version2(validFrom="2026-01-01T00:00:00.400Z", validUntil="2026-12-31T19:00:00-05:00")
    made = credential_of(header={}, claims={**document, **REGISTERED, "nbf": START + 0.9})
    assert made == document


def test_the_end_that_is_read_is_the_one_that_was_compared() -> None:
    """Of `validUntil` and `expirationDate` the narrower is read, so it is the one that `exp` must agree with."""
    later, earlier = "2099-01-01T00:00:00Z", "2026-02-01T00:00:00Z"
    for dates in ({"expirationDate": ENDS, "validUntil": earlier}, {"expirationDate": earlier, "validUntil": ENDS}):
        with pytest.raises(MalformedError):
            credential_of(header={}, claims={"exp": END, "vc": version1(**dates)})
    made = credential_of(header={}, claims={"exp": END, "vc": version1(expirationDate=ENDS, validUntil=later)})
    assert vcdm.validity(made)[1] == vcdm.instant(ENDS)
    made = credential_of(header={"typ": "vc+jwt"}, claims={**version2(expirationDate=later), "exp": END - 60})
    assert vcdm.validity(made)[1] == vcdm.instant("2026-12-31T23:59:00Z")


@pytest.mark.parametrize("typ", [None, "JWT", "vc+jwt", "VC+JWT", "application/vc+jwt", "vc+ld+jwt"])
def test_the_payload_is_the_credential(typ: str | None) -> None:
    header = {} if typ is None else {"typ": typ}
    assert credential_of(header=header, claims=version2()) == version2()
    assert credential_of(header=header, claims={**version2(), **REGISTERED, "iat": START}) == version2()


def test_the_token_of_a_credential_may_end_earlier_than_what_it_says() -> None:
    """VC-JOSE-COSE 1.0, section 3.1.3: `exp` is the end of the signature, `validUntil` that of the statement."""
    made = credential_of(header={"typ": "vc+jwt"}, claims={**version2(), "nbf": START + 60, "exp": END - 60})
    assert (made["validFrom"], made["validUntil"]) == ("2026-01-01T00:01:00Z", "2026-12-31T23:59:00Z")


def test_the_token_of_a_credential_never_widens_it() -> None:
    made = credential_of(header={"typ": "vc+jwt"}, claims={**version2(), "nbf": START - 60, "exp": END + 60})
    assert made == version2()


def test_an_end_that_only_the_token_has_is_shown() -> None:
    bare = {name: value for name, value in version2().items() if name != "validUntil"}
    assert credential_of(header={"typ": "vc+jwt"}, claims={**bare, "exp": END})["validUntil"] == ENDS


def test_presentations() -> None:
    inner = {"@context": [vcdm.V1], "type": "VerifiablePresentation", "verifiableCredential": ["a.b.c"]}
    made = credential_of(header={"typ": "JWT"}, claims={"iss": SUBJECT, "jti": ID, "sub": "x", "nonce": "n", "vp": inner})
    assert made == {**inner, "holder": SUBJECT, "id": ID}
    bare = {**inner, "@context": [vcdm.V2], "holder": {"id": SUBJECT}}
    assert credential_of(header={"typ": "vp+jwt"}, claims={**bare, "iss": SUBJECT, "aud": "x"}) == bare
    with pytest.raises(MalformedError) as caught:
        credential_of(header={"typ": "vp+jwt"}, claims={**bare, "iss": ISSUER})
    assert caught.value.code == "jose.claims_differ"


OTHERS = [
    "at+jwt",
    "kb+jwt",
    "statuslist+jwt",
    "openid4vci-proof+jwt",
    "entity-statement+jwt",
    "dpop+jwt",
    "dc+sd-jwt",
    "vp+jwt",
]


@pytest.mark.parametrize("typ", [*OTHERS, 3, None, ["JWT"]])
def test_a_token_for_another_purpose_is_no_credential(typ: Any) -> None:
    for claims in (version2(), {"vc": full1()}):
        with pytest.raises(MalformedError) as caught:
            credential_of(header={"typ": typ}, claims=claims)
        assert caught.value.code == "jose.type"


def test_a_type_goes_with_its_form() -> None:
    with pytest.raises(MalformedError) as caught:
        credential_of(header={"typ": "vc+jwt"}, claims={"vc": full1()})
    assert caught.value.code == "jose.type"
    with pytest.raises(MalformedError) as caught:
        credential_of(header={"typ": "vc+jwt"}, claims={**version2(), "type": ["VerifiablePresentation"]})
    assert caught.value.code == "jose.type"


@pytest.mark.parametrize(
    "claims",
    [
        {**version2(), "vc": full1()},
        {"@context": [vcdm.V2], "vc": full1()},
        {"vc": full1(), "vp": {"type": "VerifiablePresentation"}},
        {"vc": [full1()]},
        {"vc": "a.b.c"},
        {"vp": full1()},
        {"vc": {**full1(), "type": ["VerifiablePresentation"]}},
        {"iss": 3, "vc": full1()},
        {"jti": None, "vc": full1()},
    ],
)
def test_claims_that_are_built_wrong(claims: Json) -> None:
    with pytest.raises(MalformedError) as caught:
        credential_of(header={}, claims=claims)
    assert caught.value.code == "jose.malformed"


@pytest.mark.parametrize("subject", ["did:example:rosa", [{"id": SUBJECT}, {"id": "did:example:b"}], [], ["x"], 3])
def test_sub_needs_one_subject(subject: Any) -> None:
    with pytest.raises(MalformedError) as caught:
        credential_of(header={}, claims={"sub": SUBJECT, "vc": version1(credentialSubject=subject)})
    assert caught.value.code == "jose.claims_differ"


@pytest.mark.parametrize("claims", [{}, {"iss": "https://login.example", "sub": "1"}, {"vct": "x"}, {"@context": [vcdm.V2]}])
def test_another_token_is_not_read(claims: Json) -> None:
    with pytest.raises(UnavailableError) as caught:
        credential_of(header={"typ": "JWT"}, claims=claims)
    assert (caught.value.code, caught.value.permanent) == ("format.unsupported", True)


@pytest.mark.parametrize("value", [True, "1767225600", [], {}, 10**12, -(10**12), 10**400, float("nan"), float("inf"), 1e300])
def test_bad_dates(value: object) -> None:
    for name in ("nbf", "exp", "iat"):
        with pytest.raises(MalformedError) as caught:
            credential_of(header={}, claims={name: value, "vc": full1()})
        assert caught.value.code == "dates.malformed"


def test_good_dates() -> None:
    assert numeric_date(None) is None
    assert numeric_date(0) == datetime(1970, 1, 1, tzinfo=UTC)
    assert numeric_date(START + 0.5) == datetime(2026, 1, 1, microsecond=500_000, tzinfo=UTC)
    first_told = datetime(1, 1, 1, 16, tzinfo=UTC)  # see `moments.tellable`
    assert numeric_date(-62_135_596_800) == first_told
    early = credential_of(header={}, claims={"nbf": -62_135_596_800, "vc": version1()})
    assert vcdm.validity(early)[0] == first_told


NAMES = [
    "@context",
    "type",
    "vc",
    "vp",
    "iss",
    "sub",
    "jti",
    "nbf",
    "exp",
    "iat",
    "id",
    "issuer",
    "credentialSubject",
    "holder",
]
VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.sampled_from([vcdm.V1, vcdm.V2, "VerifiablePresentation", ""]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(NAMES), inner, max_size=5),
    max_leaves=12,
)


@given(header=st.dictionaries(st.just("typ"), VALUES), claims=st.dictionaries(st.sampled_from(NAMES), VALUES))
@example(header={}, claims={"@context": [], "type": [], "issuer": [], "iss": "x"})
def test_only_our_own_errors_leave(header: Json, claims: Json) -> None:
    with contextlib.suppress(CredcoreError):
        credential_of(header=header, claims=claims)
