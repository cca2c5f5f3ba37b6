"""The diffs of CONTRIBUTING.md, each tried on a copy of this tree: `python -m tests.docs.recipes` counts them.

A recipe is a fenced block of the kind `diff`, as `git diff` writes it, and the command on the line after it, in
backticks: `pytest tests/…`, which must pass once the diff is applied. Its heading may promise how many files the diff
touches, tests and docs included: `### Add a source (2 files)`. A new migration names as its `down_revision` the
`NEWEST_REVISION`; the newest of the tree is written in its place, so that a recipe outlives the next migration.
"""

import os
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import click
from alembic.script import ScriptDirectory

from tests.docs.pages import ROOT

PAGE = ROOT / "CONTRIBUTING.md"
PIECE = re.compile(r"^#{2,} (?P<heading>[^\n]+)$|^```diff\n(?P<diff>.*?)^```\n(?P<after>\s*\S[^\n]*)?", re.M | re.S)
SECONDS = 300
BESIDE = ("tests/", "docs/")
MIGRATIONS, NEWEST = "indexer/records/migrations", "NEWEST_REVISION"


class RecipeFailed(AssertionError):
    """A recipe that is not written as it should be, does not apply, or whose command does not pass."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipe:
    """One diff under its heading. command: its words, `pytest` first. promised: files, None where it promises none."""

    heading: str
    diff: str
    command: tuple[str, ...]
    promised: int | None

    @property
    def files(self) -> tuple[str, ...]:
        """The files that it touches, in the diff's order."""
        pairs = re.findall(r"^--- (?:a/)?(\S+).*\n\+\+\+ (?:b/)?(\S+)", self.diff, re.M)
        return tuple(dict.fromkeys(old if new == "/dev/null" else new for old, new in pairs))

    @property
    def code_files(self) -> tuple[str, ...]:
        """Those that are neither tests nor docs."""
        return tuple(file for file in self.files if not file.startswith(BESIDE) and not file.endswith(".md"))

    @property
    def places(self) -> int:
        """How many stretches of lines it changes."""
        return len(re.findall(r"^@@ ", self.diff, re.M))


def recipes_of(text: str) -> list[Recipe]:
    """Return the recipes of a page in their order. Raises RecipeFailed for one without heading or command."""
    found, heading = [], ""
    for piece in PIECE.finditer(text):
        if piece["heading"]:
            heading = piece["heading"].strip()
        else:
            found.append(_recipe(heading, piece["diff"], (piece["after"] or "").strip()))
    return found


def copy_tree(source: Path, target: Path) -> None:
    """Copy what git knows or would add, as it lies there now, and beside it what was compiled from it."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=source,
        capture_output=True,
        check=True,
    )
    names = [name for name in listed.stdout.decode().split("\0") if name]
    for path in [*names, *_compiled(source, names)]:
        if (source / path).is_file():  # a file that was removed and not committed is still listed
            (target / path).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(source / path, target / path)


def _compiled(source: Path, names: Sequence[str]) -> Iterator[str]:
    """Give what was compiled from these files, by its path: else each copy compiles the whole tree anew."""
    for name in names:
        path = source / name
        if path.suffix == ".po":
            found = path.parent.glob("*.mo")
        elif path.suffix == ".py":
            found = (path.parent / "__pycache__").glob(f"{path.stem}.cpython-*.pyc")
        else:
            continue
        yield from (str(one.relative_to(source)) for one in found)


def try_out(recipe: Recipe, tree: Path) -> None:
    """Apply the diff to this copy and run its command there. Raises RecipeFailed, with what git or pytest said."""
    if recipe.promised is not None and recipe.promised != len(recipe.files):
        raise RecipeFailed(f"{recipe.heading}: {len(recipe.files)} files are touched: {', '.join(recipe.files)}")
    said = recipe.diff.replace(NEWEST, newest_revision(tree)) if NEWEST in recipe.diff else recipe.diff
    applied = _run(["git", "apply", "-"], tree, said=said)
    if applied.returncode:
        raise RecipeFailed(f"{recipe.heading}: the diff does not apply: {applied.stderr}")
    for po in [file for file in recipe.files if file.endswith(".po")]:
        _run([sys.executable, "-m", "babel.messages.frontend", "compile", "-i", po, "-o", f"{po[:-3]}.mo"], tree)
    done = _run([sys.executable, "-m", *recipe.command, "-q", "-p", "no:cacheprovider"], tree)
    if done.returncode:
        raise RecipeFailed(f"{recipe.heading}: {shlex.join(recipe.command)} fails:\n{done.stdout[-4000:]}{done.stderr}")


def newest_revision(tree: Path) -> str:
    """Return the migration that a new one of this tree follows. Raises RecipeFailed where there is none."""
    if (head := ScriptDirectory(str(tree / MIGRATIONS)).get_current_head()) is None:
        raise RecipeFailed(f"no migration lies in {MIGRATIONS}")
    return head


def table(recipes: list[Recipe]) -> str:
    """Return what each recipe costs, one line each."""
    rows = [f"{len(one.files):5} {len(one.code_files):5} {one.places:6}  {one.heading}" for one in recipes]
    return "\n".join(["files  code places  recipe", *rows])


def _recipe(heading: str, diff: str, after: str) -> Recipe:
    command = tuple(shlex.split(after.strip("`"))) if re.fullmatch(r"`[^`]+`", after) else ()
    if not heading or command[:1] != ("pytest",):
        raise RecipeFailed(f"{heading or 'a diff'}: needs a heading, and a line `pytest …` after its block")
    promised = re.search(r"\((\d+) files?\)", heading)
    return Recipe(heading=heading, diff=diff, command=command, promised=int(promised[1]) if promised else None)


def _run(command: list[str], tree: Path, *, said: str | None = None) -> subprocess.CompletedProcess[str]:
    # The copy before what is installed, for the processes that its tests start too.
    seen = os.environ | {"PYTHONPATH": str(tree), "GIT_CEILING_DIRECTORIES": str(tree.parent)}
    seen.pop("PYTEST_ADDOPTS", None)
    return subprocess.run(command, cwd=tree, env=seen, input=said, capture_output=True, text=True, timeout=SECONDS)


if __name__ == "__main__":
    click.echo(table(recipes_of(PAGE.read_text(encoding="utf-8"))))
