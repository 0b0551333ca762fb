"""Every shown part belongs to a digest that the giver signed, once, and nothing else is let in. (RFC 9901, section 7.1)"""

from __future__ import annotations

import contextlib
import copy
import json
from collections.abc import Callable
from itertools import count
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from credcore.errors import CredcoreError, MalformedError, SignatureMismatch, UnavailableError
from credcore.proofs import jose, sd_jwt, sd_jwt_making
from credcore.proofs.sd_jwt_disclosures import Path

from .parts import GIVER, Json, as_json, marks, part, raw, token

NAME, AGE = part("name", "Rosa"), part("age", 40)
ELEMENT = part("forklift")
SIGNED: Json = {"iss": "https://college.example", "vct": "https://college.example/forklift"}


def refused(data: bytes, code: str) -> None:
    with pytest.raises(MalformedError) as caught:
        sd_jwt.parse(data)
    assert caught.value.code == code


def test_the_twin_of_all_bad_ones_is_read() -> None:
    claims = {**SIGNED, "_sd": marks(NAME, AGE), "_sd_alg": "sha-256", "skills": [{"...": marks(ELEMENT)[0]}, "crane"]}
    read = sd_jwt.parse(token(claims, NAME, ELEMENT))
    assert read.claims == {**SIGNED, "name": "Rosa", "skills": ["forklift", "crane"]}
    assert set(read.disclosed) == {("name",), ("skills", 0)}
    assert (read.hidden, read.key_binding) == (1, None)
    assert read.presented == token(claims, NAME, ELEMENT)
    jose.verify(jws=read.jws, key=GIVER.key)


def test_a_hidden_element_leaves_no_gap() -> None:
    read = sd_jwt.parse(token({"skills": [{"...": marks(AGE)[0]}, {"...": marks(ELEMENT)[0]}]}, ELEMENT))
    assert read.claims == {"skills": ["forklift"]}
    assert (read.disclosed, read.hidden) == ((("skills", 0),), 1)


def test_a_part_may_hold_parts() -> None:
    inner = part("city", "Fresno")
    outer = part("address", {"_sd": marks(inner), "country": "US"})
    read = sd_jwt.parse(token({"_sd": marks(outer)}, inner, outer))
    assert read.claims == {"address": {"country": "US", "city": "Fresno"}}
    assert read.disclosed == (("address",), ("address", "city"))


def test_absent_hash_name_means_sha_256() -> None:
    assert sd_jwt.parse(token({"_sd": marks(NAME)}, NAME)).claims == {"name": "Rosa"}


def test_nothing_hidden_and_nothing_shown() -> None:
    read = sd_jwt.parse(token(SIGNED))
    assert (read.claims, read.hidden, read.disclosed) == (SIGNED, 0, ())


def bad() -> list[tuple[bytes, str]]:
    """One fault each."""
    inner = part("city", "Fresno")
    reserved = [part(name, "x") for name in ("_sd", "...", "_sd_alg")]
    hidden = part("x", {"...": "y"})
    return [
        (token(SIGNED).rstrip(b"~"), "sdjwt.malformed"),
        (token({"_sd": marks(NAME)}, NAME, NAME), "sdjwt.repeated"),
        (token({"_sd": marks(NAME, NAME)}, NAME), "sdjwt.repeated"),
        (token({"_sd": marks(AGE, AGE)}), "sdjwt.repeated"),
        (token({"_sd": marks(NAME), "more": {"_sd": marks(NAME)}}, NAME), "sdjwt.repeated"),
        (token({"a": [{"...": marks(ELEMENT)[0]}, {"...": marks(ELEMENT)[0]}]}, ELEMENT), "sdjwt.repeated"),
        (token({"_sd": marks(NAME)}, NAME, AGE), "sdjwt.unused"),
        (token(SIGNED, NAME), "sdjwt.unused"),
        # A part that stands in another one, which is not shown.
        (token({"_sd": marks(part("address", {"_sd": marks(inner)}))}, inner), "sdjwt.unused"),
        (token({"_sd": marks(NAME), "name": "Walt"}, NAME), "sdjwt.overwrites"),
        (token({"_sd": marks(NAME, part("name", "Walt"))}, NAME, part("name", "Walt")), "sdjwt.overwrites"),
        *((token({"_sd": marks(one)}, one), "sdjwt.reserved") for one in reserved),
        (token({"...": "x"}), "sdjwt.reserved"),
        (token({"a": {"...": marks(ELEMENT)[0]}}, ELEMENT), "sdjwt.reserved"),
        (token({"a": [{"...": marks(ELEMENT)[0], "b": 1}]}, ELEMENT), "sdjwt.reserved"),
        (token({"_sd": marks(hidden)}, hidden), "sdjwt.reserved"),
        *(
            (token({"_sd": marks(NAME), "_sd_alg": name}, NAME), "sdjwt.hash")
            for name in ("sha-512", "SHA-256", "md5", None, 256)
        ),
        (token({"_sd": marks(NAME)[0]}, NAME), "sdjwt.malformed"),
        (token({"_sd": [3]}), "sdjwt.malformed"),
        (token({"a": [{"...": 3}]}), "sdjwt.malformed"),
        # An element where a member belongs, and the reverse.
        (token({"_sd": marks(ELEMENT)}, ELEMENT), "sdjwt.malformed"),
        (token({"a": [{"...": marks(NAME)[0]}]}, NAME), "sdjwt.malformed"),
        *(
            (token({"_sd": marks(one)}, one), "sdjwt.malformed")
            for one in (part(), part(1, 2), part("a", "b", "c"), raw(b"{}"))
        ),
        (token({"_sd": marks(raw(b'[1,"name","Rosa"]'))}, raw(b'[1,"name","Rosa"]')), "sdjwt.malformed"),
        (token({"_sd": marks(NAME + b"=")}, NAME + b"="), "sdjwt.malformed"),
        (token({"_sd": marks(NAME)}, NAME, b""), "json.not_json"),
        (token({"_sd": marks(b"\xe9")}, b"\xe9"), "sdjwt.malformed"),
        (token({"_sd": marks(raw(b"[]x"))}, raw(b"[]x")), "json.not_json"),
        (token({"_sd": marks(raw(b'["s","n",{"a":1,"a":2}]'))}, raw(b'["s","n",{"a":1,"a":2}]')), "json.duplicate_key"),
        (token(b"[]"), "jose.malformed"),
        (token(b'{"a":1,"a":1}'), "json.duplicate_key"),
        (token(SIGNED, binding=b"x"), "jose.malformed"),
        (token(SIGNED, *(part(str(number), 1) for number in range(sd_jwt.MAX_DISCLOSURES + 1))), "sdjwt.too_many"),
        (token(SIGNED, b"A" * 524_288), "jose.too_large"),
    ]


