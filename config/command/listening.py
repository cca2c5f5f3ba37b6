"""Whether a server could listen at an address; said before anything starts."""

import errno
import socket

from config.errors import ConfigRefused, setting_refused

PRIVILEGED = 1024


def check_listener(host: str, port: int, *, host_given_as: str, port_given_as: str) -> None:
    """Return where a server could listen there; an address in TIME_WAIT counts as free.

    *_given_as: the option or variable to name. Raises ConfigRefused: no address of this machine, taken, not allowed.
    """
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)
    except (OSError, UnicodeError) as error:
        raise _no_address(host, host_given_as) from error
    for family, kind, _, _, address in found:
        with socket.socket(family, kind) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(address)
            except OSError as error:
                raise _refused(error, host, port, host_given_as, port_given_as) from error


def _refused(error: OSError, host: str, port: int, host_given_as: str, port_given_as: str) -> ConfigRefused:
    if error.errno == errno.EADDRNOTAVAIL:
        return _no_address(host, host_given_as)
    if error.errno == errno.EADDRINUSE:
        do = f"Stop what listens there, or choose another by {port_given_as}."
        return setting_refused(port_given_as, f"port {port} is taken", do)
    if error.errno == errno.EACCES:
        do = f"Choose one from {PRIVILEGED} on, behind a web server that holds {port}."
        return setting_refused(port_given_as, f"port {port} is kept for root", do)
    return setting_refused(port_given_as, f"nothing can listen on {host}:{port}: {error.strerror}", "Choose another.")


def _no_address(host: str, given_as: str) -> ConfigRefused:
    do = "Write 127.0.0.1, another address of this machine, or 0.0.0.0 for all of them."
    return setting_refused(given_as, f"{host!r} is no address of this machine", do)
