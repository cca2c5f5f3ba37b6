"""What a worker process does: run a channel's source over one answer, whatever the page does to it.

A worker imports this module and not the pool, which brings what its parent alone needs and a worker would wait for.
"""

import os
import pickle
import signal
import threading
import traceback
from collections.abc import Callable
from dataclasses import dataclass, replace
from multiprocessing import parent_process
from multiprocessing.connection import Connection

from crawler.exchange import Answer, Found, Unreadable
from crawler.extract.state import PageState
from crawler.sources import options_of, source_of
from indexer.base.cycles import keep_for_good
from indexer.catalogue.items import Candidate
from indexer.catalogue.troubles import Trouble
from indexer.whitelist.records import Channel


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What a source read from one answer; unreadable: (what, do) where it gave up, after what stands in `found`.

    state: what kind of page is unreadable, where that is known. trouble: why, where a platform said it. fault: the
    traceback where it gave up by a fault of the program, for the log.
    """

    found: tuple[Found, ...]
    unreadable: tuple[str, str] | None = None
    state: PageState | None = None
    trouble: Trouble | None = None
    fault: str = ""


def read_answer(channel: Channel, answer: Answer) -> Reading:
    """Run the channel's source over one answer: plain data in, plain data out."""
    found: list[Found] = []
    try:
        source = source_of(channel.source or "")
        for each in source.read(channel, options_of(source, channel), answer):
            found.append(replace(each, proof=source.proof) if isinstance(each, Candidate) else each)
    except Unreadable as refused:
        said = (refused.what, refused.do)
        return Reading(found=tuple(found), unreadable=said, state=refused.state, trouble=refused.trouble)
    except Exception as error:  # noqa: BLE001 - whatever a page does to a source, what was read before it is kept
        failed = given_up(answer, f"解析时程序出错（{type(error).__name__}）")
        return replace(failed, found=tuple(found), fault=traceback.format_exc())
    return Reading(found=tuple(found))


Run = Callable[[Channel, Answer], Reading]


def given_up(answer: Answer, what: str) -> Reading:
    """Return that an answer is unreadable; what: words that follow its address."""
    do = "请检查网页是否过大或结构异常；网页正常的，请把网址告诉管理员"
    return Reading(found=(), unreadable=(f"{answer.url} {what}", do))


def serve(pipe: Connection, run: Run) -> None:
    """Answer one page after the other, in a process of its own, until the parent is gone, however it ended."""
    keep_for_good()
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the terminal's signals are the parent's
    threading.Thread(target=_end_with_parent, daemon=True).start()
    while True:
        try:
            channel, answer = pipe.recv()
        except (EOFError, OSError):
            return
        pipe.send(_said(run, channel, answer))


def _said(run: Run, channel: Channel, answer: Answer) -> Reading | Exception:
    try:
        return run(channel, answer)
    except Exception as error:  # noqa: BLE001 - raised again where the page was sent from
        return _sendable(error)


def _sendable(error: Exception) -> Exception:
    """The error itself where it can be sent; else its words, of its kind's name."""
    try:
        pickle.loads(pickle.dumps(error))  # noqa: S301 - our own bytes
    except Exception:  # noqa: BLE001 - an error may refuse to be sent in any way
        return RuntimeError(f"{type(error).__name__}: {error}")
    return error


def _end_with_parent() -> None:
    if (parent := parent_process()) is not None:
        parent.join()
        os._exit(1)
