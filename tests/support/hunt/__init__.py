"""The hunt for stale bytes: a tiny site, edits of every kind, and bugs planted to test the hunt."""
