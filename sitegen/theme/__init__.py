"""Templates and their assets, and how a view becomes bytes."""
