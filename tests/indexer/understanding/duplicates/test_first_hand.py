"""A cut report of an event is a copy of its own original, and not of the other report."""

from indexer.base.ids import ItemId
from indexer.understanding.duplicates.first_hand import Compared, first_hand
from indexer.understanding.duplicates.near import compare
from indexer.understanding.duplicates.pieces import Piece


def letters(first: int, count: int) -> str:
    """So many letters, no two alike."""
    return "".join(map(chr, range(first, first + count)))


# What both reports have from one announcement, and what each of them says beside it.
SHARED = letters(0x4E00, 120)
OURS, THEIRS = letters(0x5E00, 220), letters(0x6E00, 220)
ORIGINAL, OTHER = Piece("", SHARED + OURS), Piece("", SHARED + THEIRS)
CUT = Piece("", SHARED + OURS[:40])


def compared(text: Piece, *others: Piece) -> list[Compared]:
    told = [(ItemId(str(number)), one, compare(text, one)) for number, one in enumerate(others)]
    return [Compared(item, one, alike) for item, one, alike in told if alike is not None]


def left(text: Piece, *others: Piece) -> list[str]:
    found = compared(text, *others)
    assert len(found) == len(others)
    return [one.item for one in first_hand(text, found)]


def test_a_cut_copy_is_alike_its_original_and_not_the_other_report() -> None:
    assert compare(ORIGINAL, OTHER) is None
    assert left(CUT, OTHER, ORIGINAL) == ["1"]
    assert left(CUT, ORIGINAL, OTHER) == ["0"]


def test_without_its_original_it_is_alike_the_other_report() -> None:
    assert left(CUT, OTHER) == ["0"]


def test_what_its_original_is_alike_it_is_alike_too() -> None:
    copy = Piece("", SHARED[:110] + OURS)

    assert left(CUT, ORIGINAL, copy) == ["0", "1"]


def test_of_two_that_hold_as_much_of_it_both_stay() -> None:
    both = Piece("", OURS[:100] + SHARED[:100])

    assert left(both, ORIGINAL, Piece("", THEIRS + SHARED[:100] + OURS[:100])) == ["0", "1"]


def test_what_the_nearer_one_lacks_is_no_hand_me_down() -> None:
    """Made of two pieces, it has from each what the other one lacks."""
    made = Piece("", OURS[:150] + THEIRS[:120])

    assert left(made, Piece("", OURS[:150]), Piece("", THEIRS[:120] + letters(0x7E00, 40))) == ["0", "1"]


def test_an_excerpt_is_part_of_every_text_that_holds_it() -> None:
    assert left(Piece("", SHARED[:70]), ORIGINAL, OTHER) == ["0", "1"]
