"""From planned files to files on disk: made in workers, staged, moved into place."""
