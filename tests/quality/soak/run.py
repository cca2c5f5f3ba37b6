"""`make soak`: fourteen virtual days of two hundred channels against the simulators; only the clock is virtual.

    python -m tests.quality.soak.run [--seed N] [--days 14] [--scale 1.0]

Prints what became of every piece, a table of faults and their diagnoses, and a last line of figures; ends with 1 where
a bound is missed. The product sees nothing of the plan but what comes through its sockets.
"""

import argparse
import logging
import os
import random
import sys
import tempfile
import time
from pathlib import Path

import structlog

CORES = 2


def arguments() -> argparse.Namespace:
    """Return what was asked for on the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seed", type=int, default=random.SystemRandom().randrange(1_000_000))
    parser.add_argument("--days", type=int, default=14)
    parser.add_argument("--scale", type=float, default=1.0, help="how many of the two hundred channels")
    parser.add_argument("--keep", type=Path, help="folder that keeps the records")
    return parser.parse_args()


def main() -> int:
    """Run it and say how it went; return the exit code."""
    asked = arguments()
    from tests.simulators.names import CHANGING, changing_names
    from tests.simulators.sites.server import CHANGING_HOST

    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.CRITICAL))
    with changing_names({CHANGING_HOST: CHANGING}), tempfile.TemporaryDirectory(prefix="soak") as made:
        # Here, after the names are in disorder: Twisted keeps the look-up that it finds when it is imported.
        from tests.quality.soak.report import tell
        from tests.quality.soak.stage import travel

        folder = asked.keep or Path(made)
        folder.mkdir(parents=True, exist_ok=True)
        start = time.perf_counter()
        travelled = travel(folder, seed=asked.seed, days=asked.days, scale=asked.scale, workers=workers())
        return tell(travelled, seed=asked.seed, seconds=time.perf_counter() - start)


def workers() -> int:
    """Return how many parsers run: as many as there are cores, of this machine at most two."""
    return min(CORES, len(os.sched_getaffinity(0)))


if __name__ == "__main__":
    sys.exit(main())
