"""config.errors: one line a fault, and the exit code."""

import click
import pytest

from config.errors import ConfigRefused, Problem, Refused, setting_refused


@pytest.mark.parametrize(
    ("line", "field", "text"),
    [
        (41, "channels[2].hosts", "units.yaml:41: channels[2].hosts: is wrong. Mend it."),
        (0, "hosts", "units.yaml: hosts: is wrong. Mend it."),
        (3, "", "units.yaml:3: is wrong. Mend it."),
    ],
)
def test_a_problem_is_one_line(line: int, field: str, text: str) -> None:
    assert str(Problem(file="units.yaml", line=line, field=field, what="is wrong", do="Mend it.")) == text


def test_a_refusal_prints_each_fault_on_a_line_of_its_own_on_stderr(capsys: pytest.CaptureFixture[str]) -> None:
    two = [Problem(file="a", line=n, field="", what="is\nwrong", do="Mend it.") for n in (1, 2)]

    ConfigRefused(two).show()
    Refused("in two\nlines").show()

    assert capsys.readouterr().err.splitlines() == [
        "a:1: is wrong. Mend it.",
        "a:2: is wrong. Mend it.",
        "in two lines",
    ]


@pytest.mark.parametrize(("given", "file"), [("--port", "command line"), ("CARNIVAL_PORT", "environment")])
def test_a_setting_is_named_where_the_operator_wrote_it(given: str, file: str) -> None:
    refused = setting_refused(given, "is taken", "Choose another.")

    assert (str(refused), refused.exit_code) == (f"{file}: {given}: is taken. Choose another.", 2)
    assert isinstance(refused, click.ClickException)
