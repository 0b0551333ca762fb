"""Where a public badge page says that its proof lies: what is taken, what is left, and that no page takes long."""

from __future__ import annotations

import json
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from credcore.containers import page
from credcore.containers.found import Found

URL = "https://badges.example/p/7"
BADGE = json.dumps({"@context": ["https://www.w3.org/ns/credentials/v2"], "type": ["VerifiableCredential"], "name": "Grúa"})


def found(html: str | bytes, url: str = URL) -> list[tuple[str, str]]:
    data = html if isinstance(html, bytes) else html.encode()
    return [(one.kind, one.body.decode()) for one in page.candidates(data, url=url)]


def script(body: str, kind: str = "application/ld+json") -> str:
    return f'<script type="{kind}">{body}</script>'


def test_a_credential_in_the_page_is_taken_to_the_byte() -> None:
    html = f"<!doctype html><html><head>{script(chr(10) + BADGE)}</head></html>".encode()
    assert page.candidates(html, url=URL) == [Found(BADGE.encode(), "page", "", "document")]
    assert found(script(BADGE, "application/LD+JSON; charset=utf-8")) == [("document", BADGE)]


@pytest.mark.parametrize(
    "html",
    [
        script(BADGE, "application/json"),
        script('{"@context": "https://schema.org", "@type": "WebPage"}'),
        script('{"@context": ["http://schema.org/"], "@type": "Organization"}'),
        script('{"hat": 1}'),
        script("[" + BADGE + "]"),
        script("{"),
        script(""),
        f"<!-- {script(BADGE)} -->",
        f"<script type='application/ld+json'>{BADGE}",
        f"<p>{BADGE}</p>",
        script(BADGE[:-1] + f', "pad": "{"x" * 530_000}"}}'),
    ],
)
def test_what_is_no_credential_in_the_page_is_left(html: str) -> None:
    assert found(html) == []


def test_a_credential_in_a_page_of_another_encoding_is_left_because_its_letters_would_seem_altered() -> None:
    html = script(BADGE.replace("\\u00fa", "ú")) + '<link rel="alternate" type="application/vc" href="7.json">'
    assert found(html.encode()) == [("document", BADGE.replace("\\u00fa", "ú")), ("link", "https://badges.example/p/7.json")]
    assert found(html.encode("latin-1")) == [("link", "https://badges.example/p/7.json")]


@pytest.mark.parametrize("kind", ["application/json", "application/ld+json", "application/vc", "application/vc+jwt"])
@pytest.mark.parametrize(
    ("href", "address"),
    [
        ("7.json", "https://badges.example/p/7.json"),
        ("/a?x=1&amp;y=2#top", "https://badges.example/a?x=1&y=2"),
        ("//api.example/7", "https://api.example/7"),
        ("https://api.example/7", "https://api.example/7"),
    ],
)
def test_alternates_are_taken_with_their_full_address(kind: str, href: str, address: str) -> None:
    assert found(f'<link rel="nofollow Alternate" type="{kind}" href="{href}">') == [("link", address)]


@pytest.mark.parametrize(
    "link",
    [
        'rel="alternate" type="application/rss+xml" href="feed"',
        'rel="alternate" href="7.json"',
        'rel="stylesheet" type="application/json" href="7.json"',
        'rel="alternate" type="application/json"',
        'rel="alternate" type="application/json" href="http://api.example/7"',
        'rel="alternate" type="application/json" href="javascript:alert(1)"',
        'rel="alternate" type="application/json" href="data:application/json,{}"',
        'rel="alternate" type="application/json" href="https://me:pw@api.example/7"',
        'rel="alternate" type="application/json" href="https://[/7"',
        'rel="alternate" type="application/json" href="https://api.example:x/7"',
        'rel="alternate" type="application/json" href="#top"',
        f'rel="alternate" type="application/json" href="https://api.example/{"x" * 2_048}"',
    ],
)
def test_other_links_are_left(link: str) -> None:
    assert found(f"<link {link}>") == []


@pytest.mark.parametrize(
    ("html", "address"),
    [
        ('<a href="/badge/7.json">x</a>', "https://badges.example/badge/7.json"),
        ('<a href="7.PNG" download>x</a>', "https://badges.example/p/7.PNG"),
        ('<a class="btn-download" href="7.svg?v=2">x</a>', "https://badges.example/p/7.svg?v=2"),
        ('<meta property="og:image" content="https://badges.example:443/7.png">', "https://badges.example:443/7.png"),
    ],
)
def test_files_of_the_same_host_that_are_offered_as_a_badge_are_taken(html: str, address: str) -> None:
    assert found(html) == [("link", address)]


@pytest.mark.parametrize(
    "html",
    [
        '<a href="/about.json">x</a>',
        '<a href="/badge/7.pdf" download>x</a>',
        '<a href="https://other.example/badge/7.json" download>x</a>',
        '<meta property="og:image" content="https://cdn.example/7.png">',
        '<meta property="og:title" content="7.png">',
        '<img src="badge.png">',
    ],
)
def test_other_files_are_left(html: str) -> None:
    assert found(html) == []


def test_the_likeliest_come_first_and_the_same_ones_once() -> None:
    html = (
        '<meta property="og:image" content="7.png"><a href="7.json" download>x</a><a href="7.json#x" download>x</a>'
        '<link rel="alternate" type="application/vc" href="7.vc">' + script(BADGE)
    )
    assert [body.rpartition("/")[2] for kind, body in found(html) if kind == "link"] == ["7.vc", "7.json", "7.png"]
    assert found(html)[0] == ("document", BADGE)


def test_a_base_moves_the_links_but_not_the_host() -> None:
    html = '<base href="https://cdn.example/x/"><a href="7.json" download>x</a><link rel=alternate type=application/vc href=7>'
    assert found(html) == [("link", "https://cdn.example/x/7")]
    assert found('<base href="/y/"><a href="7.json" download>x</a>') == [("link", "https://badges.example/y/7.json")]


def test_at_most_twenty_and_only_the_first_megabyte() -> None:
    links = "".join(f'<link rel="alternate" type="application/vc" href="c{number}">' for number in range(30))
    assert [body.rpartition("/")[2] for _, body in found(links)] == [f"c{number}" for number in range(20)]
    assert found("é" * 500_000 + links) == []
    assert found(" " * 999_000 + links) != []
    assert len(found(links + "x" + "é" * 500_000)) == 20  # the limit cuts a letter in two


@pytest.mark.parametrize(
    "piece",
    ["<", "<!", "<!--", "<?", "</", "</a", "<a ", "<a b=", "<a b='", "<![", "<![CDATA[", "&", "&#", "<script>", "<!-->",
     "a=b ",
     "<script type='application/ld+json'>", "<script></", "<a href='7.json' download>", "<base href='a/'>",
     "<link rel=alternate type=application/vc href="],
)  # fmt: skip
def test_no_page_takes_long(piece: str) -> None:
    data = (piece * (1_000_000 // len(piece))).encode()
    for html in (data, data + b">", b"<a " + data, b"<script type='application/ld+json'>" + data):
        begun = time.process_time()
        page.candidates(html, url=URL)
        assert time.process_time() - begun < 2, piece


@given(
    st.lists(
        st.sampled_from(
            ["<", ">", "script", "a", "link", " href=", "'", '"', "/", "!--", "https://", "[", "![", "\0", "é", "&#x"]
        )
    )
)
def test_nothing_raises_whatever_is_written(pieces: list[str]) -> None:
    for one in page.candidates("".join(pieces).encode(), url=URL):
        assert one.kind in ("document", "link") and one.container == "page"
