"""The cases of the SD-JWT reference implementation: made after their recipe, shown as they say, read as they expect."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import yaml

from credcore.codec import multibase
from credcore.keys import ecdsa, jwk
from credcore.proofs import jose, sd_jwt, sd_jwt_making
from credcore.proofs.sd_jwt_disclosures import Path as Place
from tests.vectors import vectors, vectors_dir

from .parts import Json, as_json

CASES = sorted(path.parent.name for path in (vectors_dir() / "sd-jwt").glob("*/specification.yml"))


class Hidden:
    """A name or a value that the recipe marks with `!sd`."""

    def __init__(self, value: Any) -> None:
        self.value = value


class Loader(yaml.SafeLoader):
    """YAML with `!sd`."""


def _hidden(loader: Loader, node: yaml.Node) -> Hidden:
    if isinstance(node, yaml.MappingNode):
        return Hidden(loader.construct_mapping(node, deep=True))
    if isinstance(node, yaml.SequenceNode):
        return Hidden(loader.construct_sequence(node, deep=True))
    assert isinstance(node, yaml.ScalarNode)
    # Without its tag, a plain scalar is a number, a truth or nothing by its look, and a quoted one is text.
    plain = node.style is None
    tag = loader.resolve(yaml.ScalarNode, node.value, (plain, not plain))  # type: ignore[no-untyped-call]
    return Hidden(loader.construct_object(yaml.ScalarNode(tag, node.value, style=node.style)))


Loader.add_constructor("!sd", _hidden)


def load(path: Path) -> Any:
    return yaml.load(path.read_text(encoding="utf-8"), Loader=Loader)  # noqa: S506 — a SafeLoader with one more tag


def recipe(value: Any, path: Place = ()) -> tuple[Any, list[Place]]:
    """The claims without marks, and the places that are marked."""
    if isinstance(value, Hidden):
        inner, places = recipe(value.value, path)
        return inner, [path, *places]
    if isinstance(value, dict):
        items = [(key, member, key.value if isinstance(key, Hidden) else key) for key, member in value.items()]
        read = {name: (isinstance(key, Hidden), recipe(member, (*path, name))) for key, member, name in items}
        marked = [(*path, name) for name, (hidden, _) in read.items() if hidden]
        return {name: inner for name, (_, (inner, _)) in read.items()}, marked + [
            place for _, (_, places) in read.values() for place in places
        ]
    if isinstance(value, list):
        elements = [recipe(element, (*path, place)) for place, element in enumerate(value)]
        return [inner for inner, _ in elements], [place for _, places in elements for place in places]
    return value, []


def chosen(value: Any, path: Place = ()) -> list[Place]:
    """The places at which the holder says yes."""
    if isinstance(value, dict):
        return [place for name, member in value.items() for place in chosen(member, (*path, name))]
    if isinstance(value, list):
        return [place for at, element in enumerate(value) for place in chosen(element, (*path, at))]
    return [path] if value is True else []


def signer(key: Json) -> ecdsa.LocalSigner:
    made = ecdsa.LocalSigner(key["crv"], int.from_bytes(multibase.decode("u" + key["d"]), "big"))
    assert jwk.encode(made.key) == {name: key[name] for name in ("crv", "kty", "x", "y")}
    return made


def test_all_cases_are_here() -> None:
    vectors("sd-jwt")
    assert len(CASES) == 17


@pytest.mark.parametrize("name", CASES or ["absent"])
def test_case(name: str) -> None:
    folder = vectors("sd-jwt")
    settings, case = load(folder / "settings.yml"), load(folder / name / "specification.yml")
    giver, holder = signer(settings["key_settings"]["issuer_keys"][0]), signer(settings["key_settings"]["holder_key"])
    user, places = recipe(case["user_claims"])
    always: Json = {"iss": settings["identifiers"]["issuer"], "iat": settings["iat"], "exp": settings["exp"]}
    if case.get("key_binding"):
        always["cnf"] = {"jwk": jwk.encode(holder.key)}
    header = {"typ": "example+sd-jwt", **case.get("extra_header_parameters", {})}
    held = sd_jwt_making.issue(claims={**user, **always}, disclosable=places, signer=giver, header=header)
    assert sd_jwt.parse(held).claims == {**user, **always}

    audience, nonce, now = settings["identifiers"]["verifier"], settings["key_binding_nonce"], settings["iat"]
    moment = datetime.fromtimestamp(now, tz=UTC)
    binding = sd_jwt_making.Binding(holder, audience, nonce, moment) if case.get("key_binding") else None
    shown = sd_jwt_making.present(held, shown=chosen(case["holder_disclosed_claims"]), binding=binding)
    if case.get("serialization_format") == "json":
        shown = as_json(shown, general="general" in name)
    read = sd_jwt.parse(shown)
    jose.verify(jws=read.jws, key=giver.key)
    if binding:
        sd_jwt.check_key_binding(read, now=moment, audience=audience, nonce=nonce)
    assert read.jws.header == {"alg": "ES256", **header}
    assert read.claims == {**case["expect_verified_user_claims"], **always}
