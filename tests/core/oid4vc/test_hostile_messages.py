"""Whatever a message holds in whatever place: an error of ours, and no other. The same places and things on every run."""

from __future__ import annotations

import copy
import json
import random
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from credcore.codec import multibase, strict_json
from credcore.errors import CredcoreError
from credcore.oid4vc import dcql, encryption, matching, requests, responses
from tests.core.proofs import NOW, verifier

from .asking import ASKED, QUERY, Json, held_ldp, request, show_jwt, show_ldp

ROUNDS = 300
JUNK: list[Any] = [
    None, True, 5, -1, 1e9, "", "x", "é", "did:key:z6Mk", [], {}, ["a"], [None], {"a": 1}, {"kid": 5},
    "a" * 300, [[]], {"keys": [5]},
]  # fmt: skip
KEY = encryption.new_key(name="k1")
PUBLIC = encryption.public(KEY)


def places(value: Any) -> Iterator[tuple[Any, Any]]:
    for name, inner in value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ():
        yield value, name
        yield from places(inner)


def changed(value: Json, chance: random.Random) -> Json:
    """A copy in which up to three places hold something else."""
    made = copy.deepcopy(value)
    for _ in range(chance.randint(1, 3)):
        if found := list(places(made)):
            place, name = chance.choice(found)
            place[name] = copy.deepcopy(chance.choice(JUNK))
    return made


def encoded(value: Json) -> bytes:
    return multibase.encode(json.dumps(value).encode(), base="u")[1:].encode()


def query(chance: random.Random) -> None:
    read = dcql.parse(changed(QUERY, chance))
    matching.match(read, candidates=[matching.Candidate("mine", dcql.LDP, changed(held_ldp(), chance), True)])


def payload(chance: random.Random) -> None:
    requests.read_payload(changed(request(key=PUBLIC), chance), now=NOW, tied_to="")


def without_signature(chance: random.Random) -> None:
    said = {name: value if isinstance(value, str) else json.dumps(value) for name, value in changed(request(), chance).items()}
    requests.read_unsigned(said | {"client_id": "redirect_uri:https://firm.example/x"}, now=NOW)


def sealing(chance: random.Random) -> None:
    key, enc = encryption.choose(changed({"keys": [PUBLIC]}, chance), encodings=chance.choice([None, ["A256GCM"], 5, [5]]))
    encryption.encrypt({"a": 1}, key=key, enc=enc)


def sealed(chance: random.Random) -> None:
    head, *rest = encryption.encrypt({"a": 1}, key=PUBLIC, enc="A256GCM").split(b".")
    header = strict_json.loads(multibase.decode("u" + head.decode()))
    encryption.decrypt(b".".join([encoded(changed(header, chance)), *rest]), key=KEY)


def shown(chance: random.Random) -> None:
    token = show_jwt().encode().split(b".")
    place = chance.choice((0, 1))
    token[place] = encoded(changed(strict_json.loads(multibase.decode("u" + token[place].decode())), chance))
    answer = chance.choice(({"jwt": [b".".join(token).decode()]}, changed({"ldp": [show_ldp()]}, chance)))
    responses.check(answer, query=dcql.parse(QUERY), asked=ASKED, verifier=verifier(), now=NOW)


@pytest.mark.parametrize(
    ("make", "rounds"),
    [(query, 60), (payload, ROUNDS), (without_signature, ROUNDS), (sealing, ROUNDS), (sealed, ROUNDS), (shown, 60)],
)
def test_only_our_own_errors_leave(make: Callable[[random.Random], None], rounds: int) -> None:
    refused = 0
    chance = random.Random(12)
    for _ in range(rounds):
        try:
            make(chance)
        except CredcoreError as error:
            assert error.code
            refused += 1
    assert refused > rounds // 4, "too little of it was bad"
