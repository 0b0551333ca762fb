"""The translations: collect every string that people read, and bring the Spanish catalogue up to date.

`python tests/translations.py` (or `make messages`) rewrites src/skillmark/locale/es/LC_MESSAGES/django.po: new strings
are added without a translation, strings that are no longer used go, the rest stays. Then it compiles the catalogue.
No gettext programs are needed.
"""

from __future__ import annotations

import io
import re
import sys
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).parent.parent
SOURCE = ROOT / "src" / "skillmark"
SPANISH = SOURCE / "locale" / "es" / "LC_MESSAGES" / "django.po"
KEYWORDS = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
}
_HEADER = """# Spanish of Skillmark, for readers in the United States: usted, plain words, gender-neutral.
"""
# One date for ever: a catalogue changes when a string does, not when somebody looks at it.
EPOCH = datetime(2026, 1, 1, tzinfo=UTC)
PLACEHOLDER = re.compile(r"%\((\w+)\)[sd]|\{(\w*)\}")


def collect() -> Catalog:
    """Every message in the Python files and templates of `skillmark`, with the files that use it."""
    found = Catalog()
    for path in sorted(SOURCE.rglob("*")):
        if path.suffix == ".py" and "migrations" not in path.parts:
            add(found, path, path.read_text())
        elif path.suffix in {".html", ".txt"} and "templates" in path.parts:
            add(found, path, as_python(path))
    return found


def as_python(path: Path) -> str:
    """A template as the Python code that asks for its strings (Django's own reading of `translate` tags)."""
    from django.utils.translation.template import templatize

    return templatize(path.read_text(), origin=str(path))


def add(catalog: Catalog, path: Path, code: str) -> None:
    """Put the messages of one file into `catalog`."""
    for _line, message, _comments, context in extract("python", io.BytesIO(code.encode()), keywords=KEYWORDS):
        flags = ["python-format"] if "%(" in "".join([message] if isinstance(message, str) else message) else []
        catalog.add(message, locations=[(str(path.relative_to(ROOT)), 0)], context=context, flags=flags)


def spanish() -> Catalog:
    """The catalogue as it is."""
    if not SPANISH.exists():
        return Catalog(locale="es")
    with SPANISH.open("rb") as file:
        return read_po(file, locale="es")


def update() -> Catalog:
    """The catalogue with exactly the messages that are used, translations kept."""
    old = spanish()
    new = Catalog(
        locale="es", header_comment=_HEADER, project="Skillmark", version="", fuzzy=False, msgid_bugs_address="-",
        last_translator="-", language_team="-", creation_date=EPOCH, revision_date=EPOCH,
    )  # fmt: skip
    for message in sorted(messages(collect()), key=lambda one: (str(one.id), one.context or "")):
        known = old.get(message.id, context=message.context)
        # What was one text and is now one and many is translated anew.
        same = known is not None and isinstance(known.id, tuple) == isinstance(message.id, tuple)
        text = known.string if known is not None and same else ""
        files = sorted({file for file, _line in message.locations})
        new.add(message.id, text, [(file, 0) for file in files], message.flags, context=message.context)
    return new


def messages(catalog: Catalog) -> Iterator[Message]:
    """All messages but the header."""
    return (message for message in catalog if message.id)


def problems(catalog: Catalog) -> list[str]:
    """What is wrong with the Spanish: missing, unsure, unused, or other placeholders than the English."""
    used = {(message.id, message.context) for message in messages(collect())}
    known = {(message.id, message.context) for message in messages(catalog)}
    found = [f"not in the catalogue: {id_!r}" for id_, _context in sorted(used - known, key=str)]
    found += [f"no longer used: {id_!r}" for id_, _context in sorted(known - used, key=str)]
    for message in messages(catalog):
        texts = message.string if isinstance(message.string, tuple | list) else (message.string,)
        if message.fuzzy or not all(texts):
            found.append(f"not translated: {message.id!r}")
            continue
        english = message.id if isinstance(message.id, tuple | list) else (message.id,)
        if placeholders(texts) != placeholders(english):
            found.append(f"other placeholders: {message.id!r}")
    return found


def placeholders(texts: Iterable[str]) -> set[str]:
    """`%(name)s` and `{name}` in a message and its plural."""
    return {match.group(0) for text in texts for match in PLACEHOLDER.finditer(text)}


def compile_all() -> None:
    """Write the .mo file beside the .po file."""
    with SPANISH.with_suffix(".mo").open("wb") as target:
        write_mo(target, spanish())


def main() -> int:
    """Bring the catalogue up to date; tells what is left to translate."""
    fresh = update()
    SPANISH.parent.mkdir(parents=True, exist_ok=True)
    with SPANISH.open("wb") as file:
        write_po(file, fresh, width=110, include_lineno=False, ignore_obsolete=True)
    compile_all()
    left = problems(spanish())
    sys.stdout.write("".join(f"{line}\n" for line in left) or "The Spanish catalogue is complete.\n")
    return 1 if left else 0


if __name__ == "__main__":
    import django
    from django.conf import settings

    settings.configure()
    django.setup()
    raise SystemExit(main())
