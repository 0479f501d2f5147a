"""The commands: load, check, demo, build, snapshots, rollback, keep, prune, loads, withdraw, restore, doctor."""

import logging
import os
import signal
import sys

# An export is small and read in many steps: sharing each of them between threads costs more than it saves (a tenth of
# the CPU time of `etl demo`, and no second of it). DuckDB, which builds, takes all there are.
os.environ.setdefault("POLARS_MAX_THREADS", "1")

try:
    from etl.commands import main

    code = main(sys.argv[1:])
    # What is done is told; a Ctrl-C while Python ends must not say otherwise.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
except KeyboardInterrupt:
    # Before the command has begun, while Python still reads the program.
    sys.stderr.write("Đã dừng theo lệnh.\n")
    code = 130
if code == 130:
    # Where the signal met Python that a library ran, sys.exit would end by the signal, without a code.
    logging.shutdown()
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(code)
sys.exit(code)
