"""CONTRIBUTING.md: each diff that it carries applies to this tree, and its command passes then."""

import re
import subprocess
from pathlib import Path

import pytest

from tests.docs.pages import ROOT
from tests.docs.recipes import PAGE, Recipe, RecipeFailed, copy_tree, recipes_of, table, try_out

RECIPES = recipes_of(PAGE.read_text(encoding="utf-8"))
EXAMPLE = """# How

## Add a word (2 files)

What it is for.

```diff
--- a/words.py
+++ b/words.py
@@ -1,2 +1,3 @@
 ONE = 1
+THREE = 3
 TWO = 2
--- /dev/null
+++ b/tests/test_words.py
@@ -0,0 +1,5 @@
+from words import THREE
+
+
+def test_three() -> None:
+    assert THREE == 3
```

`pytest tests/test_words.py`

More words.
"""


@pytest.fixture
def small(tmp_path: Path) -> Path:
    """A tree of one committed file, one that is new, one that is ignored and one that was removed."""
    source = tmp_path / "source"
    source.mkdir()
    subprocess.run(["git", "init", "--quiet"], cwd=source, check=True)
    (source / "words.py").write_text("ONE = 1\nTWO = 2\n", encoding="utf-8")
    (source / "gone.py").write_text("", encoding="utf-8")
    (source / ".gitignore").write_text("secret\n", encoding="utf-8")
    subprocess.run(["git", "add", "."], cwd=source, check=True)
    (source / "gone.py").unlink()
    (source / "pytest.ini").write_text("[pytest]\npythonpath = .\n", encoding="utf-8")
    (source / "secret").write_text("", encoding="utf-8")
    return source


@pytest.fixture
def copied(small: Path, tmp_path: Path) -> Path:
    target = tmp_path / "copy"
    copy_tree(small, target)
    return target


@pytest.mark.parametrize("recipe", RECIPES, ids=lambda recipe: recipe.heading)
def test_each_diff_applies_to_this_tree_and_its_command_passes(recipe: Recipe, tmp_path: Path) -> None:
    tree = tmp_path / "tree"
    copy_tree(ROOT, tree)

    try_out(recipe, tree)

    assert all((tree / file).exists() for file in recipe.files)


def test_the_table_says_what_each_recipe_touches() -> None:
    rows = re.findall(r"^\| ([^|]+) \| [^|]+ \| (\d+) \| (\d+) \|", PAGE.read_text(encoding="utf-8"), re.M)

    assert rows == [(one.heading, str(len(one.files)), str(len(one.code_files))) for one in RECIPES]


def test_a_copy_holds_the_working_tree_without_what_git_ignores(copied: Path) -> None:
    assert sorted(path.name for path in copied.iterdir()) == [".gitignore", "pytest.ini", "words.py"]


def test_a_recipe_is_applied_to_the_copy_alone_and_run_there(small: Path, copied: Path) -> None:
    (recipe,) = recipes_of(EXAMPLE)

    try_out(recipe, copied)

    assert "THREE" in (copied / "words.py").read_text(encoding="utf-8")
    assert "THREE" not in (small / "words.py").read_text(encoding="utf-8")
    assert (recipe.files, recipe.code_files) == (("words.py", "tests/test_words.py"), ("words.py",))
    assert table([recipe]).splitlines()[1].split() == ["2", "1", "2", "Add", "a", "word", "(2", "files)"]


@pytest.mark.parametrize(
    ("right", "wrong", "said"),
    [
        (" TWO = 2", " FOUR = 4", "does not apply"),
        ("== 3", "== 4", "fails"),
        ("(2 files)", "(1 file)", "2 files are touched"),
    ],
)
def test_a_recipe_that_does_not_hold_is_named(right: str, wrong: str, said: str, copied: Path) -> None:
    (recipe,) = recipes_of(EXAMPLE.replace(right, wrong))

    with pytest.raises(RecipeFailed, match=said):
        try_out(recipe, copied)


@pytest.mark.parametrize(
    ("right", "wrong"),
    [("`pytest tests/test_words.py`", ""), ("`pytest", "`rm"), ("## Add a word (2 files)\n", "")],
)
def test_a_diff_without_heading_or_test_is_refused(right: str, wrong: str) -> None:
    with pytest.raises(RecipeFailed, match="needs a heading"):
        recipes_of(EXAMPLE.replace(right, wrong))
