"""The rules of giving, keeping and cancelling proofs. No database and no Django: every answer follows from its arguments."""

from skillmark.rooms.credentials.rules.codes import digest, pin_digits
from skillmark.rooms.credentials.rules.dates import day_there, last_good_moment, months_later
from skillmark.rooms.credentials.rules.kinds import (
    MAX_TRIES,
    METHODS,
    MONTHS,
    NAME_LENGTH,
    REASON_LENGTH,
    TEXT_LENGTH,
    KindOfProof,
)
from skillmark.rooms.credentials.rules.levels import LEVELS, level_name, said
from skillmark.rooms.credentials.rules.offers import OfferState, Way, offer_state
from skillmark.rooms.credentials.rules.payload import list_payload, proof_payload
from skillmark.rooms.credentials.rules.picture import COLOURS, DEFAULT_COLOUR, svg
from skillmark.rooms.credentials.rules.ready import READY
from skillmark.rooms.credentials.rules.receipts import request_hash
from skillmark.rooms.credentials.rules.status import (
    STATUS_FRESH,
    STATUS_FULL,
    STATUS_LENGTH,
    STATUS_TTL_MS,
    STATUS_VALID,
)

__all__ = [
    "COLOURS",
    "DEFAULT_COLOUR",
    "LEVELS",
    "MAX_TRIES",
    "METHODS",
    "MONTHS",
    "NAME_LENGTH",
    "READY",
    "REASON_LENGTH",
    "STATUS_FRESH",
    "STATUS_FULL",
    "STATUS_LENGTH",
    "STATUS_TTL_MS",
    "STATUS_VALID",
    "TEXT_LENGTH",
    "KindOfProof",
    "OfferState",
    "Way",
    "day_there",
    "digest",
    "last_good_moment",
    "level_name",
    "list_payload",
    "months_later",
    "offer_state",
    "pin_digits",
    "proof_payload",
    "request_hash",
    "said",
    "svg",
]
