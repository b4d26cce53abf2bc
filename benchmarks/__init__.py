"""How long sitegen and others of its kind take for the same site, and how much memory."""
