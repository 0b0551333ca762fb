"""HR Open LER-RS 4.4 and 4.5: a working life as data. (HR Open Standards, Learning and Employment Record – Résumé)"""

from credcore.formats.ler_rs.building import TYPE, WRAPPER_CONTEXT, build, wrap
from credcore.formats.ler_rs.entries import CERTIFICATION, JOB, LEARNING, LICENSE, SECTIONS, SKILL, Entry
from credcore.formats.ler_rs.reading import MAX_ENTRIES, NAME, parse, parts, recognises, said

__all__ = [
    "CERTIFICATION",
    "JOB",
    "LEARNING",
    "LICENSE",
    "MAX_ENTRIES",
    "NAME",
    "SECTIONS",
    "SKILL",
    "TYPE",
    "WRAPPER_CONTEXT",
    "Entry",
    "build",
    "parse",
    "parts",
    "recognises",
    "said",
    "wrap",
]
