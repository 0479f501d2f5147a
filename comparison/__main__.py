"""The commands: measures, measure."""

import sys

from comparison.commands import main

sys.exit(main(sys.argv[1:]))
