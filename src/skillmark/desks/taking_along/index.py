"""What a person reads in the parcel: READ-ME.txt in both languages, and a page for the browser in theirs."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from django.utils import translation
from django.utils.html import format_html, format_html_join
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from credcore.containers import archive
from skillmark.desks.papers import press

_WIDTH = 78
_AT_ONCE = archive.MAX_ENTRIES // 3


_PAGE = """<!doctype html>
<html lang="{}">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>{}</title>
<h1>{}</h1>
<p>{}</p>
<h2>{}</h2>
<ul>
{}
</ul>
<h2>{}</h2>
<p>{}</p>
<ul>
{}
</ul>
<h2>{}</h2>
<ul>
{}
</ul>
</html>
"""


def read_me(*, name: str, told: Sequence[dict[str, Any]], now: datetime) -> str:
    """In English, then in Spanish."""
    parts = []
    for language in press.LANGUAGES:
        with translation.override(language):
            parts.append(_read_me(name=name, told=told, day=press.in_words(day=now, language=language)))
    return f"\n\n{'=' * _WIDTH}\n\n".join(parts)


def _read_me(*, name: str, told: Sequence[dict[str, Any]], day: str) -> str:
    paragraphs = [
        _("The page of %(person)s, packed on %(date)s. These files are yours. Keep a copy in a second place.")
        % {"person": name, "date": day},
        _("WHAT IS IN HERE"),
        *(f"- {one['title']} ({one['giver']}): {one['file']}" for one in told),
        _(
            "Each proof is the signed file as its giver made it. Each carries its own signature, so it can be checked when "
            "this server is gone. Where there is a picture beside it, the picture holds the signed file, too."
        ),
        _(
            "The folder “page” holds what else is on your page: what you say about yourself, what you agreed to, whom you "
            "showed something, and a page to read in a browser (index.html). In “for-other-programs” the same is written for "
            "programs of schools, employers and job sites."
        ),
        _("The folder “offline” holds what the givers on this server said on %(date)s, signed, and their public keys.")
        % {"date": day},
        _("HOW SOMEBODY CHECKS A PROOF"),
        _("1. On the check page of any Skillmark: hand in one of the files, or the whole ZIP.")
        if len(told) <= _AT_ONCE
        else _("1. On the check page of any Skillmark: hand in one of the files."),
        _("2. Without the internet, with the program Skillmark: unpack the ZIP and type"),
        "   skillmark check FOLDER --offline",
        _("3. With another checker of open standards: give it a signed file."),
        _(
            "To open your page on another Skillmark server, use “Move to another server” on your page. This ZIP is not sealed "
            "and holds no key: whoever has it can read it."
        ),
    ]
    return "\n\n".join(
        one if one.startswith("   ") else textwrap.fill(one, _WIDTH, break_long_words=False) for one in paragraphs
    )


def html(
    *, name: str, told: Sequence[dict[str, Any]], said: Iterable[Any], agreed: Iterable[Any], now: datetime
) -> str:  # fmt: skip
    """One page without scripts and without anything from the network."""
    language = (get_language() or "en")[:2]
    proofs = format_html_join(
        "\n", "<li><a href=\"../{}\">{}</a><br>{}</li>", ((one["file"], one["title"], one["giver"]) for one in told)
    )  # fmt: skip
    words = format_html_join("\n", "<li>{}<br>{}</li>", ((one.words.title, _period(one.words)) for one in said))
    receipts = format_html_join(
        "\n", "<li><a href=\"consents/{}.jwt\">{}</a><br>{}</li>",
        ((one.id, one.agreed.to_whom, ", ".join(one.agreed.facts)) for one in agreed),
    )  # fmt: skip
    none = format_html("<li>{}</li>", _("Nothing."))
    page = format_html(
        _PAGE,
        language, name, name, _("Packed on %(date)s.") % {"date": press.in_words(day=now, language=language)},
        _("Signed proofs"), proofs or none,
        _("Said by the person"), _("Nobody has checked these lines."), words or none,
        _("What I agreed to"), receipts or none,
    )  # fmt: skip
    return str(page)


def _period(words: Any) -> str:
    return ", ".join(part for part in (words.by, words.place, " – ".join(filter(None, (words.since, words.until)))) if part)
