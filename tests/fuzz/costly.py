"""What one file of at most 1 MiB can cost: `python -m tests.fuzz.costly` checks each of the worst that we know in a process
of its own, and prints a line of JSON for it: name, seconds of work (CPU), megabytes on top, verdict, codes.

The process is a copy of one that is warm already: what is measured is the file, not the start of the program.
"""

from __future__ import annotations

import io
import json
import os
import resource
import signal
import sys
import zipfile
import zlib
from collections.abc import Callable, Iterator
from typing import Any

import pypdf
from PIL import Image

from credcore.containers import png
from credcore.proofs.sd_jwt_disclosures import digest
from tests.core.containers import samples
from tests.core.proofs import STRANGER, as_bytes, signed
from tests.fuzz.seeds import Seed, check
from tests.negative.families import bombs, dids
from tests.negative.families import sd_jwt as parts
from tests.negative.making import RSA_KEY as RSA
from tests.negative.making import b64, credential, dumps, rsa_jwk, secured, token

MIB = 2**20
FULL = 500_000  # what still passes for a document or a token
HARD_SECONDS = 20
Worst = tuple[str, Callable[[], bytes], dict[str, bytes]]


def worst() -> Iterator[Worst]:
    """(name, how to make it, what other computers answer)."""
    yield from ((name, make, {}) for name, make in {**TEXTS, **DOCUMENTS, **TOKENS, **FILES}.items())
    yield "did-document-of-100-rsa-keys", _token_of_site, {dids.url_of("costly"): dumps(_many_keys())}
    for case in bombs.cases():
        if len(case.bad) <= MIB:
            yield f"bomb-{case.name}", lambda case=case: case.bad, case.pages  # type: ignore[misc]


