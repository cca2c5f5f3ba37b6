"""config.files.document: where the parts of a file stand, and how people write the place."""

from config.files.document import Document, field_name

DOCUMENT = Document(file="a.yaml", data={"units": [{"id": "x"}, 3]}, lines={(): 1, ("units",): 2, ("units", 1): 4})


def test_a_spot_is_written_as_people_write_it() -> None:
    assert field_name(("units", 3, "channels", 0, "hosts")) == "units[3].channels[0].hosts"


def test_a_fault_is_named_by_file_line_and_place() -> None:
    problem = DOCUMENT.problem(("units", 1, "name"), what="is missing", do="Add it.")

    assert str(problem) == "a.yaml:4: units[1].name: is missing. Add it."


def test_rows_keep_their_places_whatever_they_are() -> None:
    assert (DOCUMENT.rows("units"), DOCUMENT.rows("rules")) == ([{"id": "x"}, {}], [])
