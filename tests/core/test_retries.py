import httpx
import pytest
from fastapi import FastAPI, Request

from perfapi.core import http
from perfapi.core.errors import TryAgain
from perfapi.core.retries import LARGEST_KEPT, TriedAgain


@pytest.fixture
def tries() -> list[bytes]:
    return []


@pytest.fixture
def client(tries: list[bytes]) -> httpx.AsyncClient:
    """Of an app whose POST loses its first `lost` races."""
    app = FastAPI()
    http.install(app)
    app.add_middleware(TriedAgain)

    @app.post("/{lost}")
    async def change(lost: int, request: Request) -> dict[str, str]:
        tries.append(await request.body())
        if len(tries) <= lost:
            raise TryAgain()
        return {"done": "yes"}

    transport = httpx.ASGITransport(app)
    return httpx.AsyncClient(transport=transport, base_url="http://test")


async def test_a_lost_race_is_tried_once_more_with_the_same_body(
    client: httpx.AsyncClient, tries: list[bytes]
) -> None:
    response = await client.post("/1", content=b"change")

    assert (response.status_code, response.json()) == (200, {"done": "yes"})
    assert tries == [b"change", b"change"]


async def test_the_second_loss_is_told(client: httpx.AsyncClient, tries: list[bytes]) -> None:
    response = await client.post("/2", content=b"change")

    assert (response.status_code, response.json()["code"]) == (503, "try_again")
    assert response.headers["Retry-After"] == "1"
    assert len(tries) == 2


async def test_large_bodies_are_left_to_the_client(
    client: httpx.AsyncClient, tries: list[bytes]
) -> None:
    response = await client.post("/1", content=b"x" * (LARGEST_KEPT + 1))

    assert response.status_code == 503
    assert len(tries) == 1
