"""Errors that a command shows: one line for each fault, with its place and what to do about it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import IO

import click

UNDONE, UNUSABLE = 1, 2  # exit codes: refused; usage or configuration


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """One thing wrong in one place; `line` counts from 1 (0: the file as a whole), `do` is an instruction."""

    file: str
    line: int
    field: str
    what: str
    do: str

    def __str__(self) -> str:
        """Give one line: `units.yaml:41: channels[2].hosts: what. do`."""
        place = f"{self.file}:{self.line}" if self.line else self.file
        field = f"{self.field}: " if self.field else ""
        return f"{place}: {field}{self.what}. {self.do}".rstrip()


class Refused(click.ClickException):
    """A command cannot do its work as things stand; the text, in the operator's words, says why and what to do.

    Every room derives its own from it. Of click's kind, so that each command prints it by itself: no traceback, and
    `exit_code` to the shell.
    """

    exit_code = UNUSABLE

    def lines(self) -> tuple[str, ...]:
        """Return what to print: one line a fault, whatever the text was made of."""
        return (" ".join(str(self).split()),)

    def show(self, file: IO[str] | None = None) -> None:
        """Print the lines on standard error, as click asks for it."""
        for line in self.lines():
            click.echo(line, err=True, file=file)


class ConfigRefused(Refused):
    """Nothing of the file was taken; `problems` lists all its faults in the order of their lines."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(str(problem) for problem in self.problems))

    def lines(self) -> tuple[str, ...]:
        """Return one line a problem."""
        return tuple(" ".join(str(problem).split()) for problem in self.problems)


def setting_refused(variable: str, what: str, do: str) -> ConfigRefused:
    """Return the refusal of one setting or option, named as the operator wrote it."""
    file = "command line" if variable.startswith("-") else "environment"
    return ConfigRefused([Problem(file=file, line=0, field=variable, what=what, do=do)])
