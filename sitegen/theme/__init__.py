"""The theme: its templates, its other files, and how a view becomes bytes."""
