"""Builds to which something happens: kills, power cuts, full disks, damaged files."""
