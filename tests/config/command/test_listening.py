"""config.command.listening: whether a server could listen there."""

import socket

import pytest

from config.command.listening import check_listener
from config.errors import ConfigRefused


def check(host: str, port: int) -> None:
    check_listener(host, port, host_given_as="CARNIVAL_HOST", port_given_as="--port")


def test_a_free_port_is_free_again_after_the_look() -> None:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]

    check("127.0.0.1", port)

    with socket.socket() as server:
        server.bind(("127.0.0.1", port))
        assert server.getsockname()[1] == port


def test_a_taken_port_is_named_as_it_was_given() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]

        with pytest.raises(ConfigRefused, match=f"command line: --port: port {port} is taken. Stop what listens"):
            check("127.0.0.1", port)


@pytest.mark.parametrize("host", ["192.0.2.1", "no such host"])
def test_a_host_that_is_not_of_this_machine_is_named(host: str) -> None:
    with pytest.raises(ConfigRefused, match=f"environment: CARNIVAL_HOST: '{host}' is no address of this machine"):
        check(host, 0)
