"""Ports and addresses of this computer."""

from __future__ import annotations

import errno
import http.client
import socket

from skillmark.edges.cli.problems import Problem


def require_free(*, host: str, port: int) -> None:
    """Raise a sentence when the port is taken, or may not be used."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        with socket.socket(family, socket.SOCK_STREAM) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind((host, port))
    except PermissionError as error:
        raise Problem(f"This account may not use port {port}. Choose one above 1023, such as --port 8000.") from error
    except socket.gaierror as error:
        raise Problem(f"“{host}” is not an address of this computer. Leave --host out, or use --lan.") from error
    except OSError as error:
        if error.errno == errno.EADDRNOTAVAIL:
            raise Problem(f"“{host}” is not an address of this computer. Leave --host out, or use --lan.") from error
        raise Problem(
            f"Port {port} is already used by another program. Choose another one: skillmark up --port {port + 1}"
        ) from error


def own_address() -> str | None:
    """The address under which other devices of this network find this computer. Nothing is sent to find it out."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(("192.0.2.1", 9))  # a documentation address; connecting a datagram socket sends no packet
        except OSError:
            return None
        address = str(probe.getsockname()[0])
    return None if address.startswith("127.") or address == "0.0.0.0" else address  # noqa: S104


def answers(*, host: str, port: int, path: str = "/healthz") -> bool:
    """Whether our own web part answers there."""
    connection = http.client.HTTPConnection(host, port, timeout=3)
    try:
        connection.request("GET", path, headers={"Host": "localhost"})
        return connection.getresponse().status == 200
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()
