"""Ports: whether one is free, and who has it where it is not."""

import json
import socket
import time
from http.client import HTTPConnection, HTTPException

from tasks.model.errors import InputError

LOOPBACK = "127.0.0.1"


def claim_port(port: int, option: str, *, patience: float = 0.0) -> None:
    """Raise an InputError that says who has the port, if somebody still has it after so many seconds."""
    until = time.monotonic() + patience
    while not is_free(port):
        if time.monotonic() >= until:
            raise InputError(f"port {port} is taken by {holder(port)}, or choose another port with {option}")
        time.sleep(0.5)


def is_free(port: int) -> bool:
    """Return whether a server could listen there."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((LOOPBACK, port))
        except OSError:
            return False
    return True


def holder(port: int) -> str:
    """Return in words who listens there, and what can be done about it."""
    if is_healthy(port):
        return f"a Prefect server: to use that one, set PREFECT_API_URL=http://{LOOPBACK}:{port}/api"
    return "another program: stop that"


def is_healthy(port: int) -> bool:
    """Return whether a Prefect server answers there and says that it is well."""
    connection = HTTPConnection(LOOPBACK, port, timeout=5)
    try:
        connection.request("GET", "/api/health")
        answer = connection.getresponse()
        return answer.status == 200 and json.loads(answer.read(100)) is True  # noqa: PLR2004
    except (OSError, HTTPException, ValueError):
        return False
    finally:
        connection.close()
