"""For those who watch over perfapi: is it alive, is it ready, how is it doing."""

from fastapi import APIRouter, Request, Response
from sqlalchemy import text

from .telemetry import metrics

router = APIRouter(include_in_schema=False)


@router.get("/healthz")
async def is_alive() -> dict[str, str]:
    return {"status": "alive"}


@router.get("/readyz")
async def is_ready(request: Request, response: Response) -> dict[str, str]:
    """Ready as long as the database answers. Without the queue only effects are late."""
    try:
        async with request.app.state.sessions() as session:
            await session.execute(text("SELECT 1"))
    except Exception:
        response.status_code = 503
        return {"status": "database out of reach"}
    return {"status": "ready"}


@router.get("/metrics")
async def read_metrics() -> Response:
    return Response(metrics(), media_type="text/plain; version=0.0.4")
