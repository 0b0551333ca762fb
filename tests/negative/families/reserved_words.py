"""Names that look like words of JSON-LD and are none: a reader of JSON shows them, and nobody signs them.
(trustworthy: threat 6)"""

from __future__ import annotations

import copy
from collections.abc import Iterator

from tests.core.proofs import as_bytes, signed
from tests.negative.case import Case

# Found by chance with `tests/fuzz`: all of these were passed over in silence.
NAMES = {
    "of-one-sign": "@",
    "of-a-sign-and-a-space": "@ ",
    "of-a-sign-and-a-digit": "@1",
    "that-is-nearly-context": "@context2",
    "with-another-alphabet": "@föö",
    "with-a-hyphen": "@skill-level",
    "of-two-signs": "@@",
}


def cases() -> Iterator[Case]:
    """Added after the signing, in the credential, in its receiver, and in the proof."""
    good = signed()
    for place, path in (("the-credential", ()), ("the-receiver", ("credentialSubject",)), ("the-proof", ("proof",))):
        for kind, name in NAMES.items():
            bad = copy.deepcopy(good)
            holder = bad
            for step in path:
                holder = holder[step]
            holder[name] = "Crane, all sizes"
            yield Case(
                f"name-{kind}-in-{place}", "3.6, threat 6", as_bytes(bad), as_bytes(good), ("rdf.reserved",), verdicts=("bad",)
            )
