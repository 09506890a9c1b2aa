"""People who send requests over connections that stay open. Plain sockets, so that little of the machine goes to them."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

Target = tuple[str, int]


@dataclass(frozen=True, slots=True)
class Answer:
    status: int
    head: bytes
    body: bytes

    def header(self, name: str) -> str:
        for line in self.head.split(b"\r\n"):
            key, _colon, value = line.partition(b":")
            if key.decode("latin-1").lower() == name.lower():
                return value.strip().decode("latin-1")
        return ""


class Client:
    """One person's browser. Raises OSError when the server goes away in the middle of an answer."""

    def __init__(self, target: Target, timeout: float = 30) -> None:
        self.target, self.timeout = target, timeout
        self.socket: socket.socket | None = None

    def get(self, path: str) -> Answer:
        return self.ask(f"GET {path} HTTP/1.1\r\nHost: localhost\r\n\r\n".encode())

    def post(self, path: str, body: bytes) -> Answer:
        return self.ask(post_bytes(path, body))

    def ask(self, request: bytes) -> Answer:
        """An idle connection that the server has closed meanwhile is opened again, once."""
        kept = self.socket is not None
        try:
            return self._ask(request)
        except OSError:
            self.close()
            if not kept:
                raise
        return self._ask(request)

    def _ask(self, request: bytes) -> Answer:
        opened = self.connect()
        opened.sendall(request)
        return self._answer(opened)

    def connect(self) -> socket.socket:
        if self.socket is None:
            self.socket = socket.create_connection(self.target, self.timeout)
            self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        return self.socket

    def _answer(self, opened: socket.socket) -> Answer:
        received = b""
        while (end := received.find(b"\r\n\r\n")) < 0:
            received += self._more(opened)
        answer = Answer(int(received[9:12]), received[:end], b"")
        length = int(answer.header("Content-Length") or 0)
        while len(received) < end + 4 + length:
            received += self._more(opened)
        if answer.header("Connection").lower() == "close":
            self.close()
        return Answer(answer.status, answer.head, received[end + 4 :])

    @staticmethod
    def _more(opened: socket.socket) -> bytes:
        more = opened.recv(65536)
        if not more:
            raise ConnectionResetError("the server closed the connection")
        return more

    def close(self) -> None:
        if self.socket is not None:
            self.socket.close()
            self.socket = None


def once(target: Target, path: str) -> Answer:
    client = Client(target)
    answer = client.get(path)
    client.close()
    return answer


def post_bytes(path: str, body: bytes) -> bytes:
    head = (
        f"POST {path} HTTP/1.1\r\nHost: localhost\r\n"
        f"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {len(body)}\r\n\r\n"
    )
    return head.encode() + body


@dataclass(frozen=True, slots=True)
class Load:
    """What came of a number of requests sent by a number of clients as fast as they could."""

    seconds: float
    latencies: list[float]  # seconds, sorted
    answers: list[Answer]
    used: float = 0.0  # processor seconds of the server

    @property
    def rate(self) -> float:
        return len(self.latencies) / self.seconds

    def quantile(self, share: float) -> float:
        """In milliseconds."""
        return 1000 * self.latencies[min(int(share * len(self.latencies)), len(self.latencies) - 1)]


def load(target: Target, requests: Sequence[bytes], clients: int, wanted: int) -> Load:
    """Sends each request once. Raises RuntimeError unless all are answered with the wanted status."""
    waiting = iter(requests)
    lock = threading.Lock()
    latencies: list[float] = []
    answers: list[Answer] = []

    def one() -> None:
        client = Client(target)
        while True:
            with lock:
                request = next(waiting, None)
            if request is None:
                break
            began = time.perf_counter()
            answer = client.ask(request)
            latencies.append(time.perf_counter() - began)
            answers.append(answer)
        client.close()

    seconds = together([one] * clients)
    wrong = [answer for answer in answers if answer.status != wanted]
    if wrong or len(answers) < len(requests):
        missing = len(requests) - len(answers)
        raise RuntimeError(f"{missing} unanswered, {len(wrong)} not {wanted}: {wrong[:1]}")
    return Load(seconds, sorted(latencies), answers)


def together(acts: Sequence[Callable[[], object]]) -> float:
    """All at once, each in a thread of its own; how long it took until the last was done."""
    start = threading.Barrier(len(acts) + 1)

    def after_start(act: Callable[[], object]) -> None:
        start.wait()
        act()

    threads = [threading.Thread(target=after_start, args=(act,)) for act in acts]
    for thread in threads:
        thread.start()
    start.wait()
    began = time.perf_counter()
    for thread in threads:
        thread.join()
    return time.perf_counter() - began
