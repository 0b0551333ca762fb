"""The real server on this computer, over HTTPS and HTTP, and what it does with callers who do not behave."""

from __future__ import annotations

import http.client
import json
import signal
import socket
import ssl
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from typing import Any

import pytest

from credcore.cli import vc_api
from credcore.cli.vc_api import Server
from credcore.vcapi import MAX_BODY

from .api import ISSUERS, credential

NAME = "eddsa-rdfc-2022"


@contextmanager
def serving(*, tls: bool = True, seed: str = "tests") -> Iterator[Server]:
    with Server("127.0.0.1", 0, tls=tls, seed=seed) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield server
        finally:
            server.shutdown()
            thread.join(5)


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    with serving() as running:
        yield running


@contextmanager
def line_to(server: Server) -> Iterator[http.client.HTTPConnection]:
    """A connection that trusts the server's certificate for the name `localhost`, and nothing else."""
    port = server.server_address[1]
    if server.tls is None:
        connection = http.client.HTTPConnection("localhost", port, timeout=5)
    else:
        pem = ssl.get_server_certificate(("127.0.0.1", port), timeout=5)
        trusting = ssl.create_default_context(cadata=pem)
        connection = http.client.HTTPSConnection("localhost", port, timeout=5, context=trusting)
    with closing(connection):
        yield connection


def ask(connection: http.client.HTTPConnection, method: str, path: str, body: object = None) -> tuple[int, str, Any]:
    """Status, media type and JSON of an answer."""
    data = body if isinstance(body, bytes | None) else json.dumps(body).encode()
    connection.request(method, path, body=data, headers={"Content-Type": "application/json"} if data else {})
    answer = connection.getresponse()
    return answer.status, answer.headers["Content-Type"], json.loads(answer.read())


@pytest.mark.parametrize("tls", [True, False])
def test_issue_derive_and_verify_on_one_connection(tls: bool) -> None:
    with serving(tls=tls) as server, line_to(server) as line:
        assert server.base_url == f"{'https' if tls else 'http'}://localhost:{server.server_address[1]}"
        status, kind, issuers = ask(line, "GET", "/issuers")
        assert (status, kind) == (200, "application/json")
        assert {one["name"]: one["id"] for one in issuers} == {name: one.did for name, one in ISSUERS.items()}
        for one in issuers:
            if one["name"] != "sd-jwt-vc":
                assert one["endpoint"].startswith(server.base_url)
                path = one["endpoint"].removeprefix(server.base_url)
                status, _, body = ask(line, "POST", path, {"credential": credential(one["name"])})
                assert status == 201
                made = body["verifiableCredential"]
                if one["name"] == "ecdsa-sd-2023":
                    options = {"selectivePointers": ["/credentialSubject/name"]}
                    made = ask(line, "POST", "/credentials/derive", {"verifiableCredential": made, "options": options})[2][
                        "verifiableCredential"
                    ]
                for profile in ("strict", "proof-only", "vcalm"):
                    status, _, body = ask(
                        line, "POST", f"/verifiers/{profile}/credentials/verify", {"verifiableCredential": made}
                    )
                    assert (status, body["verified"]) == (200, True)


def test_a_status_list_lies_at_the_address_that_the_entry_names(server: Server) -> None:
    with line_to(server) as line:
        options = {"credentialStatus": {"type": "BitstringStatusListEntry"}}
        request = {"credential": credential(), "options": options}
        made = ask(line, "POST", f"/issuers/{NAME}/credentials/issue", request)[2]["verifiableCredential"]
        url = made["credentialStatus"]["statusListCredential"]
        status, kind, listed = ask(line, "GET", url.removeprefix(server.base_url))
        assert (status, kind, listed["id"]) == (200, "application/json", url)
        assert ask(line, "POST", "/verifiers/strict/credentials/verify", {"verifiableCredential": made})[0] == 200


@pytest.mark.parametrize(
    ("method", "path", "body", "status", "code"),
    [
        ("GET", "/", None, 404, "vcapi.not_found"),
        ("GET", "/nothing?x=/issuers", None, 404, "vcapi.not_found"),
        ("POST", "/issuers/rsa-2030/credentials/issue", {}, 404, "vcapi.not_found"),
        ("POST", "/verifiers/lenient/credentials/verify", {}, 404, "vcapi.not_found"),
        ("GET", f"/issuers/{NAME}/credentials/issue", None, 405, "vcapi.method"),
        ("POST", "/issuers", {}, 405, "vcapi.method"),
        ("DELETE", "/issuers", None, 501, "vcapi.request"),
        ("POST", "/credentials/derive", b"{", 400, "json.not_json"),
        ("POST", "/credentials/derive", b"[]", 400, "vcapi.request"),
        ("POST", "/credentials/derive", b'{"options": 1, "options": 2}', 400, "json.duplicate_key"),
        ("POST", "/credentials/derive", b"[" * 60, 400, "json.too_deep"),
        ("POST", "/credentials/derive", b"\xff", 400, "json.not_json"),
        ("POST", "/credentials/derive", {}, 400, "vcapi.request"),
        ("POST", f"/issuers/{NAME}/credentials/issue", {"credential": []}, 400, "vcapi.request"),
        ("POST", f"/issuers/{NAME}/credentials/issue", {"credential": {}, "options": []}, 400, "vcapi.request"),
        ("POST", "/verifiers/strict/credentials/verify", {"verifiableCredential": 5}, 400, "vcapi.request"),
        ("POST", "/verifiers/strict/credentials/verify", {"verifiableCredential": ""}, 400, "jose.malformed"),
        (
            "POST",
            "/verifiers/strict/credentials/verify",
            {"verifiableCredential": {}, "options": {"domain": 5}},
            400,
            "vcapi.request",
        ),
        (
            "POST",
            "/verifiers/proof-only/presentations/verify",
            {"verifiablePresentation": {}},
            400,
            "vcapi.not_a_presentation",
        ),
    ],
)
def test_every_refusal_is_a_problem_in_json(server: Server, method: str, path: str, body: Any, status: int, code: str) -> None:
    with line_to(server) as line:
        got, kind, problem = ask(line, method, path, body)
    assert (got, kind, problem["code"], problem["status"]) == (status, "application/problem+json", code, status)
    assert problem["type"].startswith("https://")
    assert set(problem["problemDetails"][0]) == {"type", "title", "code", "detail"}


