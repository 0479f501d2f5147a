"""The version of the tables that a snapshot holds. Raised when a reader of today would misread tables of yesterday."""

SCHEMA_VERSION = 6
