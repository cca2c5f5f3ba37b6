"""Deliberate faults, each of which one named test must notice: `make faults`.

Every fault is a text of ours with a faulty one in its place. It is written into a copy of the project, the test is run
there, and has to fail. Faults and tests are named by text, not by path, so that files may move. An anchor that is gone
or stands twice, and a test that is gone or fails without the fault, are errors too: the table then says too much.
"""

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
OURS = ("config", "indexer", "crawler", "web")
COPIED = (*OURS, "tests", "pyproject.toml")
FAILED = 1  # pytest's exit code where tests ran and some failed; all others mean that none could
LIMIT_SECONDS = 300


@dataclass(frozen=True)
class Fault:
    """What goes wrong, the text that is replaced, the faulty text, and the test that notices."""

    what: str
    anchor: str
    faulty: str
    test: str


FAULTS = (
    Fault(
        "an import widens an approved channel's path",
        'REACH = ("kind", "address", "hosts", "path")',
        'REACH = ("kind", "address", "hosts")',
        "test_whatever_widens_the_reach_of_an_approved_channel_needs_somebody_who_answers_for_it",
    ),
    Fault(
        "the spider uses a proxy of the environment",
        '"HTTPPROXY_ENABLED": False',
        '"HTTPPROXY_ENABLED": True',
        "test_a_proxy_of_the_environment_is_not_used",
    ),
    Fault(
        "the spider keeps cookies",
        '"COOKIES_ENABLED": False',
        '"COOKIES_ENABLED": True',
        "test_what_a_site_wants_to_be_remembered_is_not_sent_back",
    ),
    Fault(
        "the original of a cluster stands at any of its decisions",
        "if decision.public_before is not None:\n        return moved\n",
        "",
        "test_publication_is_the_first_approval_and_a_newer_version_moves_only_its_own_time",
    ),
    Fault(
        "what is newest goes by any decision",
        "if decision.public_before is not None:\n        return moved\n",
        "",
        "test_what_is_newest_goes_by_the_decision_that_published_it",
    ),
    Fault(
        "an item leaves a cluster and search is not told of the others",
        "touched = [one for one in held.values() if one.cluster in left and one.public is not None]",
        "touched = [one for one in held.values() if one.id == item]",
        "test_search_is_told_of_the_copies_that_an_item_leaves_behind",
    ),
    Fault(
        "failures in a row are never reset",
        "failures = CHANNEL_READS.c.failures + 1 if is_failure else 0",
        "failures = CHANNEL_READS.c.failures + int(is_failure)",
        "test_failures_in_a_row_are_counted_until_a_good_read",
    ),
    Fault(
        "a unit is shown the first reason instead of the last",
        "for one in reversed(decisions) if one.move not in passing",
        "for one in decisions if one.move not in passing",
        "test_of_several_reasons_the_last_one_holds",
    ),
    Fault(
        "`next` ignores the place in the queue",
        "nearest_first = [*(others.where(part) for part in _behind(behind, asked)), others]",
        "nearest_first = [others]",
        "test_an_item_that_was_decided_on_is_followed_by_what_stood_behind_it",
    ),
    Fault(
        "the feed of a search is in the order of relevance",
        "query = replace(asked.query, order=Order.NEWEST,",
        "query = replace(asked.query, order=Order.RELEVANCE,",
        "test_a_piece_approved_late_stands_above_a_hundred_of_younger_dates",
    ),
    Fault(
        "an exception of a word list holds none of the words",
        "if not any(word in longer for word in self.words):",
        "if not longer:",
        "test_a_bad_policy_taxonomy_or_editions_file_is_refused_with_its_line",
    ),
    Fault(
        "copies need share no figures",
        "FIGURES_SHARE = 4, 0.45",
        "FIGURES_SHARE = 4, 0.0",
        "test_where_four_figures_could_speak_half_of_them_must_agree",
    ),
    Fault(
        "copies must share all figures",
        "FIGURES_SHARE = 4, 0.45",
        "FIGURES_SHARE = 4, 1.0",
        "test_where_four_figures_could_speak_half_of_them_must_agree",
    ),
    Fault(
        "fewer of several words are enough",
        "LEAST_SHARE = 0.5",
        "LEAST_SHARE = 0.05",
        "test_of_several_words_half_must_stand_and_of_one_slip_any_part",
    ),
    Fault(
        "a phrase in the text weighs more than one in the title",
        "EXACT, IN_TITLE, IN_TEXT, APART = 3, 2, 1, 0",
        "EXACT, IN_TITLE, IN_TEXT, APART = 3, 1, 2, 0",
        "test_an_exact_title_comes_first_then_the_phrase_in_a_title_then_in_a_text_then_words_apart",
    ),
    Fault(
        "words in the text weigh more than those in the title",
        "TITLE_WEIGHT, NAMES_WEIGHT = 3.0, 1.0",
        "TITLE_WEIGHT, NAMES_WEIGHT = 0.1, 1.0",
        "test_a_word_in_the_title_weighs_more_and_so_does_a_shorter_text",
    ),
    Fault(
        "the declared editor is taken for the author",
        "if plain not in editors and ",
        "if ",
        "test_a_declared_author_who_is_the_pages_editor_is_no_writer",
    ),
    Fault(
        "the declared editor is taken for the account, and so for the author",
        "[:1] if squeeze(name) not in editors)",
        "[:1])",
        "test_a_declared_author_who_is_the_pages_editor_is_no_writer",
    ),
    Fault(
        "the printed editor is taken for the author",
        "tidy(EDITORIAL.split(text)[0])",
        "tidy(EDITORIAL.split(text)[-1])",
        "test_the_editor_in_the_line_of_the_writer_is_left_out",
    ),
    Fault(
        "a site's name is kept in the title",
        "        score -= 1.5\n",
        "        score -= 0.0\n",
        "test_the_name_of_the_site_behind_the_headline_is_left_out",
    ),
    Fault(
        "the role of an element is ignored",
        ' or (node.get("role") or "").lower() in BOILERPLATE_ROLES',
        "",
        "test_a_role_says_that_something_is_boilerplate",
    ),
)


