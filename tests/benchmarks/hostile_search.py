"""Measured: what hostile searches cost a real web server over 22 public texts of a million characters and 500 others.

    python -m tests.benchmarks.hostile_search

Half of the long texts repeat an article, the others one sign or few: letters that fold to several, marks, faces.
Prints a table and a line of figures. Exits with 1 where an answer was neither 200 nor 400, or took longer than
BOUND_SECONDS. `tests/web/public/test_hostile_search.py` asks the same of both engines, without a clock.
"""

import http.client
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from urllib.parse import quote, urlencode

from rich.console import Console
from rich.table import Table

from config.settings import Settings
from indexer.base.times import now
from indexer.catalogue.items import Candidate
from indexer.people import sign_in as people
from indexer.people.rights import Role
from indexer.records.database import Database
from indexer.search.factory import open_index
from indexer.search.rebuild import rebuild
from tests.attack.deployment import free_port
from tests.benchmarks import hall
from tests.benchmarks.deployments import ROOT, environment
from tests.benchmarks.searching.texts import Made
from tests.operators import OPERATOR
from web.app.factory import create_app
from web.app.limits import limiter
from web.app.server import Listening

ARTICLES, LONG_CHARS, ORDINARY = 11, 1_000_000, 500
SIGNS = (
    "℃",
    "㎡½ﬁ",
    "👩‍🚀",
    "e\u0301",
    "的",
    "a",
    "1 ",
    "ab ",
    "的的 ",
    "國",
    "𠮷",
)  # of which long texts are made, too
LONG = ARTICLES + len(SIGNS)
BOUND_SECONDS, ROUNDS, START_SECONDS, SEED = 0.2, 3, 60.0, 29
MODULE, SERVE = "tests.benchmarks.hostile_search", "serve"
SEARCHES = ("/search", "/api/items", "/feed.atom", "/suggest")
FILTERS = ("topic", "audience", "district", "action", "form", "unit")
# By kind: the arguments of a search, already written as they stand in an address.
HOSTILE: Mapping[str, str] = {
    "one character": urlencode({"q": "的"}),
    "one Latin letter": "q=a",
    "one digit": "q=1",
    "two characters": urlencode({"q": "月球"}),
    "what folds to several": urlencode({"q": "℃"}),
    "two that fold to several": urlencode({"q": "㎡½"}),
    "a letter with a mark": urlencode({"q": "é"}),
    "a face": urlencode({"q": "👩‍🚀"}),
    "one sign often": urlencode({"q": "的的的的"}),
    "a run of letters": urlencode({"q": "ababab"}),
    "beyond the first plane": urlencode({"q": "𠮷"}),
    "no such character": urlencode({"q": "齉"}),
    "10,000 terms": urlencode({"q": " ".join(f"月{number}" for number in range(10_000))}),
    "10,000 times one term": urlencode({"q": "的 " * 10_000}),
    "a question of 200 characters": urlencode({"q": "月球车怎样过夜候鸟从哪里来" * 20}),
    "100 quoted": urlencode({"q": '"月" ' * 50 + "-月 " * 10}),
    "minus alone": urlencode({"q": "-月球 -的"}),
    "filters in words": urlencode({"q": '单位:"示例" OR shared = true 标题:" AND 单位: 标题:x'}),
    "a filter that closes its quotes": urlencode({"topic": 'it" OR shared = true OR "a" = "a', "unit": "') OR 1=1 --"}),
    "a filter of signs": urlencode({"topic": "\\", "audience": "[", "unit": "`$(id)`", "district": "%"}),
    "30 values of each filter": "&".join(f"{name}=x{number}" for name in FILTERS for number in range(30)),
    "10,000 values": "&".join(f"unit={number}" for number in range(10_000)),
    "no such kind": urlencode({"kind": "article OR video", "q": "月球"}),
    "zero width": urlencode({"q": "\u200b月\u200b球\ufeff\u2060"}),
    "zero width alone": urlencode({"q": "\u200b\u200d\ufeff\u2060"}),
    "right to left": urlencode({"q": "\u202e球月\u202c \u2067مرحبا\u2069"}),
    "signs alone": urlencode({"q": "+，。！？…—*?~^()[]{}\\/"}),
    "quotes alone": urlencode({"q": '"""\'\'“”'}),
    "a thousand marks on one letter": urlencode({"q": "e" + "\u0301" * 1000}),
    "faces": urlencode({"q": "👩‍🚀" * 50}),
    "a page far away": urlencode({"q": "的", "page": "500"}),
    "no page": urlencode({"q": "的", "page": "9" * 400, "before": "9" * 400}),
    "no day": urlencode({"q": "的", "since": "9999-99-99", "until": "-1", "order": "';--"}),
    "half a pair": "q=%ED%A0%80",
    "no UTF-8": "q=%FF%FE",
    "a NUL": "q=%00",
    "a broken escape": "q=%zz",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Answered:
    """The statuses and the longest seconds of one address."""

    statuses: frozenset[int]
    longest: float


def fill(folder: Path) -> None:
    """Put the public pieces there, and their index. Each of the long texts is another one."""
    settings, chance, moment = Settings(data_folder=folder), random.Random(SEED), now() - timedelta(hours=1)  # noqa: S311
    database = Database.open(settings.records_url)
    hall.whitelist(database)
    who = people.add_account(database, "编辑甲", "示例口令-只用于测试", role=Role.EDITOR, by=OPERATOR, now=moment)
    for number in range(LONG + ORDINARY):
        title, text = Made().piece(chance)
        if ARTICLES <= number < LONG:
            text = SIGNS[number - ARTICLES]
        if number < LONG:
            text = (text * (LONG_CHARS // len(text) + 1))[:LONG_CHARS]
        candidate = Candidate(channel=hall.CHANNEL.id, url=f"http://a.example/{number}.html", title=title, text=text)
        item = hall.understood_item(database, candidate, at=moment, text_chars=LONG_CHARS)
        hall.approve(database, item, who=who, at=moment)
    for _ in rebuild(database, open_index(settings)):
        pass
    database.close()


@contextmanager
def serving(folder: Path) -> Iterator[http.client.HTTPConnection]:
    """Run a web server over the folder; gives a connection to it that answers."""
    port = free_port()
    command = [sys.executable, "-m", MODULE, SERVE, str(port)]
    process = subprocess.Popen(command, cwd=ROOT, env=environment(ROOT, folder), stderr=subprocess.DEVNULL)
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=START_SECONDS)
    try:
        until = time.monotonic() + START_SECONDS
        while not _answers(connection):
            if time.monotonic() > until or process.poll() is not None:
                raise SystemExit("the web server did not start")
            time.sleep(0.1)
        yield connection
    finally:
        process.terminate()
        process.wait(timeout=START_SECONDS)


def _answers(connection: http.client.HTTPConnection) -> bool:
    try:
        ask(connection, f"/search?q={quote('恐龙')}")  # what is read once is read by now: words, pinyin, the taxonomy
    except OSError:
        connection.close()
        return False
    return True


def ask(connection: http.client.HTTPConnection, address: str) -> tuple[int, float]:
    """Return the status of the answer and the seconds until its last byte."""
    began = time.perf_counter()
    connection.request("GET", address)
    answer = connection.getresponse()
    answer.read()
    return answer.status, time.perf_counter() - began


def measured(connection: http.client.HTTPConnection, address: str) -> Answered:
    """Ask several times; the first answer is kept by nobody yet."""
    answers = [ask(connection, address) for _ in range(ROUNDS)]
    return Answered(statuses=frozenset(status for status, _ in answers), longest=max(seconds for _, seconds in answers))


def main() -> int:
    """Print the table and the line of figures; return the exit code."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as temporary:
        folder = Path(temporary) / "data"
        fill(folder)
        with serving(folder) as connection:
            found = {
                kind: {path: measured(connection, f"{path}?{args}") for path in SEARCHES}
                for kind, args in HOSTILE.items()
            }
    console, table = Console(width=120), Table("search", *(f"{path} ms" for path in SEARCHES))
    for kind, answers in found.items():
        table.add_row(kind, *(_cell(answers[path]) for path in SEARCHES))
    console.print(table)
    every = [one for answers in found.values() for one in answers.values()]
    longest, wrong = max(one.longest for one in every), sum(not one.statuses <= {200, 400} for one in every)
    is_met = not wrong and longest <= BOUND_SECONDS
    console.print(
        f"bench-hostile-search: {len(every)} searches over {LONG} texts of {LONG_CHARS:,} characters, longest"
        f" {1000 * longest:.0f} ms, bound {1000 * BOUND_SECONDS:.0f} ms; neither 200 nor 400: {wrong};"
        f" {'met' if is_met else 'NOT MET'}",
        soft_wrap=True,
    )
    return 0 if is_met else 1


def _cell(one: Answered) -> str:
    statuses = "" if one.statuses == {200} else " ".join(map(str, sorted(one.statuses))) + ": "
    return f"{statuses}{1000 * one.longest:.0f}"


if __name__ == "__main__":
    if sys.argv[1:2] == [SERVE]:
        limiter.enabled = False
        Listening(create_app(Settings()), host="127.0.0.1", port=int(sys.argv[2])).run()
    else:
        sys.exit(main())
