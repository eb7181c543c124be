"""Whatever is wrong with a request: a problem that says so, never a crash, never a cause."""

import json
from collections.abc import AsyncIterator, Callable
from typing import Any

import httpx
import pytest
from sqlalchemy.ext.asyncio import AsyncSession

from perfapi.core.ids import uuid7
from perfapi.domains.people.models import Person
from tests.clients import Client
from tests.core.parcels import a_parcel
from tests.factories.people import a_person

AsPerson = Callable[[Person], Client]
JSON = {"Content-Type": "application/json"}


@pytest.fixture
async def ada(session: AsyncSession) -> Person:
    return await a_person(session, "Ada")


@pytest.fixture
async def client(ada: Person, as_person: AsPerson) -> Client:
    return as_person(ada)


def is_problem(response: httpx.Response, status: int, code: str) -> dict[str, Any]:
    assert response.status_code == status, response.text
    assert response.headers["Content-Type"] == "application/problem+json"
    assert response.headers["Cache-Control"] == "no-store"
    body: dict[str, Any] = response.json()
    assert (body["status"], body["code"]) == (status, code), response.text
    assert body["type"] == f"/docs/problems#{code}"
    assert body["title"]
    assert body["request_id"] == response.headers["X-Request-Id"]
    assert body["instance"] == response.request.url.path
    return body


