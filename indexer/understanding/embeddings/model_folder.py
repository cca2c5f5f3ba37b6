"""Find the folder of a sentence-transformers model, and name the model by what the folder holds."""

import hashlib
import re
from collections.abc import Iterator
from pathlib import Path

from config.errors import Refused

HUB = "hub:"  # before `owner/name`: the only value that may reach the network
HUB_NAME = re.compile(r"[\w.-]+/[\w.-]+")
MARKS = ("modules.json", "config.json")  # of sentence-transformers, of plain transformers
# Forms of the same weights for other engines, as large as the model itself.
OTHER_ENGINES = ("onnx/*", "openvino/*", "*.onnx", "*.h5", "*.msgpack", "*.gguf")
DIGEST_CHARS = 12


class ModelMissing(Refused):
    """The model of the settings cannot be loaded; the text names the variable and what to do."""


def model_refused(what: str, do: str) -> ModelMissing:
    """Return the refusal of CARNIVAL_EMBEDDER_MODEL."""
    return ModelMissing(f"CARNIVAL_EMBEDDER_MODEL: {what}. {do}")


def check_model(model: str) -> None:
    """Return where the setting names a folder that holds a model, or a model of the hub. Raises ModelMissing."""
    do = "Give the folder of a sentence-transformers model, or `hub:OWNER/NAME` for one to be downloaded."
    if not model:
        raise model_refused("no model is named", do)
    if model.startswith(HUB):
        if HUB_NAME.fullmatch(model.removeprefix(HUB)) is None:
            raise model_refused(f"{model!r} names no model of the hub", "Write it as `hub:OWNER/NAME`.")
        return
    if not Path(model).is_dir():
        raise model_refused(f"{model!r} is no folder", do)
    if not any((Path(model) / mark).is_file() for mark in MARKS):
        raise model_refused(f"the folder {model!r} holds no model: neither {' nor '.join(MARKS)} lies in it", do)


def model_folder(model: str) -> Path:
    """Return the folder of the model; one of the hub is downloaded where it never was. Raises ModelMissing, OSError."""
    check_model(model)
    if not model.startswith(HUB):
        return Path(model)
    # Here and not at the top: the extra's package is missing from a default installation.
    from huggingface_hub import snapshot_download

    name, skipped = model.removeprefix(HUB), list(OTHER_ENGINES)
    try:
        # What was downloaded once stays: a newer revision would rebuild all vectors without anybody's decision.
        return Path(snapshot_download(name, ignore_patterns=skipped, local_files_only=True))
    except FileNotFoundError:  # never downloaded, or not to the end
        return Path(snapshot_download(name, ignore_patterns=skipped))


def model_name(model: str, folder: Path) -> str:
    """Return `name@digest`, another one for every other content of the folder.

    name: of the hub, else the folder's own. digest: of all files but hidden ones and `*.md`.
    """
    name = model.removeprefix(HUB) if model.startswith(HUB) else folder.resolve().name
    whole = hashlib.sha256()
    for path in _files(folder):
        with path.open("rb") as file:
            whole.update(f"{path.relative_to(folder).as_posix()}\0".encode("utf-8", "surrogateescape"))
            whole.update(hashlib.file_digest(file, "sha256").digest())
    return f"{name}@{whole.hexdigest()[:DIGEST_CHARS]}"


def name_of_model(model: str, folder: Path) -> str:
    """Return the name that the embedder of this model has, as its vectors carry it."""
    return f"sentence-transformers/{model_name(model, folder)}"


def _files(folder: Path) -> Iterator[Path]:
    for path in sorted(folder.rglob("*")):
        is_hidden = any(part.startswith(".") for part in path.relative_to(folder).parts)
        if path.is_file() and not is_hidden and path.suffix != ".md":
            yield path
