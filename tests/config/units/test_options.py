"""config.units.options: which options of a channel its source takes, and which cannot be used as they are written."""

import pytest

from config.units.options import ACCOUNT_BIZ, BELONGS_TO, OPTIONS, SiteOptions, kept_options, option_faults, own_options


@pytest.mark.parametrize("source", ["site", None])
@pytest.mark.parametrize(
    "options",
    [
        {},
        {"list": "ul.list a", "next": "a.next", "pages": "3"},
        {"list": "li:has(> time):not(.top) a:-soup-contains('科普')", "pages": 2, "item_kind": "activity"},
    ],
)
def test_css_counts_and_kinds_pass(source: str | None, options: dict[str, object]) -> None:
    assert option_faults(source, options) == []


def test_options_reach_their_source_as_numbers_and_kinds() -> None:
    options = SiteOptions.model_validate({"pages": "5", "item_kind": "video"})

    assert (options.pages, options.item_kind, options.list) == (5, "video", None)


@pytest.mark.parametrize("written", ["li[[", "//li/a", "a >", ":nosuch(a)", "a { color: red }"])
def test_what_is_no_selector_is_named_with_what_to_do(written: str) -> None:
    ((name, what, do),) = option_faults("site", {"next": written})

    assert name == "next"
    assert what.startswith(f"`{written}` is no CSS selector: ")
    assert "\n" not in what
    assert do.startswith("Write one, as ")


@pytest.mark.parametrize("written", ["0", "-1", "all", "1.5", "", "99999"])
def test_what_is_no_count_is_named(written: str) -> None:
    assert [name for name, *_ in option_faults("site", {"pages": written})] == ["pages"]


@pytest.mark.parametrize(
    ("source", "option", "words"),
    [
        ("feed", "list", "is no known key"),
        ("site", "pagse", "is no known key"),
        (None, "pagse", "is no known key"),
        ("feed", "item_kind", "is not known here"),
    ],
)
def test_an_option_that_the_source_does_not_take_is_named(source: str | None, option: str, words: str) -> None:
    ((name, what, do),) = option_faults(source, {option: "3"})

    assert (name, words in what) == (option, True)
    assert do


def test_a_mistyped_option_is_answered_with_the_one_that_was_meant() -> None:
    assert option_faults("site", {"pagse": "3"})[0][2] == "Did you mean `pages`?"


def test_of_a_kind_of_source_that_does_not_exist_no_option_is_judged() -> None:
    assert option_faults("telepathy", {"list": "li[["}) == []


def test_the_sources_own_options_are_told_from_what_is_recorded_beside_them() -> None:
    assert own_options({"list": "a", BELONGS_TO: "parent", ACCOUNT_BIZ: "3"}) == {"list": "a"}


def test_a_change_of_source_keeps_the_options_that_both_take() -> None:
    recorded = {"list": "a", "item_kind": "video", BELONGS_TO: "parent"}

    assert kept_options("feed", recorded) == {"item_kind": "video", BELONGS_TO: "parent"}
    assert kept_options("telepathy", recorded) == recorded


def test_every_model_takes_a_channel_without_options() -> None:
    assert [model() for model in OPTIONS.values()] == [model.model_validate({}) for model in OPTIONS.values()]
