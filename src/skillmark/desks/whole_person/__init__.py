"""What touches everything that is known of one person: look at it, take two people apart, delete one for good."""

from skillmark.desks.whole_person.forgetting import forget
from skillmark.desks.whole_person.parting import CannotPart, part
from skillmark.desks.whole_person.preview import Preview, preview

__all__ = ["CannotPart", "Preview", "forget", "part", "preview"]
