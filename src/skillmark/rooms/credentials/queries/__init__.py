"""Ask about proofs. Whatever belongs to a firm or a person takes its actor; not yours and not there are the same NotFound."""

from skillmark.errors import NotFound
from skillmark.rooms.credentials.queries.checks import (
    batch,
    batch_rows,
    batches,
    check,
    check_counts,
    checked_item,
    checks,
    due_items,
    file_names_of,
    files_of,
    history_of,
    idle_batches,
)
from skillmark.rooms.credentials.queries.givers import (
    Trust,
    followed,
    followed_one,
    giver,
    givers,
    list_body,
    remembered,
    trust_of,
)
from skillmark.rooms.credentials.queries.held import held, held_one
from skillmark.rooms.credentials.queries.proofs import PublicProof, documents_of, giver_names, proof, proofs, public_proof
from skillmark.rooms.credentials.queries.status import answer_own, status_document
from skillmark.rooms.credentials.queries.templates import ready, template, templates

__all__ = [
    "NotFound",
    "PublicProof",
    "Trust",
    "answer_own",
    "batch",
    "batch_rows",
    "batches",
    "check",
    "check_counts",
    "checked_item",
    "checks",
    "documents_of",
    "due_items",
    "file_names_of",
    "files_of",
    "followed",
    "followed_one",
    "giver",
    "giver_names",
    "givers",
    "held",
    "held_one",
    "history_of",
    "idle_batches",
    "list_body",
    "proof",
    "proofs",
    "public_proof",
    "ready",
    "remembered",
    "status_document",
    "template",
    "templates",
    "trust_of",
]
