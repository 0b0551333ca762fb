"""The lines of a working life, one kind for all sections."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

JOB: Final = "employmentHistories"
LICENSE: Final = "licenses"
CERTIFICATION: Final = "certifications"
LEARNING: Final = "educationAndLearnings"
SKILL: Final = "skills"
SECTIONS: Final = (JOB, LICENSE, CERTIFICATION, LEARNING, SKILL)


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One line. `section` is one of SECTIONS; `name` a title, a skill, a certificate; `where` a firm or a school.

    `start` and `end` are days as written (`2026`, `2026-05`, `2026-05-04`), or empty; `still`: it goes on. `proof` is the
    signed credential that confirms the line, as it was given (JSON or token); without it, it is what the person says.
    """

    section: str
    name: str
    where: str = ""
    start: str = ""
    end: str = ""
    still: bool = False
    about: str = ""
    proof: bytes = b""