class TestBody:
    @pytest.mark.parametrize(
        "content",
        [
            b"{",
            b'{"label": }',
            b'{"label": "x"',
            b'{"label": "x",}',
            b"{'label': 'x'}",
            b"\xff\xfe{\x00}\x00",
            b'{"label": "\xff"}',
            b'{"label": "\xed\xa0\x80"}',  # a surrogate, encoded
            rb'{"label": "\ud800"}',
            rb'{"label": "\udc00\ud800"}',
            b'{"label": "a\nb"}',
            b'{"label": nan}',
            b"\xef\xbb\xbf{}",
            b"[" * 100_000,
            b'{"label": ' * 5_000,
            b'{"label": "x", "number": ' + b"9" * 5_000 + b"}",
        ],
    )
    async def test_that_is_no_json_is_400(self, client: Client, content: bytes) -> None:
        response = await client.post("/test-parcels", content=content, headers=JSON)
        body = is_problem(response, 400, "body_malformed")
        assert len(response.content) < 1_000
        assert body.get("detail")

    @pytest.mark.parametrize(
        ("body", "pointer", "code"),
        [
            ({}, "/label", "missing"),
            ({"label": None}, "/label", "string_type"),
            ({"label": 5}, "/label", "string_type"),
            ({"label": ["x"]}, "/label", "string_type"),
            ({"label": ""}, "/label", "string_too_short"),
            ({"label": "   "}, "/label", "string_too_short"),
            ({"label": "x" * 201}, "/label", "string_too_long"),
            ({"label": "a\x00b"}, "/label", "character_forbidden"),
            ({"label": "a\nb"}, "/label", "character_forbidden"),
            ({"label": "a\x7fb"}, "/label", "character_forbidden"),
            ({"label": "x", "note": "a\x00b"}, "/note", "character_forbidden"),
            ({"label": "x", "note": "x" * 10_001}, "/note", "string_too_long"),
            ({"label": "x", "colour": "red"}, "/colour", "extra_forbidden"),
            ({"label": "x", "a/b~c": 1}, "/a~1b~0c", "extra_forbidden"),
            ({"label": "x", "number": "1"}, "/number", "int_type"),
            ({"label": "x", "number": True}, "/number", "int_type"),
            ({"label": "x", "number": 1.0}, "/number", "int_type"),
            ({"label": "x", "number": 1.5}, "/number", "int_type"),
            ({"label": "x", "number": 2**31}, "/number", "less_than_equal"),
            ({"label": "x", "number": 10**30}, "/number", "less_than_equal"),
            ({"label": "x", "number": -1}, "/number", "greater_than_equal"),
            ({"label": "x", "is_secret": 1}, "/is_secret", "bool_type"),
            ({"label": "x", "is_secret": "true"}, "/is_secret", "bool_type"),
            ({"label": "x", "size": "huge"}, "/size", "enum"),
            ({"label": "x", "size": 1}, "/size", "enum"),
            ({"label": "x", "due_on": "yesterday"}, "/due_on", "date_parsing"),
            ({"label": "x", "due_on": "2026-02-30"}, "/due_on", "date_parsing"),
            ({"label": "x", "due_on": 20260131}, "/due_on", "date_type"),
            ({"label": "x", "owner_id": "x"}, "/owner_id", "uuid_parsing"),
            ({"label": "x", "owner_id": 7}, "/owner_id", "uuid_type"),
            ({"label": "x", "weight": "0"}, "/weight", "greater_than"),
            ({"label": "x", "weight": "1e400"}, "/weight", "decimal_max_digits"),
            ({"label": "x", "weight": "1e-400"}, "/weight", "decimal_max_digits"),
            ({"label": "x", "weight": "0.0000001"}, "/weight", "decimal_max_places"),
            ({"label": "x", "weight": "NaN"}, "/weight", "finite_number"),
            ({"label": "x", "weight": "Infinity"}, "/weight", "finite_number"),
            ({"label": "x", "weight": "9" * 5_000}, "/weight", "decimal_max_digits"),
            ([], "", "model_type"),
            ("x", "", "model_type"),
            (None, "", "model_type"),
            (7, "", "model_type"),
        ],
    )
    async def test_that_makes_no_sense_is_422_and_names_the_place(
        self, client: Client, body: object, pointer: str, code: str
    ) -> None:
        content = json.dumps(body).encode()
        response = await client.post("/test-parcels", content=content, headers=JSON)
        errors = is_problem(response, 422, "invalid")["errors"]
        assert [(error.get("pointer"), error["code"]) for error in errors] == [(pointer, code)]
        assert errors[0]["detail"]

    @pytest.mark.parametrize("number", [b"1e400", b"-1e400", b"1e999999999"])
    async def test_numbers_beyond_all_bounds_are_422(self, client: Client, number: bytes) -> None:
        for field in (b"number", b"weight", b"colour"):
            content = b'{"label": "x", "' + field + b'": ' + number + b"}"
            response = await client.post("/test-parcels", content=content, headers=JSON)
            is_problem(response, 422, "invalid")

    async def test_numbers_of_a_million_digits_cost_nothing(self, client: Client) -> None:
        content = b'{"label": "x", "weight": "' + b"9" * 900_000 + b'"}'
        response = await client.post("/test-parcels", content=content, headers=JSON)
        is_problem(response, 422, "invalid")
        assert response.elapsed.total_seconds() < 2

    async def test_everything_that_is_wrong_is_told_at_once(self, client: Client) -> None:
        wrong = {"label": "", "number": "x", "size": 3, "colour": 1}
        response = await client.post("/test-parcels", json=wrong)
        errors = is_problem(response, 422, "invalid")["errors"]
        assert {error["pointer"] for error in errors} == {"/label", "/number", "/size", "/colour"}

    async def test_the_answer_stays_small_whatever_was_sent(self, client: Client) -> None:
        many = {f"field {n}": n for n in range(20_000)}
        long = {"x" * 500_000: 1, "label": "x"}
        for wrong in (many, long):
            response = await client.post("/test-parcels", json=wrong)
            is_problem(response, 422, "invalid")
            assert len(response.content) < 30_000

    async def test_nothing_that_was_sent_is_repeated(self, client: Client) -> None:
        secret = "hunter2 hunter2"
        wrong = {"label": 5, "note": [secret], "size": secret, "due_on": secret, "number": secret}
        response = await client.post("/test-parcels", json=wrong)
        is_problem(response, 422, "invalid")
        assert secret not in response.text

    async def test_the_service_names_the_place_too(self, client: Client) -> None:
        response = await client.post("/test-parcels", json={"label": "forbidden"})
        errors = is_problem(response, 422, "invalid")["errors"]
        assert errors == [{"pointer": "/label", "code": "forbidden", "detail": "Not this one."}]

    @pytest.mark.parametrize(
        "kind",
        [
            "text/plain",
            "application/x-www-form-urlencoded",
            "multipart/form-data; boundary=x",
            "application/jsonx",
            "json",
            "application/ld+json",
            "",
        ],
    )
    async def test_of_another_type_is_415(self, client: Client, kind: str) -> None:
        headers = {"Content-Type": kind}
        response = await client.post("/test-parcels", content=b'{"label": "x"}', headers=headers)
        is_problem(response, 415, "media_type_unsupported")

    @pytest.mark.parametrize(
        "kind",
        [
            "application/json",
            "application/json; charset=utf-8",
            "Application/JSON ; charset=utf-8",
            "application/merge-patch+json",
        ],
    )
    async def test_of_a_type_that_is_json_is_read(self, client: Client, kind: str) -> None:
        response = await client.post(
            "/test-parcels", content=b'{"label": "x"}', headers={"Content-Type": kind}
        )
        assert response.status_code == 201, response.text

    async def test_none_at_all_is_missing(self, client: Client) -> None:
        for headers in ({}, JSON):
            response = await client.post("/test-parcels", headers=headers)
            errors = is_problem(response, 422, "invalid")["errors"]
            assert errors == [{"pointer": "", "code": "missing", "detail": "Field required"}]

    async def test_above_one_mebibyte_is_413(self, client: Client) -> None:
        padding = b" " * ((1 << 20) - len(b'{"label": "x"}'))
        fits = await client.post("/test-parcels", content=b'{"label": "x"}' + padding, headers=JSON)
        above = await client.post(
            "/test-parcels", content=b'{"label": "y"} ' + padding, headers=JSON
        )

        assert fits.status_code == 201
        is_problem(above, 413, "too_large")

    async def test_above_one_mebibyte_is_413_without_a_length_too(self, client: Client) -> None:
        async def chunks() -> AsyncIterator[bytes]:
            yield b'{"label": "x"}'
            for _ in range(33):
                yield b" " * (1 << 15)

        response = await client.post("/test-parcels", content=chunks(), headers=JSON)
        is_problem(response, 413, "too_large")


