"""Where the site and the simulator listen."""

from pathlib import Path

import pytest

from tests.config.mis_set.commands import Refusal


@pytest.mark.parametrize("command", ["web", "up"])
def test_a_port_that_is_taken_is_named(command: str, refusal: Refusal, listener: str, tmp_path: Path) -> None:
    line = refusal(command, "--port", listener)

    assert line == (
        f"command line: --port: port {listener} is taken. Stop what listens there, or choose another by --port."
    )
    assert not (tmp_path / "data").exists()


@pytest.mark.parametrize("command", [("web",), ("up",), ("up", "--no-demo")], ids=" ".join)
def test_a_port_of_the_environment_that_is_taken_is_named_by_its_variable(
    command: tuple[str, ...], refusal: Refusal, listener: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CARNIVAL_PORT", listener)

    assert refusal(*command).startswith(f"environment: CARNIVAL_PORT: port {listener} is taken.")


@pytest.mark.parametrize("words", [("demo", "serve", "--port"), ("up", "--port", "0", "--demo-port")], ids=" ".join)
def test_a_port_of_the_simulator_that_is_taken_is_named(
    words: tuple[str, ...], refusal: Refusal, listener: str
) -> None:
    assert f"port {listener} is taken." in refusal(*words, listener)


@pytest.mark.parametrize("command", ["web", "up"])
@pytest.mark.parametrize("host", ["no.such.host.invalid", "192.0.2.1", "a" * 70, "*"])
def test_a_host_that_is_no_address_of_this_machine_is_named(
    command: str, host: str, refusal: Refusal, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CARNIVAL_HOST", host)

    line = refusal(command, "--port", "0")

    assert line.startswith(f"environment: CARNIVAL_HOST: '{host}' is no address of this machine.")


@pytest.mark.skipif(
    int(Path("/proc/sys/net/ipv4/ip_unprivileged_port_start").read_text()) <= 80,
    reason="here everyone may listen on 80",
)
@pytest.mark.parametrize("command", ["web", "up"])
def test_a_port_kept_for_root_is_named(command: str, refusal_without_rights: Refusal) -> None:
    line = refusal_without_rights(command, "--port", "80")

    assert line.startswith("command line: --port: port 80 is kept for root. Choose one from 1024 on")
