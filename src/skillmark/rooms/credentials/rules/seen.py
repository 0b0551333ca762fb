"""What was seen, as it stands on a proof."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """One observation, test or count of hours: on which day, by whom, what, and how. Texts are in the proof's language.

    `steps` are those of the check list that were seen, `document` is an instruction with its revision ("WI-14 D"),
    `comment` is what the person themself says about it.
    """

    on: date
    by: str
    seen: str = ""
    steps: tuple[str, ...] = ()
    method: str = ""
    hours: str = ""
    place: str = ""
    document: str = ""
    language_used: str = ""
    co_signed_by: str = ""
    comment: str = ""

    def as_json(self) -> dict[str, Any]:
        """For a JSON column; `from_json` reads it."""
        return {**asdict(self), "on": self.on.isoformat(), "steps": list(self.steps)}


def from_json(told: Mapping[str, Any]) -> Seen:
    """What `as_json` wrote."""
    return Seen(**{**told, "on": date.fromisoformat(told["on"]), "steps": tuple(told["steps"])})


def not_enough(*, told: Sequence[Mapping[str, Any]], times_seen: int, co_sign: bool) -> str:
    """Why what was seen (each as `as_json` writes it) is not enough for a kind of proof, as an error code; empty: it is.

    A kind that follows a behaviour asks for so many days; one day is an accident, and no proof.
    """
    if times_seen > 1 and len({one["on"] for one in told}) < times_seen:
        return "proof.seen_too_seldom"
    if co_sign and not (told and all(one.get("co_signed_by") for one in told)):
        return "proof.co_sign_missing"
    return ""
