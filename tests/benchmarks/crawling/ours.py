"""One round of the collector over the channels of a data folder, timed; for `crawl.py`.

    python -m tests.benchmarks.crawling.ours FOLDER STEP … < JSON: hosts that may be reached

Prints one line of JSON. A process of its own, for Twisted's reactor starts once. STEP: steps of the work that belong to
collecting a piece (`pictures`): done beside it, as `carnival up` does, until nothing waits, inside the time.
"""

import json
import sys
import threading
import time
from pathlib import Path


def main() -> None:
    """Collect, and print how long it took and what came of it."""
    # Here: each worker process imports its parent's main module again, but for one that is run as the product is
    # (`python -m config`).
    from config.logs import set_up_logs
    from config.settings import Settings
    from crawler.rounds import collect, polled_channels
    from indexer.records.database import Database
    from indexer.work.runner import keep_working, run_pending
    from indexer.work.steps import steps_of

    folder, *wanted = sys.argv[1:]
    hosts = tuple(json.load(sys.stdin))
    settings = Settings(data_folder=Path(folder), private_hosts=hosts, crawl_delay_seconds=0, picture_delay_seconds=0)
    set_up_logs(as_json=True)
    database = Database.open(settings.records_url)
    steps = [step for step in steps_of(settings, database) if step.name in wanted]
    if missing := set(wanted) - {step.name for step in steps}:
        raise SystemExit(f"no such step: {', '.join(sorted(missing))}")
    channels = polled_channels(database)
    start = time.perf_counter()
    ended = threading.Event()
    beside = threading.Thread(target=keep_working, args=(database, steps, ended, lambda: None))
    if steps:
        beside.start()
    results = collect(settings, database, channels)
    if steps:
        ended.set()
        beside.join()
        list(run_pending(steps))
    seconds = time.perf_counter() - start
    found = {
        "seconds": seconds,
        "new": sum(result.new for result in results),
        "unchanged": sum(result.unchanged for result in results),
        "refused": sum(result.refused for result in results),
        "errors": [result.error for result in results if result.error],
    }
    print(json.dumps(found))  # noqa: T201 - the answer


if __name__ == "__main__":
    main()
