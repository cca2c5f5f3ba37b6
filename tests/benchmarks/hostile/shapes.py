"""What hostile texts are made of: one shape a function, each as long as it is asked to be."""

from collections.abc import Callable

Shape = Callable[[int], str]
"""Characters wanted → a text of about so many."""


def again(piece: str, *, before: str = "", after: str = "") -> Shape:
    """The piece again and again; `{n}` in it counts."""
    if "{n}" not in piece:
        return lambda chars: before + piece * max(1, chars // len(piece)) + after
    return lambda chars: (
        before + "".join(piece.replace("{n}", str(n)) for n in range(chars // (len(piece) + 2))) + after
    )


def halves(first: str, second: str, *, before: str = "") -> Shape:
    """Half of it the one piece, half the other: many opened, then many looked for among them."""
    return lambda chars: again(first, before=before)(chars // 2) + again(second)(chars // 2)


def around(shape: Shape, *, before: str, after: str) -> Shape:
    """The shape between two other texts."""
    return lambda chars: before + shape(chars) + after
