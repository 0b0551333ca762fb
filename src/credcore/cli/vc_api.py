"""`skillmark vc-api`: a stand-alone issuer and verifier, for conformance suites and for trying things out."""

from __future__ import annotations

import argparse
import ipaddress
import signal
import ssl
import sys
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from types import FrameType
from urllib.parse import urlsplit

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from credcore.net import guarded
from credcore.vcapi import MAX_BODY, Answer, Instance, make_issuers
from credcore.vcapi.messages import Problem, refusal

EXIT_STOPPED, EXIT_USAGE = 0, 2
_STEP_SECONDS = 20  # how long one caller may keep a thread waiting
EXAMPLES = """\
examples:
  skillmark vc-api --port 40443 --tls self-signed
  skillmark vc-api --seed "our test keys"

It keeps nothing: keys are made at each start (with --seed the same ones), and no database is needed.
The addresses are listed at /issuers and explained in docs/reference/conformance.md."""


def parser() -> argparse.ArgumentParser:
    """The command's arguments; also read by the reference documentation."""
    command = argparse.ArgumentParser(
        prog="skillmark vc-api",
        description="Issue and verify by the VC-API, for conformance suites.",
        epilog=EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    command.add_argument("--port", type=int, default=40443, help="port (40443; 0: any free one)")
    command.add_argument("--host", default="127.0.0.1", help="address to listen on (127.0.0.1: this computer only)")
    command.add_argument("--tls", choices=("self-signed", "off"), default="off", help="HTTPS with a certificate made now")
    command.add_argument("--seed", default="", metavar="TEXT", help="make the same keys each time")
    return command


def main(argv: list[str]) -> int:
    """Serve until Ctrl+C or SIGTERM, and return the exit code."""
    options = parser().parse_args(argv)
    try:
        server = Server(options.host, options.port, tls=options.tls == "self-signed", seed=options.seed)
    except (OSError, OverflowError) as error:
        reason = getattr(error, "strerror", None) or error
        print(f"Port {options.port} on {options.host} cannot be used ({reason}). Choose another with --port.", file=sys.stderr)
        return EXIT_USAGE
    with server, _stopped_by_signals(server):
        print(f"VC-API on {server.base_url} (stop with Ctrl+C)", flush=True)
        server.serve_forever(poll_interval=0.1)
    return EXIT_STOPPED


class Server(ThreadingHTTPServer):
    """Serves one instance. `base_url` is how it is reached."""

    daemon_threads = True
    request_queue_size = 128  # of callers who come at the same moment; more than the usual five were turned away

    def __init__(self, host: str, port: int, *, tls: bool = False, seed: str = "") -> None:
        """Binds at once. Raises OSError or OverflowError for a host or port that cannot be used."""
        super().__init__((host, port), _Handler)
        shown = "localhost" if host in ("127.0.0.1", "0.0.0.0", "::1", "") else host  # noqa: S104 - compared, not bound
        self.base_url = f"{'https' if tls else 'http'}://{shown}:{self.server_address[1]}"
        self.tls = self_signed(host) if tls else None
        self.instance = Instance(
            issuers=make_issuers(seed=seed),
            clock=lambda: datetime.now(UTC),
            base_url=self.base_url,
            fetch=guarded.GuardedFetcher(),
        )

    def handle_error(self, *_: object) -> None:
        """A caller who breaks off, or speaks no TLS, is nothing to write home about. A fault of ours is one line."""
        error = sys.exception()
        if not isinstance(error, OSError):
            print(f"A request could not be answered: {type(error).__name__}.", file=sys.stderr)


class _Handler(BaseHTTPRequestHandler):
    """From HTTP to the instance and back."""

    server: Server
    protocol_version = "HTTP/1.1"
    server_version = "skillmark"
    sys_version = ""
    timeout = _STEP_SECONDS
    wbufsize = -1  # head and body leave together: sent apart, every answer waited 40 ms for the caller to confirm the head

    def setup(self) -> None:
        """The TLS handshake happens here, in the caller's own thread, so that nobody holds up the others."""
        if self.server.tls is not None:
            self.request.settimeout(_STEP_SECONDS)
            self.request = self.server.tls.wrap_socket(self.request, server_side=True)
        super().setup()

    def finish(self) -> None:
        """The server closes the socket that it accepted; around it lies the TLS one, which is ours to close."""
        super().finish()
        if self.server.tls is not None:
            self.request.close()

    def do_GET(self) -> None:
        """Answer without a body."""
        self._send(self._answer(b""))

    def do_POST(self) -> None:
        """Read as much as is allowed, then answer."""
        length = self.headers.get("Content-Length", "")
        if not (length.isascii() and length.isdigit()) or len(length) > 12 or int(length) > MAX_BODY:
            self.close_connection = True
            problem = Problem("vcapi.too_large" if length.isdigit() else "vcapi.request", f"Content-Length: {length[:20]}")
            self._send(refusal([problem], status=413 if length.isdigit() else 411))
            return
        self._send(self._answer(self.rfile.read(int(length))))

    def _answer(self, body: bytes) -> Answer:
        return self.server.instance.handle(self.command, path=urlsplit(self.path).path, body=body)

    def _send(self, answer: Answer) -> None:
        self.send_response(answer.status)
        for name, value in answer.headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(answer.body)))
        if self.close_connection:
            self.send_header("Connection", "close")
        self.end_headers()
        self.wfile.write(answer.body)

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        """What is no proper HTTP, or another method, is refused as JSON, too."""
        self.close_connection = True
        self._send(refusal([Problem("vcapi.request", message or explain or "")], status=code))

    def log_message(self, format: str, *args: object) -> None:
        """Nothing: what is sent here may name people."""


def self_signed(host: str) -> ssl.SSLContext:
    """A server's TLS with a certificate for this computer that is made now and lasts a week."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "skillmark vc-api")])
    now = datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(hours=1))
        .not_valid_after(now + timedelta(days=7))
        .add_extension(x509.SubjectAlternativeName(_names(host)), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .sign(key, hashes.SHA256())
    )
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    with tempfile.TemporaryDirectory() as folder:  # the only way in is a file; the folder is readable by us alone
        path = Path(folder) / "server.pem"
        plain = key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
        path.write_bytes(plain + certificate.public_bytes(serialization.Encoding.PEM))
        context.load_cert_chain(path)
    return context


def _names(host: str) -> list[x509.GeneralName]:
    named: dict[str, x509.GeneralName] = {"localhost": x509.DNSName("localhost")}
    for one in ("127.0.0.1", "::1", host):
        try:
            named[one] = x509.IPAddress(ipaddress.ip_address(one))
        except ValueError:
            named[one] = x509.DNSName(one)
    return [found for one, found in named.items() if one]


@contextmanager
def _stopped_by_signals(server: Server) -> Iterator[None]:
    """Within the block Ctrl+C and SIGTERM end `serve_forever`."""

    def stop(_number: int, _frame: FrameType | None) -> None:
        # From another thread: `shutdown` waits for the loop that this handler has interrupted.
        threading.Thread(target=server.shutdown, daemon=True).start()

    before = {number: signal.signal(number, stop) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
