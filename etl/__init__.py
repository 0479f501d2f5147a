"""From exports to a published snapshot: read, archive, build, check, publish."""
