"""What the fields of a text say, and where: the nodes that every reader of YAML here makes."""

from sitegen.model import Record
from sitegen.problems import Problem


class Node(Record, frozen=True):
    """What is written in one place: it ends before the end column. All numbers count from 0."""

    line: int
    column: int
    end_line: int
    end_column: int


class Scalar(Node, frozen=True):
    """A single value; one that is ``plain`` is written without quotes."""

    value: str
    plain: bool = True


class Sequence(Node, frozen=True):
    """A list."""

    items: tuple[Node, ...]


class Entry(Record, frozen=True):
    """One field of a mapping."""

    name: Node
    value: Node


class Mapping(Node, frozen=True):
    """Fields in their order; a name may be there twice."""

    fields: tuple[Entry, ...]


class Recovered(Record, frozen=True):
    """What could be read: the node of the fields, the faults, the numbers of lines with a fault.

    ``partial`` means that there are lines which could not be read at all, so that a field that is
    missing may be one of these.
    """

    node: Mapping
    problems: tuple[Problem, ...]
    told: frozenset[int]
    partial: bool