def test_too_much_is_refused_before_it_is_read(server: Server) -> None:
    with line_to(server) as line:
        line.putrequest("POST", "/credentials/derive")
        line.putheader("Content-Length", str(MAX_BODY + 1))
        line.endheaders()
        answer = line.getresponse()
        assert (answer.status, json.loads(answer.read())["code"]) == (413, "vcapi.too_large")


def test_a_body_without_a_length_is_refused(server: Server) -> None:
    with line_to(server) as line:
        line.putrequest("POST", "/credentials/derive")
        line.endheaders()
        assert line.getresponse().status == 411


@pytest.mark.parametrize("greeting", [b"GET / HTTP/1.1\r\n\r\n", b"\x16\x03\x01\x00\x05hello", b""])
def test_who_speaks_no_tls_disturbs_nobody(server: Server, greeting: bytes, capfd: pytest.CaptureFixture[str]) -> None:
    with socket.create_connection(("127.0.0.1", server.server_address[1]), timeout=5) as stranger:
        stranger.sendall(greeting)
        with line_to(server) as line:
            assert ask(line, "GET", "/issuers")[0] == 200
    assert "Traceback" not in capfd.readouterr().err


def test_a_request_that_is_no_http_is_refused_in_json() -> None:
    with serving(tls=False) as server, socket.create_connection(server.server_address[:2], timeout=5) as stranger:
        stranger.sendall(b"HELLO\r\n\r\n")
        assert b"vcapi.request" in stranger.recv(65_536)


def test_the_same_seed_makes_the_same_keys_and_none_makes_new_ones() -> None:
    def keys(seed: str) -> list[str]:
        with Server("127.0.0.1", 0, seed=seed) as server:
            return [issuer.did for issuer in server.instance.issuers.values()]

    assert keys("tests") == [one.did for one in ISSUERS.values()]
    assert len({*keys("tests"), *keys("other"), *keys(""), *keys("")}) == 4 * len(ISSUERS)


def test_a_busy_port_is_one_sentence(server: Server, capsys: pytest.CaptureFixture[str]) -> None:
    port = str(server.server_address[1])
    for words in (["--port", port], ["--port", "70000"], ["--host", "192.0.2.1"]):
        assert vc_api.main(words) == vc_api.EXIT_USAGE
        error = capsys.readouterr().err
        assert error.count("\n") == 1
        assert "--port" in error


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_the_command_says_where_and_stops_cleanly(number: signal.Signals) -> None:
    command = [sys.executable, "-m", "skillmark", "vc-api", "--port", "0", "--tls", "self-signed", "--seed", "tests"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout is not None
            said = process.stdout.readline()
            assert said.startswith("VC-API on https://localhost:")
            process.send_signal(number)
            out, error = process.communicate(timeout=20)
        finally:
            process.kill()
    assert (process.returncode, out, error) == (0, "", "")


def test_head_and_body_of_an_answer_leave_together() -> None:
    """Apart, the caller's computer waits before it confirms the head, and ours waits for that: 40 ms with every answer."""
    with serving(tls=False) as server, socket.create_connection(server.server_address, timeout=5) as line:
        line.sendall(b"GET /issuers HTTP/1.1\r\nHost: localhost\r\n\r\n")
        head, _, body = line.recv(262_144).partition(b"\r\n\r\n")
        assert head.startswith(b"HTTP/1.1 200") and body


def test_many_callers_at_the_same_moment_are_all_let_in() -> None:
    with Server("127.0.0.1", 0) as server:  # nobody is served yet: they wait in line
        lines = [socket.create_connection(server.server_address, timeout=1) for _ in range(40)]
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            for line in lines:
                line.sendall(b"GET /issuers HTTP/1.0\r\n\r\n")
            assert all(line.recv(12) == b"HTTP/1.1 200" for line in lines)
        finally:
            server.shutdown()
            thread.join(5)
            for line in lines:
                line.close()
