"""What must be done with several proofs. (Data Integrity 1.0, section 4.5)"""

from __future__ import annotations

from .api import Json, issued
from .musts import Must, accepted, both, not_signed, refused, that


def proof_sets(name: str) -> list[Must]:
    """Proofs beside each other. (Data Integrity 1.0, section 4.5)"""

    def second() -> Json:
        return issued(name, issued(name, proofId="urn:x:1"))

    def spoilt(place: int) -> Json:
        document = second()
        document["proof"][place]["proofValue"] = document["proof"][1 - place]["proofValue"]
        return document

    return [
        Must("set", "DI 4.5", "Proofs beside each other verify.", accepted(second)),
        Must(
            "set-broken",
            "DI 4.5",
            "If one proof of several does not fit, all is refused.",
            both(refused(lambda: spoilt(0), "proof.mismatch"), refused(lambda: spoilt(1), "proof.mismatch")),
        ),
    ]


def proof_chains(name: str) -> list[Must]:
    """Proofs on top of each other. (Data Integrity 1.0, section 4.5)"""

    def second() -> Json:
        return issued(name, issued(name, proofId="urn:x:1"), previousProof="urn:x:1")

    def third() -> Json:
        return issued(
            name, issued(name, issued(name, proofId="urn:x:1"), proofId="urn:x:3"), previousProof=["urn:x:1", "urn:x:3"]
        )

    def renamed(document: Json, place: int) -> Json:
        document["proof"][place]["id"] = "urn:x:other"
        return document

    def previous_is(value: object) -> Json:
        document = second()
        document["proof"][1]["previousProof"] = value
        return document

    return [
        Must(
            "previous-named",
            "DI 4.2",
            "A proof is put on top of others only where those are there.",
            both(
                that(
                    lambda: (
                        issued(name, issued(name, proofId="urn:x:1"), previousProof="urn:x:1")["proof"][1]["previousProof"]
                        == "urn:x:1"
                    )
                ),
                not_signed(lambda: issued(name, proofId="urn:x:1"), "proof.chain_broken", name, previousProof="urn:x:2"),
                not_signed(
                    lambda: issued(name, proofId="urn:x:1"), "proof.chain_broken", name, previousProof=["urn:x:1", "urn:x:2"]
                ),
            ),
        ),
        Must("chain", "DI 4.5", "A proof on top of another verifies.", accepted(second)),
        Must("chain-list", "DI 4.5", "A proof on top of several verifies.", accepted(third)),
        Must(
            "chain-missing",
            "DI 4.5",
            "If the one proof that it builds on is not there, it is refused.",
            refused(lambda: renamed(second(), 0), "proof.chain_broken"),
        ),
        Must(
            "chain-list-missing",
            "DI 4.5",
            "If one of those that it builds on is not there, it is refused.",
            refused(lambda: renamed(third(), 1), "proof.chain_broken"),
        ),
        Must(
            "chain-bent",
            "DI 4.5",
            "If it is made to build on another one afterwards, it is refused.",
            refused(lambda: previous_is("urn:x:2"), "proof.chain_broken"),
        ),
        Must(
            "chain-no-text",
            "DI 2.1",
            "A previous proof that is neither a text nor a list of texts is refused.",
            both(
                refused(lambda: previous_is(5), "proof.malformed"),
                refused(lambda: previous_is([5]), "proof.malformed"),
                refused(lambda: previous_is([]), "proof.malformed"),
            ),
        ),
    ]
