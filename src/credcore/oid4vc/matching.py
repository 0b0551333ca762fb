"""Which of somebody's proofs answer a query, with which facts; and whether what came back is what was asked for.
(OpenID4VP 1.0, sections 6.4 and 8.6)"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from credcore.errors import MalformedError
from credcore.formats import vcdm
from credcore.oid4vc import dcql
from credcore.oid4vc.dcql import Claim, Json, Query, Wanted
from credcore.proofs.sd_jwt_disclosures import Path

_W3C: Final = "https://www.w3.org/2018/credentials#"
_BADGES: Final = "https://purl.imsglobal.org/spec/vc/ob/vocab.html#"
# The full names of the kinds that we know; another kind is asked for by the word that stands in the proof.
_FULL: Final = {
    "VerifiableCredential": _W3C,
    "OpenBadgeCredential": _BADGES,
    "AchievementCredential": _BADGES,
    "EndorsementCredential": _BADGES,
}


@dataclass(frozen=True, slots=True)
class Candidate:
    """A proof that could answer. `name` is the caller's own; `claims` what it says; `hideable` what may be left out.

    `bound`: its holder can sign that it is theirs.
    """

    name: str
    format: str
    claims: Json
    bound: bool
    hideable: frozenset[Path] = frozenset()


@dataclass(frozen=True, slots=True)
class Fit:
    """This proof answers this part of the query; `shown` are the places of what may be left out and is asked for."""

    wanted: Wanted
    candidate: Candidate
    shown: tuple[Path, ...] = ()


@dataclass(frozen=True, slots=True)
class Match:
    """`fits`: by the id of each proof that is asked for, everything that would do. `answered`: the ids to answer, None when
    what must be answered cannot be. `unbound`: ids for which there would be one, were it tied to its holder.
    """

    fits: Mapping[str, tuple[Fit, ...]]
    answered: tuple[str, ...] | None
    unbound: tuple[str, ...] = ()


def match(query: Query, *, candidates: Sequence[Candidate]) -> Match:
    """What of these proofs answers the query."""
    fits: dict[str, tuple[Fit, ...]] = {}
    unbound = []
    for wanted in query.wanted:
        found = [fit for one in candidates if (fit := fit_of(wanted, candidate=one)) is not None]
        fits[wanted.id] = tuple(fit for fit in found if fit.candidate.bound or not wanted.bound)
        if found and not fits[wanted.id]:
            unbound.append(wanted.id)
    return Match(fits, answered(query, there={name for name, found in fits.items() if found}), tuple(unbound))


def fit_of(wanted: Wanted, *, candidate: Candidate) -> Fit | None:
    """How this proof answers, whether or not it is tied to its holder; None when it does not."""
    if wanted.format != candidate.format or wanted.authorities or not is_kind(wanted, claims=candidate.claims):
        return None
    for claims in wanted.choices():
        places = [place_of(candidate.claims, claim=claim) for claim in claims]
        if None not in places:
            asked = [place for found in places for place in found or ()]
            return Fit(wanted, candidate, tuple(sorted(_needed(asked, candidate.hideable), key=str)))
    return None


def place_of(document: Json, *, claim: Claim) -> list[Path] | None:
    """Where the fact stands, in every place that fits; None when it is not there, or is another."""
    found = dcql.values_at(document, path=claim.path)
    fitting = [place for place, value in found if dcql.fits(value, claim=claim)]
    return fitting or None


def _needed(asked: Collection[Path], hideable: frozenset[Path]) -> set[Path]:
    """What must be shown so that the asked-for places can be seen: they, what they stand in, and what stands in them."""
    return {
        place
        for place in hideable
        for wanted in asked
        if place == wanted[: len(place)] or wanted == place[: len(wanted)]
    }  # fmt: skip


def is_kind(wanted: Wanted, *, claims: Json) -> bool:
    """Whether a proof is of a kind that is asked for."""
    if not wanted.kinds:
        return True
    if wanted.format == dcql.SD_JWT:
        return any(claims.get("vct") == one for (one,) in wanted.kinds)
    kinds = vcdm.texts(claims.get("type"))
    known = {*kinds, *(_FULL[kind] + kind for kind in kinds if kind in _FULL)}
    return any(set(kinds_asked) <= known for kinds_asked in wanted.kinds)


def answered(query: Query, *, there: Collection[str]) -> tuple[str, ...] | None:
    """Of the parts that can be answered, those that should be; None when a required one cannot. (section 6.4.2)"""
    if not query.combinations:
        names = [one.id for one in query.wanted]
        return tuple(names) if all(name in there for name in names) else None
    chosen: list[str] = []
    for combination in query.combinations:
        option = next((option for option in combination.options if all(name in there for name in option)), None)
        if option is not None:
            chosen += [name for name in option if name not in chosen]
        elif combination.required:
            return None
    return tuple(chosen)


def check_ids(query: Query, *, came: Mapping[str, Sequence[object]]) -> None:
    """Return when what came back answers what was asked, and nothing else came.

    Raises MalformedError `dcql.not_asked` for an id that is not in the query, `dcql.too_many` for several where one was
    asked for, `dcql.not_answered` when something required is missing.
    """
    for name, several in came.items():
        wanted = query.named(name)
        if not several:
            raise MalformedError("dcql.not_answered", name)
        if len(several) > 1 and not wanted.multiple:
            raise MalformedError("dcql.too_many", name)
    if answered(query, there=came) is None:
        raise MalformedError("dcql.not_answered")


def check_one(wanted: Wanted, *, candidate: Candidate) -> None:
    """Return when a proof that came back is what its part of the query asks for.

    Raises MalformedError `dcql.other_format`, `dcql.other_kind`, `dcql.unbound` or `dcql.claims`.
    """
    if candidate.format != wanted.format:
        raise MalformedError("dcql.other_format", candidate.format[:60])
    if not is_kind(wanted, claims=candidate.claims):
        raise MalformedError("dcql.other_kind", wanted.id)
    if wanted.bound and not candidate.bound:
        raise MalformedError("dcql.unbound", wanted.id)
    if not any(all(place_of(candidate.claims, claim=claim) for claim in claims) for claims in wanted.choices()):
        raise MalformedError("dcql.claims", wanted.id)
