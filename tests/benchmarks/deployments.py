"""Data folders of a plan's catalogue, kept between runs: the first schema's rows, and each tree's own copy of them.

A copy is brought up to date by the tree's own migrations and indexed by its own `carnival reindex`. It is made anew
where anything of the tree that could change it did. All lie under `data/benchmarks`, which may be deleted at any time.
"""

import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path

from tests.benchmarks.catalogue import Plan, write

ROOT = Path(__file__).resolve().parents[2]
KEPT = ROOT / "data" / "benchmarks"
RECORDS = "carnival.db"
COMMAND_SECONDS = 3600
SHAPING = ("config", "indexer")  # rooms whose code decides what stands in the records and the index


def environment(tree: Path, folder: Path) -> Mapping[str, str]:
    """Return the environment in which a tree's commands run over a data folder."""
    own = {name: value for name, value in os.environ.items() if not name.startswith("CARNIVAL_")}
    return own | {"PYTHONPATH": str(tree), "CARNIVAL_DATA_FOLDER": str(folder)}


def deployed(plan: Plan, tree: Path = ROOT) -> Path:
    """Return a data folder of this catalogue as the tree's code keeps it. Whoever changes it works on a copy."""
    folder = KEPT / f"{plan.name}-{_fingerprint(tree)}"
    if folder.exists():
        return folder
    for stale in KEPT.glob(f"{folder.name}.making"):
        shutil.rmtree(stale)
    making = folder.with_name(f"{folder.name}.making")
    making.mkdir(parents=True, mode=0o700)
    shutil.copy(_first(plan), making / RECORDS)
    command = [sys.executable, "-m", "config", "reindex"]
    done = subprocess.run(
        command,
        cwd=tree,
        env=environment(tree, making),
        capture_output=True,
        text=True,
        timeout=COMMAND_SECONDS,
        check=False,
    )
    if done.returncode:
        raise RuntimeError(f"reindexing in {tree} ended with {done.returncode}: {done.stderr[-800:]}")
    making.rename(folder)
    return folder


def _first(plan: Plan) -> Path:
    file = KEPT / plan.name / RECORDS
    if not file.exists():
        making = file.with_suffix(".making")
        making.parent.mkdir(parents=True, exist_ok=True)
        making.unlink(missing_ok=True)
        write(plan, making)
        making.rename(file)
    return file


def _fingerprint(tree: Path) -> str:
    """A word that changes with the code that could change a deployment's rows or index."""
    digest = sha256()
    for room in SHAPING:
        for file in sorted((tree / room).rglob("*.py")):
            digest.update(str(file.relative_to(tree)).encode())
            digest.update(file.read_bytes())
    return digest.hexdigest()[:12]
