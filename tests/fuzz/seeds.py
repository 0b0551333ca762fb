"""Good things to damage: the good twins of the negative corpus. And what may still be called good of a damaged one."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any

from credcore.errors import CredcoreError
from credcore.trust import TrustList
from credcore.verify import Report, Verdict, opening
from tests.negative import families
from tests.negative.looking import look

LARGEST = 20_000
# A hosted badge is compared with its giver's site and may leave to the site what it does not say itself.
NOT_SIGNED_WHOLE = frozenset({"badges2"})


@dataclass(frozen=True)
class Seed:
    """Something good: the file, and what other computers answer."""

    name: str
    data: bytes
    pages: dict[str, bytes]
    signed_whole: bool

    def __repr__(self) -> str:
        return self.name


@cache
def trust() -> TrustList:
    """The list of the corpus, read once."""
    return families.trust_list()


@cache
def seeds() -> tuple[Seed, ...]:
    """Each different twin once."""
    found: dict[bytes, Seed] = {}
    for family, case in families.cases():
        if len(case.good) <= LARGEST and case.good not in found:
            pages = case.pages if case.good_pages is None else case.good_pages
            found[case.good] = Seed(f"{family}/{case.name}{case.suffix}", case.good, pages, family not in NOT_SIGNED_WHOLE)
    return tuple(found.values())


def check(data: bytes, *, seed: Seed) -> list[Report]:
    """Check a damaged file in the world of its seed. Nothing may leave but reports."""
    reports = look(data, pages=seed.pages, name="damaged", trust=trust())
    assert reports
    return reports


def says_something_new(report: Report, *, seed: Seed) -> bool:
    """Whether what is called good says anything that the seed does not say."""
    return not any(same(report.document, as_in=whole) for whole in _originals(seed))


@cache
def _documents(data: bytes, name: str) -> tuple[bytes, ...]:
    seed = next(one for one in seeds() if one.name == name)
    return tuple(report.document for report in check(data, seed=seed))


def _originals(seed: Seed) -> tuple[bytes, ...]:
    return _documents(seed.data, seed.name)


def same(document: bytes, *, as_in: bytes) -> bool:
    """A token must be the same but for parts that are kept back; JSON must be the same but for its proofs."""
    if document == as_in:
        return True
    try:
        new, old = opening.lay_open(document), opening.lay_open(as_in)
    except CredcoreError:
        return False
    if new.jws is None or old.jws is None:
        return new.jws is old.jws and _plain(new.document) == _plain(old.document)
    shown, all_shown = ({one.encoded for one in opened.sd.disclosures} if opened.sd else set() for opened in (new, old))
    return new.jws == old.jws and shown <= all_shown


def _plain(document: dict[str, Any]) -> Any:
    return _said({name: value for name, value in document.items() if name != "proof"})


def _said(value: Any) -> Any:
    """Without empty lists: one that is added or left out says nothing, and nothing of it is signed."""
    if isinstance(value, dict):
        members = {name: _said(member) for name, member in value.items()}
        return {name: member for name, member in members.items() if member != []}
    if isinstance(value, list):
        return [said for said in map(_said, value) if said != []]
    return value


def is_good(report: Report) -> bool:
    """Whether the answer is good."""
    return report.verdict is Verdict.GOOD
