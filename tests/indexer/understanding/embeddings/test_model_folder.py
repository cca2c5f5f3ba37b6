"""Where a model lies, and the name that changes with it."""

from pathlib import Path

import pytest

from indexer.understanding.embeddings.model_folder import ModelMissing, check_model, model_folder, model_name


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """What looks like a model, as far as files tell."""
    made = tmp_path / "bge-small-zh"
    (made / "1_Pooling").mkdir(parents=True)
    (made / "modules.json").write_text("[]")
    (made / "1_Pooling" / "config.json").write_text("{}")
    (made / "model.safetensors").write_bytes(b"weights")
    return made


@pytest.mark.parametrize("mark", ["modules.json", "config.json"])
def test_a_folder_with_a_model_is_taken_as_it_is(tmp_path: Path, mark: str) -> None:
    (tmp_path / mark).write_text("{}")

    assert model_folder(str(tmp_path)) == tmp_path


@pytest.mark.parametrize(
    ("model", "what"),
    [
        ("", "no model is named"),
        ("no/such-folder", "'no/such-folder' is no folder"),
        ("hub:", "'hub:' names no model of the hub"),
        ("hub:bge-small-zh", "'hub:bge-small-zh' names no model of the hub"),
        ("hub:https://models.example/a/b", "'hub:https://models.example/a/b' names no model of the hub"),
    ],
)
def test_what_names_no_model_is_refused_with_its_variable(model: str, what: str) -> None:
    with pytest.raises(ModelMissing) as refused:
        check_model(model)

    (line,) = refused.value.lines()
    assert line.startswith(f"CARNIVAL_EMBEDDER_MODEL: {what}. ")
    assert "hub:OWNER/NAME" in line


def test_a_folder_without_a_model_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ModelMissing, match=r"holds no model: neither modules\.json nor config\.json lies in it"):
        check_model(str(tmp_path))


def test_a_model_of_the_hub_is_not_looked_for_before_it_is_needed() -> None:
    check_model("hub:owner/no-such-model")


def test_the_name_is_the_folders_own_with_a_digest(folder: Path) -> None:
    name, digest = model_name(str(folder), folder).split("@")

    assert name == "bge-small-zh"
    assert len(digest) == 12


def test_the_name_is_the_same_wherever_the_folder_lies(folder: Path, tmp_path: Path) -> None:
    before = model_name(str(folder), folder)
    moved = folder.rename(tmp_path / "elsewhere").rename(tmp_path / "bge-small-zh")

    assert model_name(str(moved), moved) == before


def test_a_model_of_the_hub_keeps_its_owner(folder: Path) -> None:
    assert model_name("hub:owner/bge-small-zh", folder).startswith("owner/bge-small-zh@")


@pytest.mark.parametrize("file", ["model.safetensors", "1_Pooling/config.json", "config_sentence_transformers.json"])
def test_another_model_in_the_same_folder_has_another_name(folder: Path, file: str) -> None:
    before = model_name(str(folder), folder)
    (folder / file).write_text("something else")

    assert model_name(str(folder), folder) != before


@pytest.mark.parametrize("file", ["README.md", ".gitattributes", ".cache/lock"])
def test_files_that_no_model_reads_leave_the_name(folder: Path, file: str) -> None:
    before = model_name(str(folder), folder)
    (folder / file).parent.mkdir(exist_ok=True)
    (folder / file).write_text("something else")

    assert model_name(str(folder), folder) == before


def test_what_a_file_holds_is_not_taken_for_the_name_of_another(folder: Path) -> None:
    before = model_name(str(folder), folder)
    (folder / "model.safetensors").rename(folder / "other.safetensors")

    assert model_name(str(folder), folder) != before
