"""Ask about proofs. Whatever belongs to a firm or a person takes its actor; not yours and not there are the same NotFound."""

from skillmark.errors import NotFound
from skillmark.rooms.credentials.queries.held import held, held_one
from skillmark.rooms.credentials.queries.proofs import PublicProof, giver_names, proof, proofs, public_proof
from skillmark.rooms.credentials.queries.status import answer_own, status_document
from skillmark.rooms.credentials.queries.templates import ready, template, templates

__all__ = [
    "NotFound",
    "PublicProof",
    "answer_own",
    "giver_names",
    "held",
    "held_one",
    "proof",
    "proofs",
    "public_proof",
    "ready",
    "status_document",
    "template",
    "templates",
]
