"""Genuine signatures of givers that nobody knows, and names that look like another's. (trustworthy: rule 10, threat 13)

Nothing here can be found by a signature: each is signed by exactly the giver that it names.
"""

from __future__ import annotations

from collections.abc import Iterator

from credcore.keys.ed25519 import LocalSigner
from credcore.trust import TrustEntry
from tests.core.proofs import COLLEGE, STRANGER, as_bytes
from tests.negative import making
from tests.negative.case import Case
from tests.negative.twins import sealed

NAME = "Prairie Valley College"
HIDDEN = "Prairie\u200b Valley\u00a0College"
UNIVERSITY = LocalSigner(b"\x06" * 32)
GIVERS = (TrustEntry(UNIVERSITY.did, "Universität Łódź", aliases=("University of Lodz",)),)
BAD, CAREFUL = ("bad",), ("careful",)
BORROWED, UNKNOWN, DIFFERS = "trust.name_borrowed", "trust.unknown", "trust.name_differs"


def named(name: str | None, signer: LocalSigner) -> bytes:
    """A small proof of this giver under this name."""
    giver = {"id": signer.did} | ({"name": name} if name else {})
    return as_bytes(sealed(making.credential(issuer=giver), signer=signer))


def cases() -> Iterator[Case]:
    good = named(NAME, COLLEGE)
    for name, printed, code, verdicts in (
        ("giver-unknown", "Riverside Trucking School", UNKNOWN, CAREFUL),
        ("giver-unknown-and-nameless", None, UNKNOWN, CAREFUL),
        ("name-borrowed", NAME, BORROWED, BAD),
        ("name-borrowed-in-capitals", NAME.upper(), BORROWED, BAD),
        ("name-borrowed-with-other-spaces", HIDDEN, BORROWED, BAD),
        ("name-borrowed-with-a-full-stop", f"{NAME}.", BORROWED, BAD),
        ("name-borrowed-with-accents", "Pr\u00e1irie V\u00e1lley C\u00f3llege", BORROWED, BAD),
        ("name-borrowed-in-full-width", "".join(chr(ord(letter) + 0xFEE0) if letter != " " else letter for letter in NAME),
            BORROWED, BAD),
        ("name-borrowed-with-cyrillic-letters", NAME.replace("a", "\u0430").replace("e", "\u0435"), BORROWED, BAD),
        ("name-borrowed-with-greek-letters", NAME.replace("o", "\u03bf").replace("P", "\u03a1"), BORROWED, BAD),
        ("name-borrowed-with-hidden-letters", NAME.replace(" ", "\u3164"), BORROWED, BAD),
        ("name-borrowed-with-capitals-for-small-letters", NAME.replace("l", "I"), BORROWED, BAD),
        ("name-borrowed-with-digits", NAME.replace("l", "1").replace("o", "0"), BORROWED, BAD),
        ("name-borrowed-with-armenian-letters", NAME.replace("o", "\u0585"), BORROWED, BAD),
        ("name-borrowed-turned-around", f"\u202e{NAME}\u202c", BORROWED, BAD),
        ("name-borrowed-with-joined-letters", NAME.replace("ll", "l\u200dl"), BORROWED, BAD),
        ("name-borrowed-of-an-alias", "University of L\u00f3d\u017a", BORROWED, BAD),
        ("name-borrowed-without-its-strokes", "Universitat Lodz", BORROWED, BAD),
    ):  # fmt: skip
        yield Case(name, "3.10, threat 13", named(printed, STRANGER), good, (code,), verdicts=verdicts)
    for name, printed, signer, real in (
        ("name-printed-differs", "Prairie Valley University", COLLEGE, NAME),
        ("name-printed-longer", f"{NAME} of Medicine", COLLEGE, NAME),
        ("name-printed-with-cyrillic-letters", NAME.replace("a", "\u0430"), COLLEGE, NAME),
        ("name-printed-of-another-listed", NAME, UNIVERSITY, "Universit\u00e4t \u0141\u00f3d\u017a"),
    ):
        yield Case(name, "3.10", named(printed, signer), named(real, signer), (DIFFERS,), verdicts=CAREFUL)