TEXTS: dict[str, Callable[[], bytes]] = {
    "open-lists": lambda: b"[" * MIB,
    "open-objects": lambda: b'{"a":' * (MIB // 5),
    "open-text-of-backslashes": lambda: b'{"a":"' + b"\\" * (MIB - 6),
    "quotes": lambda: b"{" + b'"' * (MIB - 1),
    "spaces": lambda: b" " * MIB,
    "dots": lambda: b"a.a.a" + b"~" * (MIB - 5),
    "tildes-behind-a-token": lambda: parts.GOOD + b"~" * (MIB - len(parts.GOOD)),
    "a-word": lambda: b"A" * MIB,
    "an-address": lambda: b"https://" + b"a." * (MIB // 2 - 4),
    "numbers": lambda: b"[" + b"1," * (FULL // 2) + b"1]",
    "small-objects": lambda: b"[" + b'{"a":1},' * (FULL // 8) + b"1]",
    "members": lambda: b"{" + b",".join(b'"%d":1' % number for number in range(50_000)) + b"}",
    "escapes": lambda: b'{"a":"' + b"\\u0041" * (FULL // 6) + b'"}',
    "page-of-links": lambda: b"<html>" + b'<a href="x.json">' * (MIB // 18),
    "svg-of-names": lambda: b"<svg " + b" ".join(b"a%d='1'" % number for number in range(80_000)) + b"/>",
}  # fmt: skip


def _with(**members: Any) -> bytes:
    """A signed badge with something large put in afterwards: the signature can only be found out by doing the work."""
    return as_bytes({**signed(), **members})


def _many_proofs() -> bytes:
    one = signed(note="a" * 300_000)
    return as_bytes({**one, "proof": [one["proof"]] * 10})


def _hand_over(inside: list[Any]) -> bytes:
    return dumps({"@context": [bombs.vcdm.V2], "type": ["VerifiablePresentation"], "verifiableCredential": inside})


def _wide(count: int, **more: Any) -> list[Any]:
    """Different ones, so that nothing is remembered."""
    return [signed(id=f"urn:uuid:6c54b12a-9b0f-4f1c-9a53-{number:012}", **more) for number in range(count)]


def _many_proofs_each() -> list[Any]:
    return [{**one, "proof": [one["proof"]] * 10} for one in _wide(60)]


def _proofs_over_things(count: int) -> bytes:
    """Ten proofs, each another one, over many things."""
    one = {**signed(), "evidence": [{"type": ["Evidence"], "narrative": "Seen."}] * count}
    return as_bytes({**one, "proof": [{**one["proof"], "created": f"2026-05-04T11:00:0{second}Z"} for second in range(10)]})


DOCUMENTS: dict[str, Callable[[], bytes]] = {
    "unnamed-things-1000": lambda: _with(evidence=[{"type": ["Evidence"], "narrative": "Seen."}] * 1_000),
    "unnamed-things-4900": lambda: _with(evidence=[{"type": ["Evidence"]}] * 4_900),
    "things-with-long-texts": lambda: _with(evidence=[{"type": ["Evidence"], "narrative": "é" * 90}] * 1_900),
    "types-9000": lambda: _with(type=["VerifiableCredential", *(f"urn:t:{number}" for number in range(9_000))]),
    "addresses-as-names": lambda: _with(**{f"urn:x:{number}": 1 for number in range(20_000)}),
    "receivers-2000": lambda: _with(credentialSubject=[{"id": f"urn:s:{number}"} for number in range(2_000)]),
    "a-text-of-500-kb": lambda: _with(description="ﷺ" * (FULL // 3)),
    "proofs-10-over-300-kb": _many_proofs,
    "proofs-10-over-1900-things": lambda: _proofs_over_things(1_900),
    "hand-over-of-5-with-10-proofs-over-1900-things": lambda: _hand_over([json.loads(_proofs_over_things(1_900))] * 5),
    "signature-of-400-kb-in-base64": lambda: _with(proof={**signed()["proof"], "proofValue": "u" + "A" * 400_000}),
    "selective-signature-of-400-kb": lambda: _with(proof={
        **signed()["proof"], "cryptosuite": "ecdsa-sd-2023", "proofValue": "u2V0B" + "g" * 400_000}),
    "json-signed-500-kb-of-numbers": lambda: dumps({**secured(credential()), "note": [1.5e-7] * 60_000}),
    "json-signed-500-kb-of-names": lambda: dumps({**secured(credential()), "note": {f"€{n}": n for n in range(40_000)}}),
    "hand-over-of-100": lambda: _hand_over(_wide(100)),
    "hand-over-of-60-with-10-proofs-each": lambda: _hand_over(_many_proofs_each()),
    "hand-over-of-10-with-800-things-each": lambda: _hand_over(
        [{**one, "evidence": [{"type": ["Evidence"], "narrative": "Seen."}] * 800} for one in _wide(10)]),
    "hand-over-of-4-with-4900-things-each": lambda: _hand_over(
        [{**one, "evidence": [{"type": ["Evidence"]}] * 4_900} for one in _wide(4)]),
    "hand-over-of-99-with-195-things-each": lambda: _hand_over(
        [{"@context": one["@context"], **{name: one[name] for name in ("type", "issuer", "proof")},
          "evidence": [{"type": ["Evidence"]}] * 195} for one in _wide(99)]),
}  # fmt: skip


def _strangers(**members: Any) -> bytes:
    """Rightly signed by somebody whom nobody knows, so that every check is made, also that of the name."""
    header = {"alg": "EdDSA", "typ": "vc+jwt", "kid": STRANGER.verification_method}
    return token(header, credential(STRANGER.did, **members), sign=STRANGER.sign)


def _shown(count: int, size: int) -> bytes:
    shown = [parts.part(f"n{number}", "a" * size) for number in range(count)]
    return parts.handed(parts.SAID | {"_sd": [digest(one) for one in shown]}, *shown)


def _digests() -> bytes:
    return parts.handed(parts.SAID | {"_sd": [digest(b"%d" % number) for number in range(8_000)]})


def _within_parts() -> bytes:
    """Lists of lists in each part."""
    shown = [parts.part(f"n{number}", [[[]] * 60] * 2) for number in range(900)]
    return parts.handed(parts.SAID | {"_sd": [digest(one) for one in shown]}, *shown)


TOKENS: dict[str, Callable[[], bytes]] = {
    "name-that-grows-18-times": lambda: _strangers(issuer={"id": STRANGER.did, "name": "ﷺ" * 60_000}),
    "name-of-accents": lambda: _strangers(issuer={"id": STRANGER.did, "name": "a" + "\u0301\u0323" * 30_000}),
    "token-of-numbers": lambda: _strangers(note=[1] * 180_000),
    "token-of-names": lambda: _strangers(note={str(number): {} for number in range(28_000)}),
    "kind-of-many-parts": lambda: parts.handed(parts.SAID | {"title": "", "vct": "1/" * 180_000}),
    "parts-shown-1000": lambda: _shown(1_000, 300),
    "parts-shown-1000-of-lists": _within_parts,
    "digests-8000": _digests,
    "giver-of-350-kb": lambda: _strangers(issuer="did:key:z" + "2" * 350_000),
    "giver-of-350-kb-in-jwk": lambda: _strangers(issuer="did:jwk:" + "A" * 350_000),
    "giver-of-350-kb-on-a-page": lambda: _strangers(issuer="did:web:" + "a." * 170_000),
    "dates-of-350-kb": lambda: _strangers(validUntil="2026-05-04T12:00:00." + "0" * 350_000),
    "header-of-16-kb-of-lists": lambda: token(b'{"alg":' + b"[" * 12_000, b"{}"),
    "status-entries-of-350-kb": lambda: _strangers(credentialStatus=[{"type": "x" * 40_000}] * 8),
}


def _many_keys() -> Any:
    did = dids.did_of("costly")
    keys = [dids.method(did, str(number), key=None, publicKeyJwk=rsa_jwk(RSA)) for number in range(100)]  # type: ignore[arg-type]
    return {"id": did, "verificationMethod": keys, "assertionMethod": [one["id"] for one in keys]}


def _token_of_site() -> bytes:
    badge = {**signed(), "issuer": dids.did_of("costly")}
    del badge["proof"]
    return token({"alg": "RS256", "typ": "vc+jwt"}, badge, sign=lambda _: bytes(256))


def _picture(form: str, side: int, mode: str = "1") -> bytes:
    out = io.BytesIO()
    Image.new(mode, (side, side)).save(out, form)
    return out.getvalue()


def _noise() -> bytes:
    """A picture of dots that all look a little like a code."""
    out = io.BytesIO()
    side = 2_600
    dots = b"".join(zlib.crc32(b"%d" % number).to_bytes(4, "big") for number in range(side * side // 32 + 1))
    Image.frombytes("1", (side, side), dots[: (side + 7) // 8 * side]).save(out, "PNG")
    return out.getvalue()


def _text_chunks(kind: bytes, count: int, size: int) -> bytes:
    body = b"openbadgecredential\0" + (b"\0" + zlib.compress(bytes(size), 9) if kind == b"zTXt" else bytes(size))
    return samples.png_with(*[samples.chunk(kind, body)] * count)


def _zip_of(count: int) -> bytes:
    return samples.archive({f"{number}.json": as_bytes(one) for number, one in enumerate(_wide(count))})


def _zip_of_many(body: bytes, ending: str, count: int) -> bytes:
    return samples.archive({f"{number}{ending}": body for number in range(count)})


def _zip_in_zip() -> bytes:
    inner = samples.archive({f"{number}.txt": bytes(5 * MIB) for number in range(8)})
    return samples.archive({f"{number}.zip": inner for number in range(12)}, packed=zipfile.ZIP_DEFLATED)


def _many_pages() -> bytes:
    return samples.pdf_written(attachments={f"{number}.json": b'{"@context":[]}' + bytes(400) for number in range(400)})


def _large_pages() -> bytes:
    writer = pypdf.PdfWriter()
    for _ in range(500):
        writer.add_blank_page(14_000, 14_000)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


FILES: dict[str, Callable[[], bytes]] = {
    "png-of-39-megapixels": lambda: _picture("PNG", 6_300),
    "png-of-400-megapixels": lambda: _picture("PNG", 20_000),
    "png-of-39-megapixels-in-colour": lambda: _picture("PNG", 6_300, "RGBA"),
    "gif-of-39-megapixels": lambda: _picture("GIF", 6_300, "P"),
    "jpeg-of-39-megapixels": lambda: _picture("JPEG", 6_300, "L"),
    "webp-of-39-megapixels": lambda: _picture("WEBP", 6_300, "RGB"),
    "png-of-noise": _noise,
    "png-with-a-text-of-1-gib": lambda: samples.png_with(
        samples.chunk(b"zTXt", b"openbadgecredential\0\0" + _packed_zeros(1_000))),
    "png-with-20000-chunks": lambda: samples.png_with(*[samples.chunk(b"tEXt", b"a\0b")] * 19_000),
    "png-with-50-texts-of-900-kb": lambda: _text_chunks(b"zTXt", 50, 900_000),
    "svg-of-49000-shapes": lambda: samples.svg('<path d="M0 0h1"/>' * 49_000),
    "svg-with-a-long-path": lambda: samples.svg('<path d="M0 0' + "h1v1" * 250_000 + '"/>'),
    "svg-of-transforms": lambda: samples.svg('<g transform="scale(2)">' * 250 + "<rect/>" * 20_000 + "</g>" * 250),
    "svg-of-entities": lambda: b'<!DOCTYPE svg [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;&a;">]><svg>&b;</svg>',
    "pdf-with-packed-zeros": lambda: samples.pdf_packed(bytes(500 * MIB)),
    "pdf-with-400-attachments": _many_pages,
    "pdf-of-500-pages": _large_pages,
    "pdf-that-is-nothing": lambda: b"%PDF-1.7\n" + b"1 0 obj<</A " * 80_000,
    "pdf-of-open-lists": lambda: b"%PDF-1.7\n1 0 obj" + b"[" * 900_000,
    "pdf-painted-over-and-over": lambda: samples.page_filled(1_000_000),
    "pdf-of-forms-in-forms": lambda: samples.forms_in_forms(9),
    "svg-of-large-shapes": lambda: samples.large_shapes(40_000),
    "zip-of-200-large-pictures": lambda: _zip_of_many(samples.empty_picture(6_300), ".png", 200),
    "zip-of-pictures-with-long-texts": lambda: _zip_of_many(_text_chunks(b"zTXt", 50, 900_000), ".png", 100),
    "zip-of-pictures-with-four-long-texts": lambda: _zip_of_many(_text_chunks(b"zTXt", 4, 1_000_000), ".png", 150),
    "zip-of-dear-proofs": lambda: samples.archive(
        {f"{n}.json": as_bytes({**one, "evidence": [{"type": ["Evidence"]}] * 4_900}) for n, one in enumerate(_wide(60))}),
    "zip-of-names-that-grow": lambda: samples.archive(
        {f"{n}.jwt": _strangers(id=f"urn:x:{n}", issuer={"id": STRANGER.did, "name": "ﷺ" * 60_000}) for n in range(8)}),
    "zip-of-pdf-of-open-lists": lambda: _zip_of_many(FILES["pdf-of-open-lists"](), ".pdf", 12),
    "zip-of-200-pdf": lambda: _zip_of_many(samples.page_filled(1), ".pdf", 200),
    "zip-of-200-proofs": lambda: _zip_of(200),
    "zip-of-zips-of-zeros": _zip_in_zip,
    "proof-in-a-picture": lambda: png.bake(png=samples.picture(), credential=as_bytes(signed(note="a" * 200_000))),
    "random": lambda: b64(zlib.compress(bytes(range(256)) * 4_000, 0))[:MIB],
}  # fmt: skip


def _packed_zeros(mib: int) -> bytes:
    packer = zlib.compressobj(9)
    return b"".join(packer.compress(bytes(MIB)) for _ in range(mib)) + packer.flush()


def measure(data: bytes, pages: dict[str, bytes]) -> dict[str, Any]:
    """Seconds, megabytes and answer of one check, in a copy of this process."""

    def work() -> bytes:
        resource.setrlimit(resource.RLIMIT_CPU, (HARD_SECONDS, HARD_SECONDS))
        before, begun = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, sum(os.times()[:4])
        reports = check(data, seed=Seed("costly", data, pages, signed_whole=True))
        spent, after = sum(os.times()[:4]) - begun, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        verdicts, codes = ({str(getattr(one, name)) for one in reports} for name in ("verdict", "code"))
        said = {"seconds": spent, "megabytes": (after - before) / 1024, "verdicts": sorted(verdicts), "codes": sorted(codes)}
        return json.dumps(said).encode()

    said = apart(work)
    found: dict[str, Any] = json.loads(said) if said else {"seconds": HARD_SECONDS, "megabytes": 0.0, "verdicts": ["killed"]}
    return found


def apart(work: Callable[[], bytes]) -> bytes:
    """What `work` returns, done in a copy of this process, so that nothing of it stays in this one. Empty when it died."""
    told, tell = os.pipe()
    child = os.fork()
    if not child:
        signal.alarm(HARD_SECONDS)  # nothing here may wait for anything
        with os.fdopen(tell, "wb") as answer:
            answer.write(work())
        os._exit(0)
    os.close(tell)
    with os.fdopen(told, "rb") as answer:
        said = answer.read()
    os.waitpid(child, 0)
    return said


def main(wanted: list[str]) -> None:
    """Measure all, or those that are named."""
    for warm in (
        as_bytes(signed()),
        samples.code(b"x"),
        samples.pdf(attached=b"{}"),
        samples.svg(),
        samples.archive({"a": b"{}"}),
    ):
        check(warm, seed=Seed("warm", warm, {}, signed_whole=True))
    for name, make, pages in worst():
        if not wanted or name in wanted:
            data = apart(make)
            print(json.dumps({"name": name, "bytes": len(data), **measure(data, pages)}), flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])
