"""Measured: both README commands on a Debian that holds nothing but make, python3 and git.

Run by `make fresh`, as root. Mounts and processes live in namespaces that end with this program however it ends; the
folder is deleted by the process outside, where nothing is mounted in it. Prints a table; exits 1 where a step failed.
FRESH_TESTS: what `make test` runs instead of all tests. FRESH_LOG: the file that the output goes to.
"""

import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

# The standard library alone: this runs before there is a .venv.
ROOT = Path(__file__).resolve().parents[2]
NAMESPACES = ("unshare", "--mount", "--pid", "--fork", "--kill-child", "--propagation", "private")
INSIDE = "--inside"
GIVEN = "make,python3,git"
CHECKOUT, FIXTURES, CERTIFICATES = "carnival", "fixtures", "etc/host-certificates.crt"
READY = "Ctrl-C stops everything."
UP_SECONDS, STOP_SECONDS, TEST_SECONDS, LOOK_SECONDS = 1200.0, 60.0, 7200.0, 0.2
DELETE_TRIES = 20
PLAIN = {
    "PATH": "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin",
    "HOME": "/root",
    "LANG": "C.UTF-8",
    "DEBIAN_FRONTEND": "noninteractive",
}
PASSED_ON = re.compile(r"PIP_\w+|(https?|ftp|all|no)_proxy", re.IGNORECASE)
TRUST = ("PIP_CERT", "SSL_CERT_FILE", "REQUESTS_CA_BUNDLE")
PIP_FILES = ("/etc/pip.conf", "~/.config/pip/pip.conf", "~/.pip/pip.conf")
APT_OPTIONS = re.compile(r"Acquire::(https?::proxy|Check-Valid-Until|Check-Date|Retries)\b", re.IGNORECASE)
DEVICES = ("null", "zero", "full", "random", "urandom", "tty")


class StepFailed(Exception):
    """A step that did not do what it should; the text says what it did."""


@dataclass(frozen=True, kw_only=True)
class Fresh:
    """One try. folder: root of the new Debian; log: takes all output; tests: what `make test` runs, empty for all."""

    folder: Path
    log: Path
    tests: str


@dataclass(frozen=True, kw_only=True)
class Row:
    """One line of the table."""

    step: str
    seconds: float
    result: str
    failed: bool


def main() -> int:
    """Outside: make the folder, do the work in namespaces of its own, delete the folder. Returns the exit code."""
    if os.geteuid() != 0:
        sys.stderr.write("make fresh needs root, for debootstrap and chroot: run it as root, or install sudo\n")
        return 2
    if not shutil.which("debootstrap"):
        subprocess.run(["apt-get", "update", "-q"], check=True)
        subprocess.run(["apt-get", "install", "-qy", "debootstrap"], check=True)
    folder = Path(tempfile.mkdtemp(prefix="carnival-fresh-"))
    folder.chmod(0o755)  # the root of a system: apt reads it as a user of its own
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, _stop)
    command = [*NAMESPACES, sys.executable, str(Path(__file__).resolve()), INSIDE, str(folder)]
    child = subprocess.Popen(command, start_new_session=True)
    try:
        return child.wait()
    finally:
        child.kill()  # everything in its namespaces dies with it
        child.wait()
        _delete(folder)


def inside(fresh: Fresh) -> int:
    """In the namespaces: build, run both commands, print the table. Returns the exit code."""
    fresh.log.write_bytes(b"")
    _say(f"all output: {fresh.log}")
    rows = [_timed(f"debootstrap, {GIVEN}", lambda: build(fresh))]
    if not rows[0].failed:
        rows.append(_timed("make up", lambda: up(fresh)))
        rows.append(_timed("make test", lambda: test(fresh)))
    width = max(len(row.step) for row in rows)
    _say(f"{'step':{width}}  seconds  result")
    for row in rows:
        _say(f"{row.step:{width}}  {row.seconds:7.1f}  {row.result}")
    return int(any(row.failed for row in rows))


