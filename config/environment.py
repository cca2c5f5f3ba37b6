"""Check environment variables and `.env` before they are read as settings: unreadable files, mistyped names."""

from collections.abc import Collection, Iterable, Mapping
from difflib import get_close_matches
from io import StringIO
from pathlib import Path

from dotenv.parser import parse_stream

from config.errors import ConfigRefused, Problem
from config.files.text import read_text

PREFIX = "CARNIVAL_"
ENV_FILE = ".env"
# Read by tests and measurements alone, so no setting of a deployment.
OF_TESTS = ("CARNIVAL_FIXTURES", "CARNIVAL_TEST_")
NEAR = 0.6  # difflib's ratio from which a name counts as mistyped


def names_in_file(path: Path) -> tuple[str, ...]:
    """Return the names that an environment file gives, none where it is not there. Raises ConfigRefused."""
    if not path.is_file():
        return ()
    with_lines = list(parse_stream(StringIO(read_text(path))))
    faults = [
        Problem(
            file=str(path),
            line=each.original.line,
            field="",
            what="is no line `NAME=value`",
            do="Correct or remove it.",
        )
        for each in with_lines
        if each.error
    ]
    if faults:
        raise ConfigRefused(faults)
    return tuple(each.key for each in with_lines if each.key)


def strays(names: Iterable[str], *, known: Collection[str]) -> dict[str, str | None]:
    """Return the CARNIVAL_ names that no setting has, each with the nearest known name, None where none is near."""
    unknown = dict.fromkeys(name for name in names if _is_stray(name.upper(), known))
    return {name: _nearest(name.upper(), known) for name in unknown}


def without_strays(environment: Mapping[str, str], *, known: Collection[str]) -> dict[str, str]:
    """Return what child processes see: what their parent has warned of, they need not warn of again."""
    return {name: value for name, value in environment.items() if not _is_stray(name.upper(), known)}


def mistyped(name: str, meant: str, *, file: str) -> Problem:
    """Return the fault of a name that is near a known one."""
    return Problem(file=file, line=0, field=name, what="is no setting", do=f"Did you mean `{meant}`?")


def _is_stray(name: str, known: Collection[str]) -> bool:
    return name.startswith(PREFIX) and name not in known and not name.startswith(OF_TESTS)


def _nearest(name: str, known: Collection[str]) -> str | None:
    # Without the prefix: it is the same in all, and would make any two names look alike.
    bare = [each.removeprefix(PREFIX) for each in known]
    near = get_close_matches(name.removeprefix(PREFIX), bare, n=1, cutoff=NEAR)
    return f"{PREFIX}{near[0]}" if near else None
