"""Photos and documents: what they are, and the files that are made of them."""
