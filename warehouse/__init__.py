"""Where loading and comparing meet: folders, text folding, the schema version, published snapshots. Imports neither."""
