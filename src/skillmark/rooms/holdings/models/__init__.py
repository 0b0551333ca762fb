"""Evidence of what people hold."""

from skillmark.rooms.holdings.models.asks import Ask
from skillmark.rooms.holdings.models.evidence import LateNote, Signature, SourceCheck
from skillmark.rooms.holdings.models.feeds import CalendarFeed
from skillmark.rooms.holdings.models.files import LoosePhoto, StoredFile
from skillmark.rooms.holdings.models.held import Holding, Photo
from skillmark.rooms.holdings.models.posters import Poster, PosterPhoto
from skillmark.rooms.holdings.models.reminders import MailStop, Reminded, ReminderPlan
from skillmark.rooms.holdings.models.sign_offs import MaySign, SignOff

__all__ = [
    "Ask",
    "CalendarFeed",
    "Holding",
    "LateNote",
    "LoosePhoto",
    "MailStop",
    "MaySign",
    "Photo",
    "Poster",
    "PosterPhoto",
    "Reminded",
    "ReminderPlan",
    "SignOff",
    "Signature",
    "SourceCheck",
    "StoredFile",
]
