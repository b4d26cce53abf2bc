"""Doubles: what stands in for a part of the generator, wherever the generator uses it.

A module that imports a function has a name of its own for it, so to replace it in the module that
defines it is not enough, and to replace it in one that imports it breaks when an import is moved.
Here a function is named by itself, and an argument by its name. What is not found is a failure.
"""

import functools
import importlib
import inspect
import os
import pkgutil
from collections.abc import Callable
from types import ModuleType
from typing import Any, NoReturn

import pytest

import sitegen

# What each call of a function is given, by the names of its arguments.
Calls = list[dict[str, Any]]


@functools.cache
def load_generator() -> tuple[ModuleType, ...]:
    """Import every module of the generator: one that is imported later would keep a double."""
    found = pkgutil.walk_packages(sitegen.__path__, "sitegen.")
    return (sitegen, *(importlib.import_module(each.name) for each in found))


def replace_everywhere(patch: pytest.MonkeyPatch, original: object, double: object) -> None:
    """Let every module of the generator that has ``original`` use ``double`` in its place."""
    places = [
        (module, name)
        for module in load_generator()
        for name, value in sorted(vars(module).items())
        if value is original
    ]
    assert places, f"{original} is nowhere: adapt this test to the generator"
    for module, name in places:
        patch.setattr(module, name, double)


def change_arguments(
    patch: pytest.MonkeyPatch, function: Callable[..., Any], **changes: Callable[[Any], Any]
) -> None:
    """Let ``function`` be called with what ``changes`` make of its arguments, each by its name."""
    signature = inspect.signature(function)
    unknown = changes.keys() - signature.parameters.keys()
    assert not unknown, f"{function} has no {unknown}: adapt this test to the generator"

    @functools.wraps(function)
    def double(*arguments: Any, **named: Any) -> Any:
        bound = signature.bind(*arguments, **named)
        bound.apply_defaults()
        for name, change in changes.items():
            bound.arguments[name] = change(bound.arguments[name])
        return function(*bound.args, **bound.kwargs)

    replace_everywhere(patch, function, double)


def change_result(
    patch: pytest.MonkeyPatch, function: Callable[..., Any], change: Callable[[Any], Any]
) -> None:
    """Let ``function`` give what ``change`` makes of its result."""

    @functools.wraps(function)
    def double(*arguments: Any, **named: Any) -> Any:
        return change(function(*arguments, **named))

    replace_everywhere(patch, function, double)


def set_constants(patch: pytest.MonkeyPatch, **constants: object) -> None:
    """Give constants other values in every module that has one of that name."""
    for name, value in constants.items():
        places = [module for module in load_generator() if name in vars(module)]
        assert places, f"no module has {name}: adapt this test to the generator"
        for module in places:
            patch.setattr(module, name, value)


def forbid(patch: pytest.MonkeyPatch, function: Callable[..., Any]) -> None:
    """Let it be a failure to call ``function``."""

    @functools.wraps(function)
    def double(*_: Any, **__: Any) -> NoReturn:
        pytest.fail(f"{function.__name__} was called")

    replace_everywhere(patch, function, double)


def note_calls(patch: pytest.MonkeyPatch, function: Callable[..., Any]) -> Calls:
    """Return what each call of ``function`` from then on is given, by name.

    All work is done in this process, as on systems without fork: of another nothing would be noted.
    """
    patch.delattr(os, "fork", raising=False)
    signature = inspect.signature(function)
    calls: Calls = []

    @functools.wraps(function)
    def double(*arguments: Any, **named: Any) -> Any:
        calls.append(dict(signature.bind(*arguments, **named).arguments))
        return function(*arguments, **named)

    replace_everywhere(patch, function, double)
    return calls
