"""What is asked for: the Digital Credentials Query Language. (OpenID4VP 1.0, sections 6 and 7)

A query is read strictly, because whoever reads it wrongly shows something that nobody asked for.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any, Final

from credcore.errors import MalformedError, UnavailableError

Json = dict[str, Any]
Step = str | int | None
"""A name of a member, a place in a list, or None: every element of the list. (section 7)"""

SD_JWT, JWT, LDP, MDOC = "dc+sd-jwt", "jwt_vc_json", "ldp_vc", "mso_mdoc"
READ: Final = (SD_JWT, JWT, LDP)
"""The formats in which we ask and answer; others are read, and nothing fits them."""

MOST: Final = 32  # credentials, sets, and options of a set; a person has to read it all
MOST_CLAIMS: Final = 100
_ID: Final = re.compile(r"[A-Za-z0-9_-]{1,100}")


@dataclass(frozen=True, slots=True)
class Claim:
    """One fact that is asked for. `values`: only when it is one of these; None: whatever it is."""

    path: tuple[Step, ...]
    id: str = ""
    values: tuple[str | int | bool, ...] | None = None


@dataclass(frozen=True, slots=True)
class Wanted:
    """One proof that is asked for. `kinds`: the types (`vct`, or all of one inner list) that fit; empty: any.

    `claims` empty: none that may be left out. `authorities`: only from certain givers, in a way that we do not evaluate.
    """

    id: str
    format: str
    kinds: tuple[tuple[str, ...], ...] = ()
    claims: tuple[Claim, ...] = ()
    claim_sets: tuple[tuple[str, ...], ...] = ()
    multiple: bool = False
    bound: bool = True
    authorities: bool = False

    def choices(self) -> list[tuple[Claim, ...]]:
        """The sets of facts of which one is enough, the preferred one first."""
        if not self.claim_sets:
            return [self.claims]
        named = {claim.id: claim for claim in self.claims}
        return [tuple(named[name] for name in chosen) for chosen in self.claim_sets]


@dataclass(frozen=True, slots=True)
class Combination:
    """Which proofs go together: one of the `options`, the preferred one first."""

    options: tuple[tuple[str, ...], ...]
    required: bool = True


@dataclass(frozen=True, slots=True)
class Query:
    """`wanted` by its order; without `combinations` all of them are asked for."""

    wanted: tuple[Wanted, ...]
    combinations: tuple[Combination, ...] = ()

    def named(self, name: str) -> Wanted:
        """Raises MalformedError `dcql.not_asked`."""
        for one in self.wanted:
            if one.id == name:
                return one
        raise MalformedError("dcql.not_asked", name[:100])


def parse(value: object) -> Query:
    """Read a query. Raises MalformedError `dcql.malformed` or `dcql.too_many`."""
    if not isinstance(value, dict):
        raise MalformedError("dcql.malformed", "not an object")
    wanted = tuple(_wanted(one) for one in _several(value, "credentials"))
    names = [one.id for one in wanted]
    if not wanted or len(set(names)) != len(names):
        raise MalformedError("dcql.malformed", "credentials: none, or one id twice")
    combinations = tuple(_combination(one, set(names)) for one in _several(value, "credential_sets"))
    if "credential_sets" in value and not combinations:
        raise MalformedError("dcql.malformed", "credential_sets is empty")
    return Query(wanted, combinations)


def values_at(document: Json, *, path: tuple[Step, ...]) -> list[tuple[tuple[str | int, ...], Any]]:
    """(where, what) for everything that the path names; empty when there is nothing. (section 7.1)"""
    found: list[tuple[tuple[str | int, ...], Any]] = [((), document)]
    for step in path:
        found = [
            ((*place, name), inner)
            for place, value in found
            for name, inner in _inside(value, step)
        ]  # fmt: skip
    return found


def _inside(value: Any, step: Step) -> list[tuple[str | int, Any]]:
    if isinstance(step, str):
        return [(step, value[step])] if isinstance(value, dict) and step in value else []
    if not isinstance(value, list):
        return []
    if step is None:
        return list(enumerate(value))
    return [(step, value[step])] if step < len(value) else []


def fits(found: object, *, claim: Claim) -> bool:
    """Whether a value is one that was asked for: same kind, same value. (section 6.4.1)"""
    return claim.values is None or any(type(found) is type(one) and found == one for one in claim.values)


def _wanted(value: object) -> Wanted:
    if not isinstance(value, dict):
        raise MalformedError("dcql.malformed", "a credential query that is no object")
    format_ = value.get("format")
    if not isinstance(format_, str) or not format_:
        raise MalformedError("dcql.malformed", "no format")
    claims = tuple(_claim(one) for one in _several(value, "claims", most=MOST_CLAIMS))
    names = {claim.id for claim in claims if claim.id}
    sets = tuple(_ids(one, names, "claim_sets") for one in _several(value, "claim_sets"))
    for name, read in (("claims", claims), ("claim_sets", sets)):
        if name in value and not read:
            raise MalformedError("dcql.malformed", f"{name} is empty")
    if len(names) != sum(bool(claim.id) for claim in claims):
        raise MalformedError("dcql.malformed", "one id of a claim twice")
    if any(_flag(value, name, name.startswith("require")) is None for name in ("multiple", _BINDING)):
        raise MalformedError("dcql.malformed", "not true or false")
    return Wanted(
        id=_id(value.get("id")),
        format=format_,
        kinds=_kinds(value.get("meta", {}), format_),
        claims=claims,
        claim_sets=sets,
        multiple=value.get("multiple", False),
        bound=value.get(_BINDING, True),
        authorities=bool(_several(value, "trusted_authorities")),
    )


_BINDING: Final = "require_cryptographic_holder_binding"


def _flag(value: Json, name: str, default: bool) -> bool | None:
    found = value.get(name, default)
    return found if isinstance(found, bool) else None


def _kinds(meta: object, format_: str) -> tuple[tuple[str, ...], ...]:
    if not isinstance(meta, dict):
        raise MalformedError("dcql.malformed", "meta")
    if format_ == SD_JWT:
        return tuple((_text(one, "vct_values"),) for one in _several(meta, "vct_values"))
    if format_ in (JWT, LDP):
        sets = _several(meta, "type_values")
        if not all(isinstance(one, list) and one for one in sets):
            raise MalformedError("dcql.malformed", "type_values")
        return tuple(tuple(_text(kind, "type_values") for kind in one) for one in sets)
    return ()


def _claim(value: object) -> Claim:
    if not isinstance(value, dict):
        raise MalformedError("dcql.malformed", "a claim that is no object")
    path = value.get("path")
    if not isinstance(path, list) or not 0 < len(path) <= MOST or not all(_is_step(step) for step in path):
        raise MalformedError("dcql.malformed", "path")
    wanted = None
    if "values" in value:
        wanted = tuple(_several(value, "values", most=MOST_CLAIMS))
        if not wanted or not all(isinstance(one, str | int | bool) for one in wanted):
            raise MalformedError("dcql.malformed", "values")
    return Claim(tuple(path), _id(value["id"]) if "id" in value else "", wanted)


def _is_step(step: object) -> bool:
    return step is None or isinstance(step, str) or (isinstance(step, int) and not isinstance(step, bool) and step >= 0)


def _combination(value: object, names: set[str]) -> Combination:
    if not isinstance(value, dict) or not isinstance(value.get("required", True), bool):
        raise MalformedError("dcql.malformed", "a set that is no object, or required")
    options = tuple(_ids(one, names, "options") for one in _several(value, "options"))
    if not options:
        raise MalformedError("dcql.malformed", "no options")
    return Combination(options, value.get("required", True))


def _ids(value: object, known: set[str], name: str) -> tuple[str, ...]:
    if not isinstance(value, list) or not value or not all(isinstance(one, str) and one in known for one in value):
        raise MalformedError("dcql.malformed", f"{name} that name nothing")
    return tuple(value)


def _id(value: object) -> str:
    if not isinstance(value, str) or not _ID.fullmatch(value):
        raise MalformedError("dcql.malformed", "id")
    return value


def _text(value: object, name: str) -> str:
    if not isinstance(value, str) or not value:
        raise MalformedError("dcql.malformed", name)
    return value


def _several(value: Json, name: str, *, most: int = MOST) -> list[Any]:
    found = value.get(name, [])
    if not isinstance(found, list):
        raise MalformedError("dcql.malformed", name)
    if len(found) > most:
        raise MalformedError("dcql.too_many", f"{len(found)} {name}, at most {most}")
    return found


def demand_read(query: Query) -> None:
    """Raise UnavailableError `dcql.format` when no proof of a format that we read could answer at all."""
    if not any(one.format in READ for one in query.wanted):
        raise UnavailableError("dcql.format", query.wanted[0].format[:60], permanent=True)
