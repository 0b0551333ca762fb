"""The rules of giving, keeping and cancelling proofs. No database and no Django: every answer follows from its arguments."""

from skillmark.rooms.credentials.rules.codes import digest, pin_digits
from skillmark.rooms.credentials.rules.dates import day_there, last_good_moment, months_later
from skillmark.rooms.credentials.rules.evidence import (
    ANSWER_BYTES,
    BATCH_BYTES,
    BATCH_ROWS,
    CLAIM_LASTS,
    ITEM_BYTES,
    NOBODY_ASKED,
    REMEMBER_FOR,
    ROW_TRIES,
    URL_LENGTH,
    VERDICTS,
    WATCH_EVERY,
    fingerprint,
    storable,
    storable_text,
    worst,
)
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
from skillmark.rooms.credentials.rules.lists import (
    GIVER_LENGTH,
    LIST_BYTES,
    TRUST_REASON_LENGTH,
    ListAnswer,
    is_address,
    is_did,
    is_issuer,
)
from skillmark.rooms.credentials.rules.offers import OfferState, Way, offer_state
from skillmark.rooms.credentials.rules.payload import list_payload, proof_payload
from skillmark.rooms.credentials.rules.picture import COLOURS, DEFAULT_COLOUR, svg
from skillmark.rooms.credentials.rules.ready import READY
from skillmark.rooms.credentials.rules.receipts import request_hash
from skillmark.rooms.credentials.rules.seen import Seen, from_json
from skillmark.rooms.credentials.rules.status import (
    STATUS_FRESH,
    STATUS_FULL,
    STATUS_LENGTH,
    STATUS_TTL_MS,
    STATUS_VALID,
)

__all__ = [
    "ANSWER_BYTES",
    "BATCH_BYTES",
    "BATCH_ROWS",
    "CLAIM_LASTS",
    "COLOURS",
    "DEFAULT_COLOUR",
    "GIVER_LENGTH",
    "ITEM_BYTES",
    "LEVELS",
    "LIST_BYTES",
    "MAX_TRIES",
    "METHODS",
    "MONTHS",
    "NAME_LENGTH",
    "NOBODY_ASKED",
    "READY",
    "REASON_LENGTH",
    "REMEMBER_FOR",
    "ROW_TRIES",
    "STATUS_FRESH",
    "STATUS_FULL",
    "STATUS_LENGTH",
    "STATUS_TTL_MS",
    "STATUS_VALID",
    "TEXT_LENGTH",
    "TRUST_REASON_LENGTH",
    "URL_LENGTH",
    "VERDICTS",
    "WATCH_EVERY",
    "KindOfProof",
    "ListAnswer",
    "OfferState",
    "Seen",
    "Way",
    "day_there",
    "digest",
    "fingerprint",
    "from_json",
    "is_address",
    "is_did",
    "is_issuer",
    "last_good_moment",
    "level_name",
    "list_payload",
    "months_later",
    "offer_state",
    "pin_digits",
    "proof_payload",
    "request_hash",
    "said",
    "storable",
    "storable_text",
    "svg",
    "worst",
]
