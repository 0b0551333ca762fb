"""Credentials changed at random, in ways that hurt: what remains plausible is worth more than what is noise."""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterable
from random import Random
from typing import Any

from credcore import contexts
from tests.core.codec.documents import places

Json = dict[str, Any]
Place = tuple[Any, Any]
DOUBLE = "http://www.w3.org/2001/XMLSchema#double"

OTHER_NAMES = {"id": "@id", "@id": "id", "type": "@type", "@type": "type"}
TYPES = [
    "Achievement", "AchievementCredential", "AchievementSubject", "Address", "Alignment", "BitstringStatusListEntry",
    "DataIntegrityProof", "Evidence", "GeoCoordinates", "IdentityObject", "Image", "JsonSchema", "Multikey", "Profile",
    "Related", "Result", "ResultDescription", "RubricCriterionLevel", "VerifiableCredential", "urn:x:Kind", "Unknown",
    "id", "_:kind",
]  # fmt: skip
WORDS = [
    "achievement", "alignment", "creator", "credentialSubject", "creditsEarned", "criteria", "dateOfBirth", "description",
    "evidence", "hashed", "humanCode", "id", "identifier", "image", "inLanguage", "issuer", "name", "narrative", "related",
    "result", "source", "status", "tag", "targetName", "targetUrl", "termsOfUse", "type", "url", "validFrom", "value",
    "resultDescription", "rubricCriterionLevel", "allowedValue", "address", "geo", "latitude", "proof", "proofPurpose",
    "verifiableCredential", "https://schema.org/name", "schema:name", "@id", "@type", "@index", "x",
]  # fmt: skip
# Without the few texts and numbers of which engines say different things: test_differences.py has these.
SCALARS: list[Any] = [
    "", "x", "a b", "Grüße \u2028 \U0001f600", "\x00\x01\x08\t\n\x0b\x0c\r\x1f\x7f\x80\"\\", "_:b0", "_:b1",
    "did:example:1", "https://x.example/a b", "urn:uuid:1", "B2", "@id", "@foo", "schema:x", "xsd:string", "relative", ":x",
    "assertionMethod", "revocation", "2026-05-04T12:00:00Z", 0, -0.0, 1, 1.0, 2.5, 1.5e-7, 1e21, 10**21,
    -1.1e22, True, False,
]  # fmt: skip
ODD: list[Any] = [
    None, [], {}, ["a", "b", "a"], [["a"], ["b"]], [None], {"@value": "v"}, {"@value": "v", "@language": "en-GB"},
    {"@value": 5.0}, {"@value": "5", "@type": "http://www.w3.org/2001/XMLSchema#integer"}, {"@list": ["a", "a"]},
    {"@list": []}, {"@set": ["a"]}, {"id": "_:b0"}, {"id": "urn:x:1"}, {"id": "urn:x:1", "type": "Achievement"},
    {"@value": 1.5, "@type": DOUBLE}, {"type": ["Profile"], "name": "N"}, {"@type": "@json", "@value": {"b": [1.0, None]}},
    {"@graph": [{"name": "n"}]}, {"@value": None}, {"@id": "urn:x:1", "id": "urn:x:2"}, {"name": {"name": "n"}}, {"name": "n"},
]  # fmt: skip


def mutated(document: Json, random: Random) -> Json:
    """A copy with one to four things changed anywhere."""
    changed = copy.deepcopy(document)
    for _ in range(random.choice([1, 1, 2, 2, 3, 4])):
        found = [place for place in places(changed) if place[1] != "@context"]
        if found:
            random.choices(WAYS, CHANCES)[0](changed, found, random)
    return changed


def _fresh(values: Iterable[Any], random: Random) -> Any:
    return copy.deepcopy(random.choice(list(values)))


def _scalar(document: Json, found: list[Place], random: Random) -> None:
    holder, key = random.choice(found)
    holder[key] = _fresh(SCALARS, random)


def _odd(document: Json, found: list[Place], random: Random) -> None:
    holder, key = random.choice(found)
    value = _fresh(ODD, random)
    holder[key] = [holder[key], value] if random.random() < 0.4 else value


def _swap(document: Json, found: list[Place], random: Random) -> None:
    (one, key), (other, name) = random.sample(found, 2) if len(found) > 1 else (found[0], found[0])
    one[key], other[name] = copy.deepcopy(other[name]), copy.deepcopy(one[key])