def build(fresh: Fresh) -> str:
    """Make the Debian of this machine's release, with its sources of packages, and a clone of HEAD in it."""
    folder, sources = fresh.folder, debian_sources()
    mirror, suite, _ = sources[0]
    given = f"{GIVEN},ca-certificates" if mirror.startswith("https") else GIVEN
    _run(fresh, "debootstrap", "--variant=minbase", f"--include={given}", suite, str(folder), mirror)
    lines = [f"deb {mirror} {suite} {' '.join(parts)}\n" for mirror, suite, parts in sources]
    (folder / "etc/apt/sources.list").write_text("".join(lines), encoding="utf-8")
    (folder / "etc/apt/apt.conf.d/99host").write_text(apt_options(), encoding="utf-8")
    for name in ("resolv.conf", "hosts"):
        shutil.copyfile(f"/etc/{name}", folder / "etc" / name)
    mount(fresh)
    take_pip_configuration(fresh)
    # A clone of HEAD and no copy of the working folder: what was never committed does not count.
    _run(fresh, "git", "-c", "safe.directory=*", "clone", "--quiet", "--no-local", str(ROOT), str(folder / CHECKOUT))
    return f"{suite}, HEAD {_told('git', '-c', 'safe.directory=*', '-C', str(ROOT), 'rev-parse', '--short', 'HEAD')}"


def debian_sources() -> Sequence[tuple[str, str, list[str]]]:
    """Return Debian's own sources of this machine as (mirror, suite, components), the release itself first."""
    form = "$(ORIGIN)|$(REPO_URI)|$(RELEASE)|$(COMPONENT)"
    codename = re.search(r"^VERSION_CODENAME=(\w+)", Path("/etc/os-release").read_text(encoding="utf-8"), re.MULTILINE)
    found: dict[tuple[str, str], list[str]] = {}
    for line in _told("apt-get", "indextargets", "--format", form, "Identifier: Packages").splitlines():
        origin, mirror, suite, component = line.split("|")
        if origin == "Debian":
            found.setdefault((mirror, suite), []).append(component)
    own = [(mirror, suite, parts) for (mirror, suite), parts in found.items()]
    release = [each for each in own if codename and each[1] == codename[1]]
    if not release:
        raise StepFailed("apt knows no source of this machine's own Debian release; run `apt-get update` first")
    return [*release, *(each for each in own if each not in release)]


def apt_options() -> str:
    """Return how this machine reaches its sources: proxies and time checks."""
    return "".join(f"{line}\n" for line in _told("apt-config", "dump").splitlines() if APT_OPTIONS.match(line))


def mount(fresh: Fresh) -> None:
    """Give the Debian what every running one has: /proc, /sys, devices, shared memory; and the fixtures, read-only."""
    for kind, options, place in (
        ("proc", "rw", "proc"),
        ("sysfs", "ro", "sys"),
        ("tmpfs", "mode=755", "dev"),
        ("tmpfs", "mode=1777", "dev/shm"),
        ("devpts", "newinstance,ptmxmode=0666", "dev/pts"),
    ):
        (fresh.folder / place).mkdir(exist_ok=True)
        _run(fresh, "mount", "-t", kind, "-o", options, kind, str(fresh.folder / place))
    for name in DEVICES:
        (fresh.folder / "dev" / name).touch()
        _run(fresh, "mount", "--bind", f"/dev/{name}", str(fresh.folder / "dev" / name))
    for link, target in (("ptmx", "pts/ptmx"), ("fd", "/proc/self/fd")):
        (fresh.folder / "dev" / link).symlink_to(target)
    if (fixtures := os.environ.get("CARNIVAL_FIXTURES")) and Path(fixtures).is_dir():
        _bind(fresh, Path(fixtures), fresh.folder / FIXTURES)


def take_pip_configuration(fresh: Fresh) -> None:
    """Give the Debian this machine's pip configuration, the folders that it names, and its certificates."""
    told = [value for name, value in os.environ.items() if name.startswith("PIP_")]
    for name in PIP_FILES:
        source, place = Path(name).expanduser(), fresh.folder / name.replace("~", "/root").lstrip("/")
        if source.is_file():
            place.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(source, place)
            told.append(source.read_text(encoding="utf-8"))
    _bind_named_folders(fresh, "\n".join(told))
    in_files = re.search(r"^cert\s*=\s*(\S+)", "\n".join(told), re.MULTILINE)
    certificates = os.environ.get("PIP_CERT") or os.environ.get("SSL_CERT_FILE") or (in_files[1] if in_files else "")
    if certificates and Path(certificates).is_file():
        shutil.copyfile(certificates, fresh.folder / CERTIFICATES)


def _bind_named_folders(fresh: Fresh, told: str) -> None:
    """What a pip configuration names of this machine and a new one lacks: folders of wheels, `file://` indexes."""
    for name in re.findall(r"(?:^|[\s=]|file://)(/[^\s/]\S*)", told):
        # The packages of an index `file://…/simple` may lie beside it.
        source = Path(name).parent if Path(name).name == "simple" else Path(name)
        place = fresh.folder / source.relative_to("/")
        if source.is_dir() and not place.exists():
            _bind(fresh, source, place)


