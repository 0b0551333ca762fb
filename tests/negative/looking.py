"""One look at a file of the corpus, and what it says."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from credcore.trust import TrustList
from credcore.verify import Report, Verifier, check_item
from tests.core.proofs import NOW
from tests.negative.answers import Answers

WORST_FIRST = ("bad", "unknown", "careful", "good")


def look(data: bytes, *, pages: dict[str, bytes], name: str, trust: TrustList) -> list[Report]:
    """Check it as a file of this name is checked, on the day of the corpus."""
    return check_item(data, verifier=Verifier(fetch=Answers(pages), trust=(trust,)), now=NOW, name=name)


def worst(verdicts: Iterable[str]) -> str:
    """The worst of the answers about one file."""
    return min(verdicts, key=WORST_FIRST.index)


def codes(reports: Iterable[Report]) -> Iterator[str]:
    """The codes of all findings, also of what lies inside."""
    for report in reports:
        yield from (finding.code for finding in report.findings)
        yield from codes(report.parts)
