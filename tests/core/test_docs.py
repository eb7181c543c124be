"""What the API says about itself."""

import re
from typing import Any

import httpx
import pytest
from fastapi import FastAPI

from perfapi.core.errors import every_problem


@pytest.fixture
async def client(app: FastAPI) -> httpx.AsyncClient:
    return httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://test")


async def test_the_document_is_served(client: httpx.AsyncClient, app: FastAPI) -> None:
    response = await client.get("/openapi.json")
    assert response.headers["Content-Type"] == "application/json"
    assert response.json() == app.openapi()
    assert response.json()["openapi"].startswith("3.1")


async def test_the_reference_asks_nobody_elses_server(client: httpx.AsyncClient) -> None:
    page = await client.get("/docs")
    assert page.headers["Content-Security-Policy"]
    sources = re.findall(r'(?:src|href)="([^"]+)"', page.text)
    assert "<script>" not in page.text, "the policy forbids scripts in the page"
    for source in sources:
        if source.startswith("data:"):
            continue
        found = await client.get(source)
        assert found.status_code == 200, source
        assert found.headers["X-Content-Type-Options"] == "nosniff"
        assert found.headers["Cache-Control"] == "public, max-age=86400"


@pytest.mark.parametrize("name", ["gone.js", "..%2fdocs.py", "swagger-ui.css.map"])
async def test_assets_are_these_and_no_others(client: httpx.AsyncClient, name: str) -> None:
    assert (await client.get(f"/docs/assets/{name}")).status_code == 404


async def test_every_problem_is_explained_at_the_address_that_it_names(
    client: httpx.AsyncClient,
) -> None:
    page = (await client.get("/docs/problems")).text
    for kind in every_problem():
        assert f'id="{kind.code()}"' in page
    assert "It does not exist, or it is not for your eyes" in page
    assert page.count("<dt ") == len(every_problem())


def test_the_document_is_made_once(app: FastAPI) -> None:
    assert app.openapi() is app.openapi()


def _answers(document: dict[str, Any]) -> list[tuple[str, str, dict[str, Any]]]:
    return [
        (method, status, answer)
        for path in document["paths"].values()
        for method, operation in path.items()
        for status, answer in operation["responses"].items()
    ]


def test_answers_tell_their_headers(app: FastAPI) -> None:
    for method, status, answer in _answers(app.openapi()):
        headers = set(answer.get("headers", ()))
        assert ("ETag" in headers) == (status in {"200", "201"})
        assert ("Retry-After" in headers) == (status in {"429", "503"})
        if method == "post" and status in {"201", "202"}:
            assert "Location" in headers


def test_problems_have_one_media_type_and_one_schema(app: FastAPI) -> None:
    for _, status, answer in _answers(app.openapi()):
        if int(status) < 400:
            continue
        assert answer["content"] == {
            "application/problem+json": {"schema": {"$ref": "#/components/schemas/ProblemDetails"}}
        }


def test_what_is_left_out_is_not_null(app: FastAPI) -> None:
    schemas = app.openapi()["components"]["schemas"]
    for name in ("ProblemDetails", "InvalidPart"):
        for member in schemas[name]["properties"].values():
            assert member["type"] != "null"
            assert "default" not in member
    assert "HTTPValidationError" not in schemas
