"""A static site generator for the news portal of a Vietnamese party committee.

Other programs may use what ``__all__`` names (docs/python.md). It is loaded when it is first asked
for.
"""

from typing import TYPE_CHECKING

__all__ = ["ProblemsFoundError", "Report", "Request", "build", "check"]
__version__ = "0.2.0"

if TYPE_CHECKING:
    from sitegen.building import Report, Request, build, check
    from sitegen.problems import ProblemsFoundError
else:

    def __getattr__(name: str) -> object:
        """Load what ``__all__`` names (PEP 562)."""
        if name not in __all__:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        from sitegen import building

        return getattr(building, name)
