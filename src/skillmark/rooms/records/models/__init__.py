from skillmark.rooms.records.models.access import Access, Opening, Passkey, RecoveryCode
from skillmark.rooms.records.models.packs import LeaverPack
from skillmark.rooms.records.models.shares import Consent, Share, SharedItem, ShareView
from skillmark.rooms.records.models.statements import Statement

__all__ = [
    "Access",
    "Consent",
    "LeaverPack",
    "Opening",
    "Passkey",
    "RecoveryCode",
    "Share",
    "ShareView",
    "SharedItem",
    "Statement",
]
