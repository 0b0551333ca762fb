from skillmark.rooms.records.models.access import Access, Opening, Passkey, RecoveryCode
from skillmark.rooms.records.models.additions import AddedItem, Addition
from skillmark.rooms.records.models.erased import Erased
from skillmark.rooms.records.models.packs import LeaverPack
from skillmark.rooms.records.models.shares import Consent, Share, SharedItem, ShareView
from skillmark.rooms.records.models.statements import Statement

__all__ = [
    "Access",
    "AddedItem",
    "Addition",
    "Consent",
    "Erased",
    "LeaverPack",
    "Opening",
    "Passkey",
    "RecoveryCode",
    "Share",
    "ShareView",
    "SharedItem",
    "Statement",
]
