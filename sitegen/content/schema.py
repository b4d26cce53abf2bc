"""The JSON Schema of front matter and of ``config.yaml``, for the programs of editors."""

from sitegen.content.declarations import Schema, describe_fields, list_fields
from sitegen.content.kinds import KINDS
from sitegen.content.settings import Config

# What there is a schema of, by its name on the command line.
RECORDS = {kind.name: kind.record for kind in KINDS} | {"config": Config}
_DIALECT = "https://json-schema.org/draft/2020-12/schema"


def make_schema(name: str) -> Schema:
    """Return the schema of one of :data:`RECORDS`."""
    return {"$schema": _DIALECT} | describe_fields(list_fields(RECORDS[name]))
