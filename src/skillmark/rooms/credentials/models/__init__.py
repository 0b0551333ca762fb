from skillmark.rooms.credentials.models.held import Held
from skillmark.rooms.credentials.models.issued import Issued
from skillmark.rooms.credentials.models.offers import Offer
from skillmark.rooms.credentials.models.status import StatusChange, StatusEntry, StatusList
from skillmark.rooms.credentials.models.templates import Template, TemplateVersion

__all__ = [
    "Held",
    "Issued",
    "Offer",
    "StatusChange",
    "StatusEntry",
    "StatusList",
    "Template",
    "TemplateVersion",
]