def main() -> int:
    """Try all faults, or those whose words hold all arguments; return how many stayed unnoticed, at most 1."""
    wanted = [fault for fault in FAULTS if all(word in fault.what for word in sys.argv[1:])]
    if not wanted:  # pytest without a test to run would run them all
        sys.stdout.write(f"no fault's words hold {' '.join(sys.argv[1:])}\n")
        return 1
    with tempfile.TemporaryDirectory(prefix="faults-") as folder:
        copy = Path(folder)
        copy_project(copy)
        places = {fault: (file_with(copy, OURS, fault.anchor), address_of_test(copy, fault)) for fault in wanted}
        if passes(copy, [test for _, test in places.values()]) != 0:
            sys.stdout.write("the tests do not pass without any fault\n")
            return 1
        unnoticed = [fault for fault, place in places.items() if not is_noticed(copy, fault, *place)]
    sys.stdout.write(f"{len(wanted) - len(unnoticed)} of {len(wanted)} faults noticed\n")
    return min(len(unnoticed), 1)


def copy_project(to: Path) -> None:
    """Copy what tests need; the copy's modules come before the installed ones, since tests run in its folder."""
    for name in COPIED:
        if (ROOT / name).is_dir():
            shutil.copytree(ROOT / name, to / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(ROOT / name, to / name)


def file_with(copy: Path, folders: Iterable[str], text: str) -> Path:
    """Return the one Python file that holds the text, once."""
    held = [
        (path, times)
        for folder in folders
        for path in (copy / folder).rglob("*.py")
        if (times := path.read_text(encoding="utf-8").count(text))
    ]
    if len(held) != 1 or held[0][1] != 1:
        named = ", ".join(str(path.relative_to(copy)) for path, _ in held) or "nowhere"
        raise SystemExit(f"`{text.strip()}` should stand once: it stands in {named}. Mend the table of faults.")
    return held[0][0]


def address_of_test(copy: Path, fault: Fault) -> str:
    """Return the test's address for pytest."""
    path = file_with(copy, ("tests",), f"def {fault.test}(")
    return f"{path.relative_to(copy)}::{fault.test}"


def is_noticed(copy: Path, fault: Fault, path: Path, test: str) -> bool:
    """Run the test with the fault in place, and say what came of it."""
    sound = path.read_text(encoding="utf-8")
    path.write_text(sound.replace(fault.anchor, fault.faulty), encoding="utf-8")
    noticed = passes(copy, [test]) == FAILED
    path.write_text(sound, encoding="utf-8")
    sys.stdout.write(f"{'noticed  ' if noticed else 'UNNOTICED'} {fault.what}: {test}\n")
    sys.stdout.flush()
    return noticed


def passes(copy: Path, tests: Sequence[str]) -> int:
    """Return pytest's exit code for these tests."""
    command = [sys.executable, "-m", "pytest", "-q", "-x", "-p", "no:cacheprovider", *dict.fromkeys(tests)]
    # Written twice within a second, a file has the same time: bytecode kept of the first would be taken for it.
    environment = {**os.environ, "PYTHONDONTWRITEBYTECODE": "1"}
    done = subprocess.run(
        command, cwd=copy, env=environment, capture_output=True, check=False, timeout=LIMIT_SECONDS, text=True
    )
    if done.returncode > FAILED:
        sys.stdout.write(done.stdout[-2000:] + done.stderr[-2000:])
    return done.returncode


if __name__ == "__main__":
    sys.exit(main())