@pytest.mark.parametrize(("data", "code"), bad())
def test_bad_tokens(data: bytes, code: str) -> None:
    refused(data, code)


def test_as_many_parts_as_allowed_are_read() -> None:
    parts = [part(str(number), number) for number in range(sd_jwt.MAX_DISCLOSURES)]
    assert len(sd_jwt.parse(token({"_sd": marks(*parts)}, *parts)).claims) == sd_jwt.MAX_DISCLOSURES


@pytest.mark.parametrize(("levels", "fits"), [(32, True), (33, False), (900, False)])
def test_parts_in_parts_are_bounded(levels: int, fits: bool) -> None:
    """No single text is deep, but put together they are."""
    parts = [part("a", 1)]
    for _ in range(levels - 1):
        parts.append(part("a", {"_sd": marks(parts[-1])}))
    data = token({"_sd": marks(parts[-1])}, *parts)
    if fits:
        assert len(sd_jwt.parse(data).disclosed) == levels
    else:
        refused(data, "json.too_deep")


@pytest.mark.parametrize("name", ["iss", "nbf", "exp", "cnf", "vct", "status"])
def test_what_decides_must_not_be_a_part(name: str) -> None:
    whole, inside = part(name, "x"), part("inside", "x")
    for read in (
        sd_jwt.parse(token({"_sd": marks(whole)}, whole)),
        sd_jwt.parse(token({name: {"_sd": marks(inside)}}, inside)),
    ):
        with pytest.raises(MalformedError) as caught:
            sd_jwt.check_undisclosed(read)
        assert caught.value.code == "sdjwt.disclosed"
    with pytest.raises(MalformedError) as caught:
        sd_jwt_making.issue(claims={"vct": "x", name: "x"}, disclosable=[(name,)], signer=GIVER, header={})
    assert caught.value.code == "sdjwt.disclosed"


def test_what_a_person_may_hide_may_be_a_part() -> None:
    parts = [part("sub", "x"), part("iat", 1), part("given_name", "Rosa")]
    sd_jwt.check_undisclosed(sd_jwt.parse(token({**SIGNED, "_sd": marks(*parts)}, *parts)))


@pytest.mark.parametrize("typ", ["dc+sd-jwt", "vc+sd-jwt"])
def test_the_types_of_an_sd_jwt_vc(typ: str) -> None:
    sd_jwt.check_type(sd_jwt.parse(token(SIGNED, header={"typ": typ})))


@pytest.mark.parametrize("typ", ["JWT", "kb+jwt", "DC+SD-JWT", 3, None, ["dc+sd-jwt"]])
def test_other_types(typ: Any) -> None:
    with pytest.raises(MalformedError) as caught:
        sd_jwt.check_type(sd_jwt.parse(token(SIGNED, header={"typ": typ})))
    assert caught.value.code == "jose.type"


CLAIMS: Json = {
    "iss": "https://college.example",
    "vct": "https://college.example/forklift",
    "given_name": "Rosa",
    "address": {"city": "Fresno", "zip": "93650"},
    "skills": ["forklift", ["crane", "hoist"]],
}
PLACES: list[Path] = [
    ("given_name",), ("address",), ("address", "city"), ("skills", 0), ("skills", 1), ("skills", 1, 1),
]  # fmt: skip


