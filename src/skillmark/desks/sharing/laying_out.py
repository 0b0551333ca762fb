"""The same things in the order of a CV: work with its dates, proofs, and what the person says themselves."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from skillmark.desks.sharing.days import between
from skillmark.desks.sharing.reading import Entry


@dataclass(frozen=True, slots=True)
class Job:
    """A line of the work history. `since` and `until` are days as exact as they are known; `entry` tells who stands for it."""

    title: str
    by: str
    since: str
    until: str
    entry: Entry

    @property
    def dates(self) -> str:
        return between(self.since, self.until)


@dataclass(frozen=True, slots=True)
class Cv:
    """`jobs` newest first; `proofs` and `said` in the order in which they came."""

    jobs: tuple[Job, ...]
    proofs: tuple[Entry, ...]
    said: tuple[Entry, ...]


def lay_out(*, entries: Sequence[Entry]) -> Cv:
    """The entries in their places, each once."""
    jobs = {id(one): job for one in entries if (job := _job(one)) is not None}
    rest = [one for one in entries if id(one) not in jobs]
    return Cv(
        jobs=tuple(sorted(jobs.values(), key=lambda job: (job.until or "9999", job.since), reverse=True)),
        proofs=tuple(one for one in rest if one.words is None),
        said=tuple(one for one in rest if one.words is not None),
    )


def _job(entry: Entry) -> Job | None:
    if entry.words is not None:
        said = entry.words
        return Job(said.title, said.by, said.since, said.until, entry) if entry.kind == "job" else None
    credential = entry.answer.report.credential if entry.answer is not None else None
    if credential is None or not credential.role:
        return None
    return Job(credential.role, credential.issuer.name, credential.active_from[:10], credential.active_until[:10], entry)
