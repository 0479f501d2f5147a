"""The commands: load, check, demo, build, snapshots, rollback, keep, prune, loads, withdraw, restore, doctor."""

import signal
import sys

try:
    from etl.commands import main

    code = main(sys.argv[1:])
    # What is done is told; a Ctrl-C while Python ends must not say otherwise.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
except KeyboardInterrupt:
    # Before the command has begun, while Python still reads the program.
    sys.stderr.write("Đã dừng theo lệnh.\n")
    code = 130
sys.exit(code)
