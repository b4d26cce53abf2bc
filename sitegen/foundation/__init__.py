"""Text, dates, addresses, processes and the cache: nothing here knows of articles or pages."""