class TestAddress:
    @pytest.mark.parametrize(
        "parcel_id",
        ["x", "%00", "1%00", "%ff", "%ed%a0%80", "0", "9" * 5000, "null", "'", "{", "..%5c", "%F0"],
    )
    async def test_ids_that_are_none_are_422(self, client: Client, parcel_id: str) -> None:
        response = await client.get(f"/test-parcels/{parcel_id}")
        assert response.status_code == 422, response.text
        error = response.json()["errors"][0]
        assert (error["parameter"], error["code"]) == ("parcel_id", "uuid_parsing")
        assert len(response.content) < 2_000

    async def test_unknown_ids_are_404(self, client: Client) -> None:
        is_problem(await client.get(f"/test-parcels/{uuid7()}"), 404, "not_found")

    @pytest.mark.parametrize(
        "path", ["/nothing", "/test-parcels/", "/test-parcels/x/y", "/auth", "", "/", "/%2e%2e/x"]
    )
    @pytest.mark.parametrize("method", ["GET", "POST", "DELETE", "OPTIONS"])
    async def test_unknown_addresses_are_404(self, client: Client, path: str, method: str) -> None:
        is_problem(await client.request(method, path), 404, "not_found")

    @pytest.mark.parametrize(
        ("query", "parameter", "code"),
        [
            ("colour=red", "colour", "parameter_unknown"),
            ("Size=large", "Size", "parameter_unknown"),
            ("size=large&size=small", "size", "parameter_repeated"),
            ("limit=2&limit=2", "limit", "parameter_repeated"),
            ("=1", "", "parameter_unknown"),
            ("a%00b=1", "a\x00b", "parameter_unknown"),
            ("%ff=1", "\N{REPLACEMENT CHARACTER}", "parameter_unknown"),
            ("size=huge", "size", "enum"),
            ("size=", "size", "enum"),
            ("size=large%00", "size", "enum"),
            ("owner_id=x", "owner_id", "uuid_parsing"),
            ("owner_id=%00", "owner_id", "uuid_parsing"),
            ("owner_id=%ed%a0%80", "owner_id", "uuid_parsing"),
            ("rank_from=x", "rank_from", "int_parsing"),
            ("rank_from=1e3", "rank_from", "int_parsing"),
            ("rank_from=" + "9" * 5_000, "rank_from", "int_parsing_size"),
            ("rank_from=99999999999", "rank_from", "less_than_equal"),
            ("sort=colour", "sort", "literal_error"),
            ("cursor=" + "x" * 2_001, "cursor", "string_too_long"),
        ],
    )
    async def test_parameters_that_make_no_sense_are_422(
        self, client: Client, query: str, parameter: str, code: str
    ) -> None:
        response = await client.get(f"/test-parcels?{query}")
        errors = is_problem(response, 422, "invalid")["errors"]
        assert [(error["parameter"], error["code"]) for error in errors] == [(parameter, code)]

    async def test_names_of_a_mebibyte_are_not_repeated(self, client: Client) -> None:
        response = await client.get("/test-parcels?" + "x" * 50_000 + "=1")
        is_problem(response, 422, "invalid")
        assert len(response.content) < 1_000

    async def test_operations_without_parameters_refuse_them_too(self, client: Client) -> None:
        response = await client.get(f"/test-parcels/{uuid7()}?fields=label")
        is_problem(response, 422, "invalid")

    async def test_wrong_methods_are_405_and_told_the_right_ones(
        self, session: AsyncSession, client: Client, ada: Person
    ) -> None:
        parcel = await a_parcel(session, ada)
        one = await client.request("PUT", f"/test-parcels/{parcel.id}")
        many = await client.request("DELETE", "/test-parcels")
        strange = await client.request("BREW", "/test-parcels")

        for response in (one, many, strange):
            is_problem(response, 405, "method_not_allowed")
        assert one.headers["Allow"] == "DELETE, GET, PATCH"
        assert many.headers["Allow"] == strange.headers["Allow"] == "GET, POST"


class TestDoor:
    @pytest.mark.parametrize(
        "header",
        [
            None,
            "",
            "Bearer",
            "Bearer ",
            "Basic QTpC",
            "Bearer x.y.z",
            "Token x",
            "Bearer " + "x" * 9000,
        ],
    )
    async def test_without_a_credential_it_is_401(
        self, nobody: httpx.AsyncClient, header: str | None
    ) -> None:
        headers = {} if header is None else {"Authorization": header}
        response = await nobody.get("/test-parcels", headers=headers)
        is_problem(response, 401, "unauthenticated")
        assert response.headers["WWW-Authenticate"] == "Bearer"

    async def test_with_too_few_scopes_it_is_403_and_names_what_lacks(self, client: Client) -> None:
        body = is_problem(await client.get("/test-parcels/scoped"), 403, "scope_missing")
        assert body["detail"] == "It lacks parcels:burn, parcels:carry."
