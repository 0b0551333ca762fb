"""Evidence of what people hold."""

from skillmark.rooms.holdings.models.asks import Ask
from skillmark.rooms.holdings.models.evidence import LateNote, Signature, SourceCheck
from skillmark.rooms.holdings.models.files import StoredFile
from skillmark.rooms.holdings.models.held import Holding, Photo

__all__ = ["Ask", "Holding", "LateNote", "Photo", "Signature", "SourceCheck", "StoredFile"]
