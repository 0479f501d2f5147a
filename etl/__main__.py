"""The commands: load, check, demo, build, snapshots, rollback, keep, prune, loads, withdraw, restore, doctor."""

import sys

try:
    from etl.commands import main

    sys.exit(main(sys.argv[1:]))
except KeyboardInterrupt:
    # Before a command has begun, while Python still reads the program.
    sys.exit(130)
