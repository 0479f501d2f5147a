"""The commands: load, check, demo, build, snapshots, rollback, keep, prune, loads, withdraw, restore."""

import sys

from etl.commands import main

sys.exit(main(sys.argv[1:]))
