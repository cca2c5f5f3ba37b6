"""The engine of an older commit, filled and asked by its own code over made text: how far this tree has come."""

import json
import subprocess
import sys

from tests.attack.run import tree
from tests.benchmarks.deployments import environment
from tests.benchmarks.searching.measuring import KIND_SECONDS, LEAST_FINDS, Figures

FINDS, SECONDS = 60, 3600
# Of the first version: its benchmark makes the same texts, its port takes topics as tuples.
SCRIPT = """
import json, random, resource, sys, tempfile, time
from pathlib import Path
from indexer.search.port import Query
from tests.benchmarks import search as own
count, finds, least, most_seconds = int(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]), float(sys.argv[4])
chance, times = random.Random(own.SEED), {}
def asked(kind):
    subject, place = chance.choice(own.SUBJECTS), chance.choice(own.PLACES)
    if kind == "two words":
        return Query(text=f"{subject} {place}")
    if kind == "question":
        return Query(text=own.texts(chance)[0] + "吗")
    if kind == "rare phrase":
        return Query(text=f"{subject}第{chance.randrange(10_000)}号")
    return Query(text=subject, topics=(chance.choice(own.TOPICS),) if kind == "filter" else ())
with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as name:
    index, spent = own.TantivyIndex(Path(name) / "search"), 0.0
    for batch in own.batches(count, chance):
        begun = time.perf_counter()
        index.put(batch)
        spent += time.perf_counter() - begun
    disk = sum(file.stat().st_size for file in Path(name).rglob("*") if file.is_file()) / 1e6
    for kind in ("keyword", "two words", "question", "rare phrase", "filter"):
        end, some = time.perf_counter() + most_seconds, []
        for number in range(finds):
            query, begun = asked(kind), time.perf_counter()
            if begun > end and number >= least:
                break
            index.find(query)
            some.append(time.perf_counter() - begun)
        times[kind] = sorted(some)
    times["one put"] = []
    for entry in batch[:20]:
        begun = time.perf_counter()
        index.put([entry])
        times["one put"].append(time.perf_counter() - begun)
    times["one put"].sort()
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000
print(json.dumps({"rate": count / spent, "disk": disk, "memory": memory, "times": times}))
"""


def measure(ref: str, count: int) -> Figures:
    """Return the figures of a commit over made text."""
    arguments = [str(count), str(FINDS), str(LEAST_FINDS), str(KIND_SECONDS)]
    with tree(ref) as code:
        done = subprocess.run(
            [sys.executable, "-c", SCRIPT, *arguments],
            cwd=code,
            env=environment(code, code / "data"),
            capture_output=True,
            text=True,
            timeout=SECONDS,
            check=True,
        )
    return Figures(**json.loads(done.stdout.splitlines()[-1]))
