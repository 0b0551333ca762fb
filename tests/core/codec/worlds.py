"""Small contexts at random, and documents in their words: what no published vocabulary does is done here."""

from __future__ import annotations

from random import Random
from typing import Any

Json = dict[str, Any]

WORDS = ["a", "b", "c", "d"]
TYPES = ["T", "U", "V"]
ALIASES = {"id": "@id", "type": "@type", "kind": "@type", "value": "@value", "language": "@language", "list": "@list"}
COERCIONS = ["@id", "@vocab", "@none", "@json", "http://www.w3.org/2001/XMLSchema#double", "http://www.w3.org/2001/XMLSchema#string",
             "urn:x:datatype"]  # fmt: skip
CONTAINERS: list[Any] = ["@set", "@list", "@language", "@index", "@id", "@type", "@graph", ["@set", "@index"]]
SCALARS: list[Any] = [
    "v",
    "a",
    "T",
    "urn:x:1",
    "p:1",
    "_:b",
    "x y",
    "",
    '\u0001\ufffe"\\',
    1,
    1.0,
    True,
    -0.0,
    2.5,
    1e21,
    None,
]


def context(random: Random, *, depth: int = 0) -> Json:
    """The inside of a `@context`: an absolute IRI for nearly each word, as most of what differs needs a meaning first."""
    made: Json = {name: ALIASES[name] for name in ALIASES if depth == 0 or random.random() < 0.1}
    for word in WORDS + TYPES:
        if depth == 0 or random.random() < 0.35:
            made[word] = _definition(random, word, depth)
    if random.random() < 0.3:
        made["p"] = {"@id": random.choice(["urn:p:", "urn:q:"]), "@prefix": True}
    for key, values, chance in (
        ("@vocab", [*4 * ["urn:vocab:"], None], 0.1), ("@protected", [True], 0.15), ("@propagate", [True, False], 0.2),
        ("@language", ["en", None], 0.04), ("@direction", ["rtl", None], 0.02), ("@base", ["urn:base:", None], 0.04),
        ("a", [None], 0.03), ("type", ["@id", "urn:x:type", None], 0.03 * (depth > 0)),
    ):  # fmt: skip
        if random.random() < chance and not (depth == 0 and key == "@propagate"):
            made[key] = random.choice(values)
    return made


def _definition(random: Random, word: str, depth: int) -> Any:
    name = f"urn:{random.choice(['x', 'x', 'y'])}:{word}"
    made: Json = {"@id": name}
    for key, values, chance in (
        ("@type", COERCIONS, 0.4), ("@container", CONTAINERS, 0.25), ("@language", ["de", None], 0.04),
        ("@protected", [True, False], 0.06), ("@direction", ["ltr", None], 0.02),
    ):  # fmt: skip
        if random.random() < chance:
            made[key] = random.choice(values)
    if depth < 2 and random.random() < 0.4:
        inner = context(random, depth=depth + 1)
        made["@context"] = random.choices([inner, [inner, context(random, depth=2)], [], None, {}], [10, 2, 1, 1, 1])[0]
    return name if len(made) == 1 else made


def document(random: Random, urls: list[str]) -> Json:
    """A document in the words of `context`."""
    return {"@context": urls, **_node(random, 0)}


def _node(random: Random, depth: int) -> Json:
    made: Json = {}
    if random.random() < 0.5:
        made[random.choice(["id", "id", "id", "@id"])] = random.choice(["urn:n:1", "urn:n:2", "p:3", "did:x:1"])
    if random.random() < 0.6:
        kinds = random.choices(TYPES, k=random.randint(1, 3))
        made[random.choice(["type", "type", "type", "kind"])] = kinds if random.random() < 0.6 else kinds[0]
    for word in random.sample(WORDS, random.randint(0, 3)):
        made[word] = _value(random, depth)
    if random.random() < 0.03:
        made[random.choice([*ALIASES, *TYPES, "p:x", "@index"])] = random.choice(SCALARS)
    names = list(made)
    random.shuffle(names)
    return {name: made[name] for name in names}


def _value(random: Random, depth: int) -> Any:
    chance = random.random()
    if depth > 4 or chance < 0.4:
        return random.choice(SCALARS[:-1] if random.random() < 0.95 else SCALARS)
    if chance < 0.75:
        return _node(random, depth + 1)
    if chance < 0.93:
        return [_value(random, depth + 1) for _ in range(random.randint(0, 3))]
    short: list[Any] = [{"value": "v"}, {"id": "urn:n:1"}, {"id": "p:3"}, {"value": "v", "language": "en"}, {"list": ["v"]},
                        {"value": "v", "type": "urn:x:datatype"}, {"@value": 1}, {"@set": ["v"]}]  # fmt: skip
    return dict(random.choice(short))
