"""From a file to a snapshot: reading, accounting, archive, building, checks, publishing, reference files, privacy."""
