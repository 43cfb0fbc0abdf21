"""A small mail server for tests: it takes what it is given and remembers the Message-IDs."""

from __future__ import annotations

import re
import socket
import socketserver
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

MESSAGE_ID = re.compile(rb"^Message-ID:\s*(<[^>]+>)", re.I | re.M)


class Sink(socketserver.ThreadingTCPServer):
    """Counts what it has taken; `pause` makes it as slow as a real one."""

    allow_reuse_address = True
    daemon_threads = True

    def __init__(self, pause: float = 0.0) -> None:
        super().__init__(("127.0.0.1", 0), Conversation)
        self.pause = pause
        self.taken: list[str] = []
        #: what to answer instead of "250", by the word of the conversation: {"RCPT": "550 no such user"}
        self.answers: dict[str, str] = {}
        #: hang up after so many messages; 0 is never
        self.each_call = 0

    @property
    def port(self) -> int:
        return int(self.server_address[1])

    def handle_error(self, request: object, client_address: object) -> None:
        """Whoever hangs up in the middle was killed: that is what we are here for."""


class Conversation(socketserver.StreamRequestHandler):
    server: Sink

    def say(self, line: str) -> None:
        self.wfile.write(line.encode() + b"\r\n")

    def handle(self) -> None:
        self.say("220 sink")
        taken_before = len(self.server.taken)
        while line := self.rfile.readline():
            word = line[:4].decode(errors="replace").upper()
            if word == "QUIT":
                self.say("221 bye")
                return
            if word in self.server.answers and word != "DATA":
                self.say(self.server.answers[word])
            elif word == "DATA":
                self.take()
                if self.server.each_call and len(self.server.taken) - taken_before >= self.server.each_call:
                    return
            else:
                self.say("250 ok")

    def take(self) -> None:
        self.say("354 go on")
        lines: list[bytes] = []
        while (line := self.rfile.readline()) != b".\r\n":
            if not line:
                return  # hung up before the end: not taken
            lines.append(line)
        if answer := self.server.answers.get("DATA"):
            if answer == "hang up":
                self.connection.shutdown(socket.SHUT_RDWR)
                return
            self.say(answer)
            return
        found = MESSAGE_ID.search(b"".join(lines))
        self.server.taken.append(found.group(1).decode() if found else "")
        time.sleep(self.server.pause)  # taken, but the other side does not know yet
        self.say("250 taken")


@contextmanager
def sink(pause: float = 0.0) -> Iterator[Sink]:
    with Sink(pause) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
        thread.start()
        try:
            yield server
        finally:
            server.shutdown()
            thread.join(5)
