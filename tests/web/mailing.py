"""A small true server of e-mail on a port of its own: it keeps what it is given by recipient."""

from __future__ import annotations

import socketserver
import threading
from contextlib import contextmanager


class _Talk(socketserver.StreamRequestHandler):
    def handle(self):
        self._say("220 ready")
        to = []
        while line := self.rfile.readline().decode("ascii").strip():
            verb, rest = line[:4].upper(), line[4:]
            address = rest.partition("<")[2].partition(">")[0]
            if verb == "RCPT" and address in self.server.hung_up:
                return
            if verb == "RCPT" and address in self.server.refused:
                self._say("550 no such user")
            elif verb == "DATA":
                self._say("354 go on")
                self._keep(to)
                self._say("250 kept")
            elif verb == "QUIT":
                self._say("221 bye")
                return
            else:
                to = [*to, address] if verb == "RCPT" else [] if verb == "MAIL" else to
                self._say("250 fine")

    def _keep(self, to):
        lines = []
        while (line := self.rfile.readline()) != b".\r\n":
            lines.append(line.removeprefix(b"."))
        for each in to:
            self.server.got.setdefault(each, []).append(b"".join(lines))

    def _say(self, line):
        self.wfile.write(f"{line}\r\n".encode())


class Server(socketserver.ThreadingTCPServer):
    """``got``: messages by recipient. It refuses ``refused``, and hangs up at ``hung_up``."""

    daemon_threads = True

    def __init__(self):
        super().__init__(("127.0.0.1", 0), _Talk)
        self.port = self.server_address[1]
        self.got, self.refused, self.hung_up = {}, set(), set()


@contextmanager
def server():
    """The server, for as long as it is wanted."""
    with Server() as found:
        thread = threading.Thread(target=found.serve_forever, args=(0.01,), daemon=True)
        thread.start()
        yield found
        found.shutdown()
        thread.join()
