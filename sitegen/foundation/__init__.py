"""What everything else stands on: text, dates, addresses, processes, and the cache.

Nothing here knows of articles or pages.
"""
