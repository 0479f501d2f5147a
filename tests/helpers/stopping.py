"""A real command in a process of its own, stopped at a step on the disk that Python tells of before taking it."""

import os
import subprocess
import sys
from pathlib import Path
from typing import Literal

from warehouse.folders import PROJECT, data_folder

# Python's audit hooks see every file opened, renamed or made by Python, whichever part asks for it.
_STOPPING = """
import errno, os, re, signal, sys
from etl.commands import main
how, event, pattern, folder, *arguments = sys.argv[1:]
reached = False
def stop(what, args):
    global reached
    if what not in ("open", "os.rename", "os.mkdir"):
        return
    path = str(args[1] if what == "os.rename" else args[0])
    writes = what != "open" or args[2] & (os.O_WRONLY | os.O_RDWR)
    if not path.startswith(folder) or not writes:
        return
    is_there = what == event and re.search(pattern, path) is not None
    reached = reached or is_there
    if is_there and how != "full":
        os.kill(os.getpid(), signal.SIGKILL if how == "kill" else signal.SIGINT)
    if how == "full" and reached and (is_there or what != "os.rename"):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), path)
sys.addaudithook(stop)
code = main(arguments)
sys.exit(code if reached else 99)
"""


def stopped(
    how: Literal["kill", "interrupt", "full"], event: str, pattern: str, *arguments: str | Path
) -> subprocess.CompletedProcess[str]:
    """Run a command that is killed, gets a Ctrl-C, or finds the disk full from there on, where it does `event` (open
    for writing, os.rename by the new name, os.mkdir) with a path below the data folder that `pattern` finds. Ends with
    99 where it never does."""
    told = [how, event, pattern, str(data_folder()), *map(str, arguments)]
    return subprocess.run(
        [sys.executable, "-c", _STOPPING, *told], cwd=PROJECT, env=os.environ, capture_output=True, text=True,
        check=False,
    )  # fmt: skip
