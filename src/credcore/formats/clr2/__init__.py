"""CLR 2.0: a person's whole record, with signed credentials inside. (1EdTech Comprehensive Learner Record 2.0, section B)"""

from credcore.formats.clr2.building import CONTEXT, build, fits
from credcore.formats.clr2.reading import MAX_ENTRIES, NAME, parse, parts, recognises

__all__ = ["CONTEXT", "MAX_ENTRIES", "NAME", "build", "fits", "parse", "parts", "recognises"]