def _graft(document: Json, found: list[Place], random: Random) -> None:
    """A value under another word, or at another place."""
    holder, key = random.choice(found)
    value = copy.deepcopy(holder[key])
    target, name = random.choice(found)
    if isinstance(target, dict) and random.random() < 0.5:
        target[random.choice(WORDS)] = value
    else:
        target[name] = value


def _rename(document: Json, found: list[Place], random: Random) -> None:
    named = [place for place in found if isinstance(place[0], dict)]
    if named:
        holder, key = random.choice(named)
        holder[random.choice(WORDS) if random.random() < 0.7 else random.choice(named)[1]] = holder.pop(key)


def _alias(document: Json, found: list[Place], random: Random) -> None:
    named = [place for place in found if isinstance(place[0], dict) and place[1] in OTHER_NAMES]
    if named:
        holder, key = random.choice(named)
        value = holder[key] if random.random() < 0.2 else holder.pop(key)
        holder[OTHER_NAMES[key]] = value


def _types(document: Json, found: list[Place], random: Random) -> None:
    objects = [document, *(holder[key] for holder, key in found if isinstance(holder[key], dict))]
    one = random.choice(objects)
    kinds = random.choices(TYPES, [4] * (len(TYPES) - 4) + [1] * 4, k=random.randint(1, 3))
    now = one.get("type")
    if isinstance(now, list) and random.random() < 0.6:
        kinds += now
    one["type"] = kinds if random.random() < 0.8 else kinds[0]


def _twin(document: Json, found: list[Place], random: Random) -> None:
    """The same again beside itself; now and then with a little more in it."""
    holder, key = random.choice(found)
    again = copy.deepcopy(holder[key])
    if isinstance(again, dict) and random.random() < 0.4:
        again[random.choice(WORDS)] = _fresh(SCALARS, random)
    if isinstance(holder, list):
        holder.append(again)
    elif isinstance(holder[key], list):
        holder[key] = holder[key] + again
    else:
        holder[key] = [holder[key], again]


def _name(document: Json, found: list[Place], random: Random) -> None:
    """Take a name away, or give one: an address, the name of another thing, or that of an unnamed one."""
    objects = [holder[key] for holder, key in found if isinstance(holder[key], dict)]
    if objects:
        one = random.choice(objects)
        if "id" in one and random.random() < 0.5:
            del one["id"]
        else:
            names = [other["id"] for other in objects if isinstance(other.get("id"), str)]
            one["id"] = random.choice([*names, "urn:x:new", "_:b0", "_:b1", "did:example:rosa", "relative"])


def _delete(document: Json, found: list[Place], random: Random) -> None:
    holder, key = random.choice(found)
    del holder[key]


def _shuffle(document: Json, found: list[Place], random: Random) -> None:
    holder = random.choice(found)[0]
    if isinstance(holder, list):
        random.shuffle(holder)
    else:
        members = list(holder.items())
        random.shuffle(members)
        holder.clear()
        holder.update(members)


def _wrap(document: Json, found: list[Place], random: Random) -> None:
    holder, key = random.choice(found)
    value = holder[key]
    if isinstance(value, list) and value:
        holder[key] = random.choice(value)
    else:
        holder[key] = random.choice(
            [[value], [value, value], {"id": value}, {"@value": value}, {"@list": [value]}, {"name": value}]
        )


def _context(document: Json, found: list[Place], random: Random) -> None:
    """Another order of contexts, one more, one less, or one inside."""
    urls = [pin.url for pin in contexts.pinned() if pin.url.startswith("http")]
    now = document.get("@context")
    objects = [holder[key] for holder, key in found if isinstance(holder[key], dict)]
    if objects and random.random() < 0.4:
        random.choice(objects)["@context"] = random.choice([random.choice(urls), random.sample(urls, 2), None, []])
    elif isinstance(now, list) and now:
        changed = [*now[: random.randint(1, len(now))], *random.sample(urls, random.randint(0, 1))]
        if random.random() < 0.2:
            random.shuffle(changed)
        document["@context"] = changed


WAYS: list[Callable[[Json, list[Place], Random], None]] = [
    _scalar, _odd, _swap, _graft, _rename, _alias, _types, _twin, _name, _delete, _shuffle, _wrap, _context,
]  # fmt: skip
CHANCES = [4, 3, 3, 4, 2, 1, 4, 4, 4, 2, 2, 2, 1]
