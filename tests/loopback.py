"""No test reaches a network beyond loopback."""

import errno
import ipaddress
import socket

import pytest


@pytest.fixture(autouse=True)
def _loopback_only(monkeypatch: pytest.MonkeyPatch) -> None:
    """Sockets beyond loopback answer as on a machine without network, whatever the test runs on."""
    connect, look_up = socket.socket.connect, socket.getaddrinfo

    def guarded_connect(self: socket.socket, address: tuple[str, int]) -> None:
        if self.family in (socket.AF_INET, socket.AF_INET6) and not _is_loopback(address[0]):
            raise OSError(errno.ENETUNREACH, f"tests may not reach {address[0]}")
        connect(self, address)

    def guarded_look_up(host: str | bytes | None, *args: object, **named: object) -> object:
        if host is not None and not _is_local_name(host.decode() if isinstance(host, bytes) else host):
            raise socket.gaierror(socket.EAI_NONAME, f"tests may not look up {host!r}")
        return look_up(host, *args, **named)  # type: ignore[arg-type]  # handed on as it came

    monkeypatch.setattr(socket.socket, "connect", guarded_connect)
    monkeypatch.setattr(socket, "getaddrinfo", guarded_look_up)


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _is_local_name(host: str) -> bool:
    """Numbers are not looked up at all, so any may pass: the connection to them is what is refused."""
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return host in ("", "localhost", socket.gethostname())
    return True
