"""The version of the tables that a snapshot holds. Raised when a reader of today would misread tables of yesterday."""

SCHEMA_VERSION = 6
# What makes the tables of this version, as `tests/loading/test_schema_version.py` hashes it: whoever changes a table
# is asked there whether older snapshots can still be read.
MADE_BY = "1c03acd2190b"