def made(**more: Any) -> bytes:
    arguments: Json = {"claims": CLAIMS, "disclosable": PLACES, "signer": GIVER, "header": {"typ": "dc+sd-jwt"}}
    return sd_jwt_making.issue(**(arguments | more))


@pytest.mark.parametrize("form", [lambda data: data, as_json, lambda data: as_json(data, general=True)])
def test_what_we_make_is_what_we_read(form: Callable[[bytes], bytes]) -> None:
    before = copy.deepcopy(CLAIMS)
    data = made()
    read = sd_jwt.parse(form(data))
    assert read.claims == CLAIMS == before
    assert (set(read.disclosed), read.hidden) == (set(PLACES), 0)
    assert read.presented == data
    jose.verify(jws=read.jws, key=GIVER.key)
    for word in (b"Rosa", b"Fresno", b"forklift", b"hoist"):
        assert word not in read.jws.payload.replace(b"https://college.example/forklift", b"")


def test_salts_are_new_each_time_and_long() -> None:
    salts = {sd_jwt_making.new_salt() for _ in range(50)}
    assert len(salts) == 50
    assert all(len(salt) == 22 for salt in salts)
    assert made() != made()


def test_the_order_of_digests_does_not_follow_the_claims() -> None:
    numbers = count()
    read = sd_jwt.parse(made(salt=lambda: str(next(numbers))))
    listed = json.loads(read.jws.payload)["_sd"]
    assert listed == sorted(listed)


def test_showing_a_part_shows_what_it_stands_in() -> None:
    read = sd_jwt.parse(sd_jwt_making.present(made(), shown=[("address", "city"), ("skills", 1)]))
    assert read.claims["address"] == {"zip": "93650", "city": "Fresno"}
    assert read.claims["skills"] == [["crane"]]
    assert "given_name" not in read.claims


@given(shown=st.sets(st.sampled_from(PLACES)))
def test_any_choice_of_parts_is_read_and_shows_no_other(shown: set[Path]) -> None:
    read = sd_jwt.parse(sd_jwt_making.present(HELD, shown=shown))
    needed = {path[:length] for path in shown for length in range(1, len(path) + 1)} & set(PLACES)
    assert len(read.disclosed) == len(needed)
    jose.verify(jws=read.jws, key=GIVER.key)


@pytest.mark.parametrize("path", [("name",), (), ("address", "street"), ("skills", 7), ("skills", "0")])
def test_places_that_are_not_there(path: Path) -> None:
    with pytest.raises(MalformedError) as making:
        made(disclosable=[path])
    with pytest.raises(MalformedError) as showing:
        sd_jwt_making.present(HELD, shown=[path])
    assert making.value.code == showing.value.code == "sdjwt.path"


@pytest.mark.parametrize("claims", [{"_sd": []}, {"a": {"...": "x"}}, {"a": [{"_sd_alg": "sha-256"}]}])
def test_reserved_names_are_not_signed(claims: Json) -> None:
    with pytest.raises(MalformedError) as caught:
        made(claims=claims, disclosable=[])
    assert caught.value.code == "sdjwt.reserved"


def test_claims_too_deep_to_be_read_are_not_signed() -> None:
    deep: Any = 1
    for _ in range(40):
        deep = [deep]
    with pytest.raises(MalformedError) as caught:
        made(claims={"a": deep}, disclosable=[])
    assert caught.value.code == "json.too_deep"


HELD = made()


@given(place=st.integers(0, len(HELD) - 1), letter=st.sampled_from(b"ABCxyz019-_~.{="))
def test_no_changed_letter_goes_unnoticed(place: int, letter: int) -> None:
    changed = HELD[:place] + bytes([letter]) + HELD[place + 1 :]
    if changed == HELD:
        return
    # Unavailable: the letter made another algorithm of it, one that we do not read.
    with pytest.raises((MalformedError, SignatureMismatch, UnavailableError)):
        jose.verify(jws=sd_jwt.parse(changed).jws, key=GIVER.key)


@pytest.mark.parametrize(
    "change",
    [{"disclosures": "x"}, {"disclosures": [3]}, {"kb_jwt": 3}, {"disclosures": None}, {"disclosures": ["a~b"]}],
)
def test_bad_json_headers(change: Json) -> None:
    value = json.loads(as_json(HELD))
    value["header"] |= change
    refused(json.dumps(value).encode(), "sdjwt.malformed")


def test_parts_in_the_signed_header_are_no_parts() -> None:
    value = json.loads(as_json(token({"_sd": marks(NAME)}, header={"disclosures": [NAME.decode()]})))
    refused(json.dumps(value).encode(), "jose.malformed")


@given(data=st.binary(max_size=120) | st.builds(lambda text: token(SIGNED, raw(text)), st.binary(max_size=60)))
def test_only_our_own_errors_leave(data: bytes) -> None:
    with contextlib.suppress(CredcoreError):
        sd_jwt.parse(data)
