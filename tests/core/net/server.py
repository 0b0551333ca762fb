"""A real TLS server on this machine with its own certificate authority. It answers as its paths say, and ends by itself."""

from __future__ import annotations

import socket
import ssl
import threading
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

NAME = "proofs.example.com"
Answer = Callable[[ssl.SSLSocket, threading.Event], None]


def reply(*, status: str = "200 OK", body: bytes = b"{}", media_type: str = "application/json", more: str = "") -> Answer:
    """A whole answer with its length."""
    head = f"HTTP/1.1 {status}\r\nContent-Type: {media_type}\r\nContent-Length: {len(body)}\r\n{more}\r\n"
    return lambda sock, _: sock.sendall(head.encode() + body)


def moved(where: str, *, status: str = "302 Found") -> Answer:
    """A redirect."""
    return reply(status=status, body=b"", more=f"Location: {where}\r\n")


def make_authority(folder: Path, *, names: tuple[str, ...] = (NAME,)) -> Path:
    """Write `ca.pem`, and `server.pem` for `names` and 127.0.0.1 signed by it; returns the folder."""
    now = datetime.now(UTC)

    def certificate(name: str, key: ec.EllipticCurvePrivateKey, issuer: str) -> x509.CertificateBuilder:
        return (
            x509.CertificateBuilder()
            .subject_name(x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)]))
            .issuer_name(x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, issuer)]))
            .public_key(key.public_key())
            .serial_number(x509.random_serial_number())
            .not_valid_before(now - timedelta(days=1))
            .not_valid_after(now + timedelta(days=2))
            .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        )

    root, leaf = ec.generate_private_key(ec.SECP256R1()), ec.generate_private_key(ec.SECP256R1())
    usage = x509.KeyUsage(*(name in (5, 6) for name in range(7)), False, False)
    ca = certificate("Test root", root, "Test root").add_extension(x509.BasicConstraints(True, 0), critical=True)
    ca_certificate = ca.add_extension(usage, critical=True).sign(root, hashes.SHA256())
    alternatives: list[x509.GeneralName] = [*map(x509.DNSName, names), x509.IPAddress(ip_address("127.0.0.1"))]
    server = (
        certificate("server", leaf, "Test root")
        .add_extension(x509.SubjectAlternativeName(alternatives), critical=False)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(root.public_key()), critical=False)
        .sign(root, hashes.SHA256())
    )
    pem = serialization.Encoding.PEM
    (folder / "ca.pem").write_bytes(ca_certificate.public_bytes(pem))
    plain = leaf.private_bytes(pem, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    (folder / "server.pem").write_bytes(plain + server.public_bytes(pem))
    return folder


class Server:
    """`with Server(folder) as server`: answers each connection once, at most 40 connections, none longer than 5 s."""

    def __init__(self, folder: Path) -> None:
        self.answers: dict[str, Answer] = {}
        self.requests: list[bytes] = []
        self.names: list[str | None] = []
        self._done = threading.Event()
        self._context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        self._context.load_cert_chain(folder / "server.pem")
        self._context.sni_callback = lambda _sock, name, _context: self.names.append(name)
        self._listener = socket.create_server(("127.0.0.1", 0))
        self._listener.settimeout(0.1)
        self.port: int = self._listener.getsockname()[1]
        self._threads = [threading.Thread(target=self._listen, daemon=True)]

    def __enter__(self) -> Server:
        self._threads[0].start()
        return self

    def __exit__(self, *_: object) -> None:
        self._done.set()
        for thread in self._threads:
            thread.join(5)
        self._listener.close()

    def url(self, path: str, *, host: str = "127.0.0.1") -> str:
        """The address of a path on this server."""
        return f"https://{host}:{self.port}{path}"

    def _listen(self) -> None:
        while not self._done.is_set() and len(self._threads) < 40:
            with suppress(TimeoutError):
                connection, _ = self._listener.accept()
                thread = threading.Thread(target=self._serve, args=(connection,), daemon=True)
                self._threads.append(thread)
                thread.start()

    def _serve(self, connection: socket.socket) -> None:
        connection.settimeout(5)
        with connection, suppress(OSError), self._context.wrap_socket(connection, server_side=True) as sock:
            request = b""
            while b"\r\n\r\n" not in request and len(request) < 65_536:
                request += sock.recv(4_096) or b"\r\n\r\n"
            head, _, body = request.partition(b"\r\n\r\n")
            told = [line for line in head.lower().split(b"\r\n") if line.startswith(b"content-length:")]
            while told and len(body) < int(told[0].split(b":")[1]) and (more := sock.recv(4_096)):
                request, body = request + more, body + more
            self.requests.append(request)
            path = request.split(b" ")[1].decode()
            self.answers.get(path, reply(status="404 Not Found"))(sock, self._done)
