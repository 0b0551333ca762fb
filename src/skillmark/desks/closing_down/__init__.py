"""What outlives the server: for each person one ZIP with everything that they were given, checkable without us."""

from skillmark.desks.closing_down.folder import Written, export
from skillmark.desks.closing_down.gathering import Receiver, file_name, receivers
from skillmark.desks.closing_down.parcel import of_everybody, of_one
from skillmark.desks.closing_down.snapshot import Snapshot

__all__ = ["Receiver", "Snapshot", "Written", "export", "file_name", "of_everybody", "of_one", "receivers"]
