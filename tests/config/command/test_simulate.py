"""`carnival simulate`: starts from a checkout, says what to set and to type, ends when it is told to."""

import json
import os
import shlex
import signal
import socket
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from config.command import simulate
from config.command.simulate import ROOT, NoCheckout, load, simulate_group
from tests.simulated.asking import ask, post

START = f"from {simulate.__name__} import load; load().run({{kind!r}}, 0, lambda line: print(line, flush=True))"
COMMENT = "# publish, correct, remove, switch faults: http://"


@pytest.mark.parametrize(("kind", "named"), [("wechat", "AppSecret"), ("weibo", "uid"), ("sites", "source feed")])
def test_it_serves_what_it_names_until_it_is_told_to_end(kind: str, named: str) -> None:
    seen = os.environ | {"PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-c", START.format(kind=kind)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=seen, cwd=ROOT) as process:
        assert process.stdout is not None
        said: list[str] = []
        while not said or not said[-1].startswith(COMMENT):
            said.append(process.stdout.readline())
        desk = ask(said[-1].removeprefix(COMMENT).strip().rstrip("/"), "/").text
        exported = dict(shlex.split(line)[1].split("=", 1) for line in said if line.startswith("export "))
        hosts = json.loads(exported.get("CARNIVAL_STAND_INS", "{}"))
        refused = [post(place, "/cgi-bin/stable_token", {}).status for place in hosts.values()][:1]
        process.send_signal(signal.SIGTERM)

    assert process.returncode == 0
    assert "星河天文馆" in desk
    assert any(named in line for line in said)
    assert refused in ([200], [404], [])


def test_without_a_checkout_it_says_what_is_missing(tmp_path: Path) -> None:
    with pytest.raises(NoCheckout, match="they come with a checkout"):
        load(tmp_path)


def test_a_port_that_is_taken_is_named_before_anything_starts() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        answer = CliRunner().invoke(simulate_group, ["wechat", "--port", str(port - 1)])

    assert answer.exit_code == 2
    assert f"port {port} is taken" in answer.output
