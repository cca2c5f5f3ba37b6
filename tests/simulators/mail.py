"""A mail server on loopback: takes what it is sent, signs people in, and can refuse."""

import base64
import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage


@dataclass
class Postbox:
    """What a server was sent. port: it listens on. password: of the one name that it lets in, empty: anybody.

    refuses: it takes no letter.
    """

    password: str = ""
    refuses: bool = False
    port: int = 0
    taken: list[EmailMessage] = field(default_factory=list)
    recipients: list[str] = field(default_factory=list)


@contextmanager
def postbox(**fields: object) -> Iterator[Postbox]:
    """Serve until left."""
    box = Postbox(**fields)  # type: ignore[arg-type]

    class Session(socketserver.StreamRequestHandler):
        def handle(self) -> None:
            _talk(self, box)

    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Session) as server:
        server.daemon_threads = True
        box.port = server.server_address[1]
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield box
        server.shutdown()
        thread.join()


def _talk(session: socketserver.StreamRequestHandler, box: Postbox) -> None:
    """One client's session, in the words of RFC 5321."""

    def say(line: str) -> None:
        session.wfile.write(f"{line}\r\n".encode())

    say("220 postbox.example")
    while line := session.rfile.readline().decode().strip():
        word = line.split(" ", 1)[0].upper()
        for answer in _answers(word, line, box):
            say(answer)
        if word == "DATA":
            box.taken.append(_letter(session))
            say("250 taken")
        if word == "QUIT":
            return


def _answers(word: str, line: str, box: Postbox) -> tuple[str, ...]:
    match word:
        case "EHLO":
            return "250-postbox.example", "250 AUTH PLAIN"
        case "AUTH":
            given = base64.b64decode(line.split(" ")[2]).decode().split("\0")[2]
            return ("235 in" if given == box.password else "535 wrong",)
        case "RCPT" if box.refuses:
            return ("550 no such box",)
        case "RCPT":
            box.recipients.append(line.partition(":")[2].strip("<> "))
    return ({"DATA": "354 go on", "QUIT": "221 bye"}.get(word, "250 ok"),)


def _letter(session: socketserver.StreamRequestHandler) -> EmailMessage:
    lines = []
    while (line := session.rfile.readline()) != b".\r\n":
        lines.append(line.removeprefix(b"."))
    found = message_from_bytes(b"".join(lines), policy=policy.default)
    assert isinstance(found, EmailMessage)
    return found
