"""The OpenAPI 3.1 document, made from the very models that the API reads and writes: it cannot drift away."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

from pydantic import BaseModel
from pydantic.json_schema import JsonSchemaMode, models_json_schema

from citizen.core.texts import SLUG_PATTERN

Json = dict[str, Any]
References = Mapping[Any, Json]
"""Where a model stands in the document, by model and direction."""

SLUG = {"type": "string", "pattern": f"^{SLUG_PATTERN}$", "maxLength": 80}
NUMBER = {"type": "integer", "minimum": 1}
KEY = {"type": "string", "pattern": "^[0-9a-fA-F]{32}$"}
KEY_HEADER = "Idempotency-Key"
PLACES = "#/components/schemas/{model}"
"""Where the document keeps its models."""
KEY_MEANING = "128 random bits in hexadecimal. The same key with the same body gives the same reply again."
ALWAYS_POSSIBLE = {429}
"""Every endpoint is limited."""
SECURITY: dict[str, list[Json]] = {"public": [], "optional": [{}, {"token": []}], "token": [{"token": []}]}


@dataclass(frozen=True)
class Operation:
    """What one endpoint takes and gives. `problems` are its own; those of the shell come on top."""

    summary: str
    status: int
    problems: tuple[int, ...]
    returns: type[BaseModel]
    body: type[BaseModel] | None
    query: type[BaseModel] | None
    has_key: bool
    knows_token: bool


@dataclass(frozen=True)
class Place:
    """An operation at its address, as OpenAPI writes it. `security` is one of those named above."""

    name: str
    method: str
    path: str
    security: str
    operation: Operation

    @property
    def statuses(self) -> list[int]:
        """Every problem that a client may meet here."""
        found = {*self.operation.problems, *ALWAYS_POSSIBLE}
        found |= {401} if self.security != "public" else set()
        found |= {403} if self.security == "token" else set()
        found |= {400, 413, 415, 422} if self.operation.body else set()
        found |= {400, 422} if self.operation.has_key else set()
        found |= {422} if self.operation.query else set()
        return sorted(found)


def document(places: Iterable[Place], problem: type[BaseModel], problem_type: str) -> Json:
    """The whole document. `problem` is the model of every reply that tells of one."""
    placed = list(places)
    references, schemas = _schemas([place.operation for place in placed], problem)
    statuses = {status for place in placed for status in place.statuses}
    wrong = references[problem, "serialization"]
    paths: Json = {}
    for place in placed:
        paths.setdefault(place.path, {})[place.method] = _operation(place, references)
    components = {
        "schemas": schemas,
        "responses": {str(status): _content(status, problem_type, wrong) for status in sorted(statuses)},
        "securitySchemes": {"token": {"type": "http", "scheme": "bearer"}},
    }
    info = {
        "title": "Plaza",
        "version": "1",
        "description": "What a city asks its people, and what came out.",
    }
    return {"openapi": "3.1.0", "info": info, "paths": paths, "components": components}


def _schemas(operations: list[Operation], problem: type[BaseModel]) -> tuple[References, Json]:
    """The place of each model in the document, and the models themselves."""
    models: set[tuple[type[BaseModel], JsonSchemaMode]] = {(problem, "serialization")}
    for operation in operations:
        models.add((operation.returns, "serialization"))
        models |= {(model, "validation") for model in (operation.body, operation.query) if model}
    ordered = sorted(models, key=lambda pair: (pair[0].__name__, pair[1]))
    references, definitions = models_json_schema(ordered, ref_template=PLACES)
    return references, definitions["$defs"]


def _operation(place: Place, references: References) -> Json:
    operation = place.operation
    reply = references[operation.returns, "serialization"]
    described: Json = {
        "operationId": place.name,
        "summary": operation.summary,
        "parameters": [*_in_path(place.path), *_in_query(operation), *_in_header(operation)],
        "responses": {
            str(operation.status): _content(operation.status, "application/json", reply),
            **{str(status): {"$ref": f"#/components/responses/{status}"} for status in place.statuses},
        },
        "security": SECURITY[place.security],
    }
    if operation.body:
        schema = references[operation.body, "validation"]
        described["requestBody"] = {"required": True, "content": {"application/json": {"schema": schema}}}
    return described


def _in_path(path: str) -> list[Json]:
    names = re.findall(r"{(\w+)}", path)
    return [_parameter(name, "path", NUMBER if name.endswith("_id") else SLUG, required=True) for name in names]


def _in_query(operation: Operation) -> list[Json]:
    """Each field of the query's model is a parameter of its own."""
    if operation.query is None:
        return []
    schema = operation.query.model_json_schema(ref_template=PLACES)
    needed = schema.get("required", [])
    fields = schema["properties"].items()
    return [_parameter(name, "query", field, required=name in needed) for name, field in fields]


def _in_header(operation: Operation) -> list[Json]:
    if not operation.has_key:
        return []
    return [_parameter(KEY_HEADER, "header", KEY, required=True) | {"description": KEY_MEANING}]


def _parameter(name: str, place: str, schema: Json, *, required: bool) -> Json:
    return {"name": name, "in": place, "required": required, "schema": schema}


def _content(status: int, mimetype: str, schema: Json) -> Json:
    return {"description": HTTPStatus(status).phrase, "content": {mimetype: {"schema": schema}}}
