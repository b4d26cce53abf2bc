"""What an earlier build left, and what this one therefore has to do."""
