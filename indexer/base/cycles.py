"""Python's search for cycles of objects, as it costs a process least that lives long and makes much that soon goes."""

import gc

YOUNG_OBJECTS = 10_000  # made before cycles are looked for: Python's 700 are not half a page


def keep_for_good() -> None:
    """Let no search for cycles look again at what the process has made so far and holds to its end, and fewer be made.

    A full one over what is imported takes 0.1 seconds, in which nobody is answered and nothing is read.
    """
    gc.freeze()
    gc.set_threshold(YOUNG_OBJECTS, *gc.get_threshold()[1:])
