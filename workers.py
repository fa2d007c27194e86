"""One process that serves, or several that share an address and are looked after."""

import asyncio
import logging
import multiprocessing
import os
import signal
import socket
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from multiprocessing import connection
from multiprocessing.context import SpawnProcess

import uvicorn
from starlette.types import ASGIApp

from engine import frames
from engine.connection import Connection

# What still runs is cancelled a second before, to notice it, and killed a second later.
STOP_SECONDS = 10
_LOOK_SECONDS = 0.2
# A worker that cannot live must not be started again without a breath.
_RESTART_SECONDS = 1

_log = logging.getLogger(__name__)

_READY = "ready"

_spawn = multiprocessing.get_context("spawn")


@dataclass(frozen=True)
class Worker:
    """What a process is given that is one of several."""

    listener: socket.socket
    # What the first of them tells that it serves.
    ready: connection.Connection | None


Serve = Callable[[Worker], None]


async def serve(
    app: ASGIApp, host: str, port: int, worker: Worker | None, *, stopping: Callable[[], None]
) -> None:
    """Serve until a signal comes; then accept nothing more, finish what runs, and end.

    `stopping` is called at the signal, when requests may still run.
    """
    config = uvicorn.Config(
        app,
        host=host,
        port=port,
        log_config=None,
        log_level="warning",
        access_log=False,
        http=Connection,
        **frames.SETTINGS,
        timeout_graceful_shutdown=STOP_SECONDS - 1,
    )
    server = _Server(config, worker, stopping)
    if worker is not None:
        _end_with_the_parent(server)
    await server.serve(None if worker is None else [worker.listener])


class _Server(uvicorn.Server):
    def __init__(
        self, config: uvicorn.Config, worker: Worker | None, stopping: Callable[[], None]
    ) -> None:
        super().__init__(config)
        self._worker = worker
        self._stopping = stopping

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        if self._worker is not None and self._worker.ready is not None and self.started:
            self._worker.ready.send(_READY)

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        # A thread that waits for a lock cannot be cancelled. What is not committed by then will not
        # be, as after a crash.
        last = threading.Timer(STOP_SECONDS, os._exit, [1])
        last.daemon = True
        last.start()
        self._stopping()
        await super().shutdown(sockets)


def _end_with_the_parent(server: uvicorn.Server) -> None:
    """Nobody would stop a worker whose parent was killed."""
    parent = multiprocessing.parent_process()
    if parent is None:
        return
    loop, sentinel = asyncio.get_running_loop(), parent.sentinel

    def end() -> None:
        loop.remove_reader(sentinel)
        server.should_exit = True

    loop.add_reader(sentinel, end)


class Supervisor:
    """Starts workers, replaces those that die, and ends when it is told to.

    The first is waited for: if it refuses to serve, so do they all, and it has said why.
    """

    def __init__(self, count: int, listener: socket.socket, work: Serve) -> None:
        self._count = count
        self._listener = listener
        self._work = work
        self._running: list[SpawnProcess] = []
        self._is_stopping = False

    def run(self, ended: Callable[[int], None]) -> None:
        """Until a signal comes. `ended` is told the process id of each worker that dies."""
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, self._stop)
        self._start_first()
        while not self._is_stopping:
            while len(self._running) < self._count:
                self._start(None)
            connection.wait([one.sentinel for one in self._running], _LOOK_SECONDS)
            for dead in [one for one in self._running if not one.is_alive()]:
                self._running.remove(dead)
                ended(dead.pid or 0)
                if not self._is_stopping:
                    _log.error("worker %s has ended with %s", dead.pid, dead.exitcode)
                    time.sleep(_RESTART_SECONDS)
        self._end()

    def _start_first(self) -> None:
        told, ready = _spawn.Pipe(duplex=False)
        with told:
            with ready:
                first = self._start(ready)
            # Ended, it has closed its end as well.
            while not told.poll(_LOOK_SECONDS) and not self._is_stopping:
                pass
            if not self._is_stopping and not _has_told(told):
                first.join()
                sys.exit(first.exitcode)

    def _start(self, ready: connection.Connection | None) -> SpawnProcess:
        process = _spawn.Process(target=self._work, args=(Worker(self._listener, ready),))
        process.start()
        self._running.append(process)
        return process

    def _stop(self, *_: object) -> None:
        self._is_stopping = True

    def _end(self) -> None:
        self._listener.close()
        for process in self._running:
            process.terminate()
        until = time.monotonic() + STOP_SECONDS + 1
        for process in self._running:
            process.join(max(0, until - time.monotonic()))
            if process.is_alive():
                process.kill()
                process.join()


def _has_told(told: connection.Connection) -> bool:
    try:
        return told.recv() == _READY
    except EOFError:
        return False


def listen(host: str, port: int) -> socket.socket:
    """The address that the workers share."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        return socket.create_server((host, port), family=family, backlog=2048)
    except OSError as error:
        sys.exit(f"{host}:{port} cannot be listened on: {error.strerror}")
