"""Commands stopped at random moments: by a kill, which nobody can answer, and by Ctrl-C, which is answered."""

import random
import shutil
import signal
import subprocess
import time
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path

from faults.office import Office, completed, figures, left_behind, started

KILLS, INTERRUPTS = 200, 20
# The command that is stopped, by turns: publishing is the last part of each.
_COMMANDS = ("load", "load", "build")
# Whoever is not stopped in time is tried again; a machine that is busy with other things is not to blame.
_ATTEMPTS = 20
_TOLD_EACH = 20


@dataclass(frozen=True)
class Stop:
    """A command to stop by a signal after a share of the time that it takes undisturbed."""

    place: int
    command: tuple[str, ...]
    signal: signal.Signals
    seconds: float


@dataclass(frozen=True)
class Stopped:
    """What a stop met: whether the command still ran, had published, and what was wrong after."""

    was_running: bool
    had_published: bool
    wrong: list[str]


def kills(office: Office, seed: int) -> tuple[str, list[str]]:
    """KILLS commands killed; the figures are the old ones or, once published, the new ones, and the next load ends as
    if nothing had been."""
    found = _stopped(office, random.Random(seed), KILLS, signal.SIGKILL)
    published = sum(each.had_published for each in found)
    return f"{len(found)} commands killed, {published} of them after publishing", [w for s in found for w in s.wrong]


def interrupts(office: Office, seed: int) -> tuple[str, list[str]]:
    """INTERRUPTS commands stopped by Ctrl-C: words instead of a traceback, 130, nothing left."""
    found = _stopped(office, random.Random(seed), INTERRUPTS, signal.SIGINT)
    return f"{len(found)} commands stopped", [w for s in found for w in s.wrong]


def _stopped(office: Office, chance: random.Random, wanted: int, by: signal.Signals) -> list[Stopped]:
    took = {command[0]: _seconds(office, command) for command in (office.loading, ("build",))}
    found: list[Stopped] = []
    place = 0
    with ProcessPoolExecutor(2, mp_context=get_context("spawn")) as pool:
        for _ in range(_ATTEMPTS):
            stops = []
            for _ in range(wanted - len(found)):
                command = office.loading if _COMMANDS[place % len(_COMMANDS)] == "load" else ("build",)
                stops.append(Stop(place, command, by, chance.uniform(0.2, 1.05) * took[command[0]]))
                place += 1
            for each in pool.map(_stop, [office] * len(stops), stops):
                if each.was_running or each.wrong:
                    found.append(each)
                    if len(found) % _TOLD_EACH == 0:
                        print(f"  {len(found)} of {wanted}, {sum(bool(one.wrong) for one in found)} wrong", flush=True)
    if len(found) < wanted:
        raise RuntimeError(f"only {len(found)} of {wanted} commands were still running when they were stopped")
    return found


def _seconds(office: Office, command: tuple[str, ...]) -> float:
    """How long the command takes while another one runs beside it."""
    folders = [office.copied(office.published.parent / f"timed-{n}") for n in range(2)]
    start = time.perf_counter()
    beside = [started(folder, *command) for folder in folders]
    for process in beside:
        process.communicate()
    for folder in folders:
        shutil.rmtree(folder)
    return time.perf_counter() - start


def _stop(office: Office, stop: Stop) -> Stopped:
    data = office.copied(office.published.parent / f"stopped-{stop.place}")
    process = started(data, *stop.command)
    try:
        out, err = process.communicate(timeout=stop.seconds)
        was_running = False
    except subprocess.TimeoutExpired:
        process.send_signal(stop.signal)
        out, err = process.communicate()
        was_running = process.returncode != 0
    told = f"{stop.command[0]} after {stop.seconds:.2f} s"
    wrong = [f"{told}: {each}" for each in _wrong(office, data, stop, process.returncode, out + err)]
    had_published = stop.command[0] == "load" and figures(data) == office.after
    wrong += [f"{told}, then: {each}" for each in completed(office, data)]
    shutil.rmtree(data)
    return Stopped(was_running, had_published, wrong)


def _wrong(office: Office, data: Path, stop: Stop, code: int, said: str) -> list[str]:
    wrong = []
    allowed = {office.before} if stop.command[0] == "build" else {office.before, office.after}
    if figures(data) not in allowed:
        wrong.append("figures are neither the old nor the new ones")
    if stop.signal == signal.SIGINT:
        if code not in (0, 130):
            wrong.append(f"ended with {code}: {said}")
        if "Traceback" in said:
            wrong.append(f"a traceback: {said}")
        wrong += [f"left {each}" for each in left_behind(data)]
        if code == 130 and figures(data) != office.before:
            wrong.append("said that nothing was done, and published")
    return wrong
