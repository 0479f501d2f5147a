"""Fifty people at once: how long each waits for a page, what the server holds on to, and what a load meanwhile does to
it. They talk to the dashboard as a browser does, over its websocket, one process for all."""

import asyncio
import os
import random
import shutil
import subprocess
import sys
import time
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median, quantiles
from urllib.parse import urlencode

from streamlit.config import get_option
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import WebSocketException

from bench.data import FOLDER, demo_district, quarters
from bench.repaint import served
from comparison.measures import known
from comparison.scope import Period
from warehouse.snapshots import close_snapshots, open_snapshot

VIEWERS, THINKING, SECONDS = 50, 5.0, 90.0
# Most people look at what the meeting is about: so many of ten ask one of the shared questions.
SHARED, OF = 7, 10
_PAGES = ("", "khoi-luong", "tre-han", "hai-long", "mo-hinh")
_PATIENCE = 120.0
_OPEN = 50.0  # milliseconds between two viewers who come
# A forward message tells its kind in one of these fields; what a page looks like is of no interest here.
_FINISHED = "script_finished"


@dataclass(frozen=True)
class Asked:
    """A page and the parameters of its address."""

    page: str
    parameters: str


@dataclass
class Waited:
    """What viewers met: seconds of each page, and how often nobody answered."""

    seconds: list[float] = field(default_factory=list)
    lost: int = 0


@dataclass(frozen=True)
class Held:
    """What a process holds: MiB of memory, open files."""

    memory: float
    files: int

    @classmethod
    def by(cls, process: int) -> "Held":
        status = Path(f"/proc/{process}/status").read_text(encoding="utf-8")
        resident = next(line for line in status.splitlines() if line.startswith("VmRSS"))
        return cls(int(resident.split()[1]) / 1024, len(list(Path(f"/proc/{process}/fd").iterdir())))

    def __str__(self) -> str:
        return f"{self.memory:,.0f} MiB, {self.files} files open"


def _questions(rng: random.Random, periods: Iterable[Period], units: Iterable[str]) -> Asked:
    period, unit = rng.choice(list(periods)), rng.choice(["", *units])
    parameters = {"from": period.starts_on.isoformat(), "to": period.ends_on.isoformat()}
    return Asked(rng.choice(_PAGES), urlencode(parameters | ({"units": unit} if unit else {})))


async def _answered(socket: ClientConnection, asked: Asked) -> float:
    """Ask for a page; seconds until it is there."""
    message = BackMsg()
    message.rerun_script.query_string, message.rerun_script.page_name = asked.parameters, asked.page
    start = time.perf_counter()
    await socket.send(message.SerializeToString())
    while True:
        told = ForwardMsg()
        told.ParseFromString(bytes(await socket.recv(decode=False)))
        if told.WhichOneof("type") == _FINISHED and told.script_finished == ForwardMsg.FINISHED_SUCCESSFULLY:
            return time.perf_counter() - start


async def _viewer(address: str, number: int, shared: list[Asked], others: list[Asked], waited: Waited) -> None:
    rng = random.Random(number)
    await asyncio.sleep(number * _OPEN / 1000)
    until = time.perf_counter() + SECONDS
    try:
        async with connect(f"{address}/_stcore/stream", subprotocols=["streamlit"], max_size=None) as socket:  # type: ignore[list-item] # a plain name
            while time.perf_counter() < until:
                asked = rng.choice(shared if rng.randrange(OF) < SHARED else others)
                waited.seconds.append(await asyncio.wait_for(_answered(socket, asked), _PATIENCE))
                await asyncio.sleep(rng.uniform(0, 2 * THINKING))
    except (OSError, TimeoutError, WebSocketException):
        waited.lost += 1


async def _meeting(address: str, shared: list[Asked], others: list[Asked], meanwhile: list[str]) -> Waited:
    waited = Waited()
    viewers = [_viewer(address, number, shared, others, waited) for number in range(VIEWERS)]
    if not meanwhile:
        await asyncio.gather(*viewers)
        return waited

    async def loading() -> None:
        await asyncio.sleep(SECONDS / 4)
        process = await asyncio.create_subprocess_exec(*meanwhile, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        assert await process.wait() == 0, "the load that goes on meanwhile is refused"

    await asyncio.gather(loading(), *viewers)
    return waited


def _once_gone(process: int) -> Held:
    """What is held once the server has let go of the sessions of those who left."""
    time.sleep(int(get_option("server.disconnectedSessionTTL")) + 5)
    return Held.by(process)


def run() -> None:
    """Print how long viewers waited, alone and beside a load, and what the server held before, between and after."""
    folder = FOLDER / "viewers"
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(demo_district(), folder)
    os.environ["DOISANH_DATA"] = str(folder)
    rng, periods = random.Random(1), quarters(12)
    there = known(open_snapshot())
    units = [unit.code for unit in there.units if unit.kind == "commune"]
    shared = [
        Asked(page, _questions(rng, periods[:1], ()).parameters) for page in ("", "tre-han", "khoi-luong", "mo-hinh")
    ]
    others = [_questions(rng, periods, units) for _ in range(400)]
    close_snapshots()
    export = next(iter(sorted((FOLDER / "exports" / "district").glob("*.xlsx"))), None)
    export = export or next(iter(sorted((folder / "exports").rglob("*.xlsx"))))
    load = [sys.executable, "-m", "etl", "load", str(export)]
    print(f"\n{VIEWERS} viewers over the websocket for {SECONDS:.0f} s each, {THINKING:.0f} s between two pages,")
    print(f"{SHARED} of {OF} on four shared questions, one process: seconds until a page is there")
    print(f"  {'':<16}{'pages':>7}{'median':>9}{'p95':>8}{'most':>8}{'lost':>6}   held before, after")
    arguments = ["streamlit", "run", "dashboard.py", "--logger.level", "error", "--server.port"]
    with served(arguments, {**os.environ}, "/_stcore/health") as (address, process):
        for name, meanwhile in (("alone", []), ("again", []), ("beside a load", load)):
            before = Held.by(process)
            waited = asyncio.run(_meeting(address.replace("http", "ws"), shared, others, meanwhile))
            times = waited.seconds
            print(
                f"  {name:<16}{len(times):>7}{median(times):>9.2f}{quantiles(times, n=20)[-1]:>8.2f}{max(times):>8.2f}"
                f"{waited.lost:>6}   {before}; {_once_gone(process)}",
                flush=True,
            )


if __name__ == "__main__":
    run()
