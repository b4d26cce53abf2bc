"""Libraries that not everybody needs: they are installed with an extra of the package."""

import importlib.util

from sitegen.problems import UsageError


def need(module: str, extra: str) -> None:
    """Raise :class:`~sitegen.problems.UsageError` where a library of an extra is missing."""
    if importlib.util.find_spec(module) is None:
        raise UsageError("extra-missing", value=module, extra=extra)