def up(fresh: Fresh) -> str:
    """Run `make up` until it says that it serves, read the demo's first page, stop it as Ctrl-C does."""
    port, before, began = _free_port(), fresh.log.stat().st_size, time.monotonic()
    process = _start(fresh, "make", "up", CARNIVAL_PORT=port, CARNIVAL_DEMO_PORT=_free_port())
    try:
        while READY.encode() not in fresh.log.read_bytes()[before:]:
            if process.poll() is not None or time.monotonic() - began > UP_SECONDS:
                raise StepFailed(f"it did not serve (exit code {process.poll()}); its words stand in the log")
            time.sleep(LOOK_SECONDS)
        served = time.monotonic() - began
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=30) as answer:
            page = answer.read().decode()
    finally:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGINT)
        process.wait(timeout=STOP_SECONDS)
    if "示例" not in page:
        raise StepFailed("the first page shows no unit of the demo")
    return f"the demo was served after {served:.1f} s, first page of {len(page.encode()):,} bytes; stopped by Ctrl-C"


def test(fresh: Fresh) -> str:
    """Run `make test` to its end and return pytest's last line."""
    fixtures = {"CARNIVAL_FIXTURES": f"/{FIXTURES}"} if (fresh.folder / FIXTURES).is_dir() else {}
    code = _start(fresh, "make", "test", f"TESTS={fresh.tests}", **fixtures).wait(timeout=TEST_SECONDS)
    lines = fresh.log.read_text(encoding="utf-8", errors="replace").splitlines()
    last = next((line.strip("= ") for line in reversed(lines) if line.startswith("=====")), "no word of pytest")
    if code != 0:
        raise StepFailed(f"exit code {code}: {last}")
    return f"{last} (FRESH_TESTS={fresh.tests})" if fresh.tests else last


def _start(fresh: Fresh, *command: str, **extra: str) -> "subprocess.Popen[bytes]":
    """Start a command in the checkout inside, in a plain environment that knows how this machine reaches packages."""
    words = ["chroot", str(fresh.folder), "sh", "-c", f'cd /{CHECKOUT} && exec "$@"', "sh", *command]
    passed = {name: value for name, value in os.environ.items() if PASSED_ON.fullmatch(name)}
    trust = dict.fromkeys(TRUST, f"/{CERTIFICATES}") if (fresh.folder / CERTIFICATES).exists() else {}
    seen: Mapping[str, str] = {**passed, **PLAIN, **trust, **extra}
    with fresh.log.open("ab") as output:
        return subprocess.Popen(
            words, env=seen, stdin=subprocess.DEVNULL, stdout=output, stderr=subprocess.STDOUT, start_new_session=True
        )


def _bind(fresh: Fresh, source: Path, place: Path) -> None:
    place.mkdir(parents=True, exist_ok=True)
    _run(fresh, "mount", "--bind", str(source), str(place))
    _run(fresh, "mount", "-o", "remount,bind,ro", str(place))


def _run(fresh: Fresh, *command: str) -> None:
    with fresh.log.open("ab") as output:
        code = subprocess.run(command, stdin=subprocess.DEVNULL, stdout=output, stderr=subprocess.STDOUT).returncode
    if code != 0:
        raise StepFailed(f"`{' '.join(command[:3])} …` ended with {code}; its words stand in the log")


def _told(*command: str) -> str:
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout.strip()


def _timed(step: str, work: Callable[[], str]) -> Row:
    began = time.monotonic()
    try:
        result, failed = work(), False
    except (StepFailed, subprocess.SubprocessError, OSError) as error:
        result, failed = f"FAILED: {error}", True
    return Row(step=step, seconds=time.monotonic() - began, result=result, failed=failed)


def _delete(folder: Path) -> None:
    """The kernel may still be ending what ran inside: try again for some seconds."""
    for _ in range(DELETE_TRIES):
        shutil.rmtree(folder, ignore_errors=True)
        if not folder.exists():
            return
        time.sleep(LOOK_SECONDS)
    sys.stderr.write(f"{folder} could not be deleted whole\n")


def _free_port() -> str:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return str(probe.getsockname()[1])


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def _stop(number: int, _frame: object) -> None:
    raise SystemExit(128 + number)


if __name__ == "__main__":
    if sys.argv[1:2] == [INSIDE]:
        log = Path(os.environ.get("FRESH_LOG") or Path(tempfile.gettempdir(), "carnival-fresh.log"))
        sys.exit(inside(Fresh(folder=Path(sys.argv[2]), log=log, tests=os.environ.get("FRESH_TESTS", ""))))
    sys.exit(main())
