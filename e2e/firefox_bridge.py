"""Stands in Firefox's place, so that Playwright can drive the one that the machine has.

Playwright speaks WebDriver BiDi with Firefox, and for every browser context asks for an emulation that a long-term
release may not know yet. This program starts Firefox, and turns its "unknown command" into "done" there: that is right
because the tests emulate nothing in Firefox. All else passes unchanged.

The first argument is the path of Firefox, the others are its own. It needs nothing but Python.
"""

import json
import re
import signal
import socket
import subprocess
import sys
import threading

LISTENING = re.compile(r"WebDriver BiDi listening on ws://127\.0\.0\.1:(\d+)")

WHOLE_TEXT = 0x81
LONG, LONGER = 126, 127
"""What stands for the length of a WebSocket message of 16 and of 64 bits."""


def done_if_unknown(message: bytes) -> bytes:
    """An answer of Firefox, or "done" in place of "I do not know this emulation"."""
    if b"unknown command" not in message:
        return message
    answer = json.loads(message)
    if answer.get("error") != "unknown command" or "emulation." not in answer.get("message", ""):
        return message
    return json.dumps({"type": "success", "id": answer["id"], "result": {}}).encode()


def main(arguments: list[str]) -> int:
    """Runs Firefox until it ends, and says on the way where to reach it: here."""
    process = subprocess.Popen(arguments, stderr=subprocess.PIPE, stdout=subprocess.DEVNULL, text=True)
    signal.signal(signal.SIGTERM, lambda *_: process.terminate())
    for line in process.stderr or ():
        if found := LISTENING.search(line):
            listener = socket.create_server(("127.0.0.1", 0))
            ours, theirs = listener.getsockname()[1], int(found[1])
            threading.Thread(target=_serve, args=(listener, ours, theirs), daemon=True).start()
            print(line.replace(f":{theirs}", f":{ours}"), end="", file=sys.stderr, flush=True)
        else:
            print(line, end="", file=sys.stderr, flush=True)
    return process.wait()


def _serve(listener: socket.socket, ours: int, theirs: int) -> None:
    while True:
        client, _ = listener.accept()
        server = socket.create_connection(("127.0.0.1", theirs))
        threading.Thread(target=_ask, args=(client, server, ours, theirs), daemon=True).start()
        threading.Thread(target=_answer, args=(client, server), daemon=True).start()


def _ask(client: socket.socket, server: socket.socket, ours: int, theirs: int) -> None:
    """Passes on what Playwright sends. Firefox hears only those who call it by its own port."""
    hello = b""
    while b"\r\n\r\n" not in hello and (part := client.recv(65536)):
        hello += part
    hello = re.sub(rb"(?i)\r\nsec-websocket-extensions:[^\r]*", b"", hello)
    server.sendall(hello.replace(f":{ours}".encode(), f":{theirs}".encode()))
    while part := client.recv(65536):
        server.sendall(part)
    server.shutdown(socket.SHUT_WR)


def _answer(client: socket.socket, server: socket.socket) -> None:
    """Passes on what Firefox answers, message by message."""
    answers = server.makefile("rb")
    while (line := answers.readline()) not in (b"\r\n", b""):
        client.sendall(line)
    client.sendall(b"\r\n")
    while head := answers.read(2):
        kind, size = head
        if size in (LONG, LONGER):
            size = int.from_bytes(answers.read(2 if size == LONG else 8), "big")
        body = answers.read(size)
        client.sendall(_framed(kind, done_if_unknown(body) if kind == WHOLE_TEXT else body))
    client.shutdown(socket.SHUT_WR)


def _framed(kind: int, body: bytes) -> bytes:
    size = len(body)
    if size < LONG:
        return bytes((kind, size)) + body
    longer = size >= 2**16
    return bytes((kind, LONGER if longer else LONG)) + size.to_bytes(8 if longer else 2, "big") + body


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
