"""indexer.base.cycles: what a process holds to its end is not looked at again and again."""

import gc

from indexer.base.cycles import YOUNG_OBJECTS, keep_for_good


def test_what_is_held_to_the_end_is_not_looked_at_with_every_search_for_cycles() -> None:
    thresholds, held = gc.get_threshold(), gc.get_freeze_count()
    try:
        keep_for_good()

        assert gc.get_freeze_count() > held
        assert gc.get_threshold() == (YOUNG_OBJECTS, *thresholds[1:])
    finally:
        gc.unfreeze()
        gc.set_threshold(*thresholds)
