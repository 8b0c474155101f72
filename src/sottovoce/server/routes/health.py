"""For whoever watches over the service: is it alive, is it ready, what does it measure."""

from fastapi import APIRouter
from fastapi.responses import JSONResponse, PlainTextResponse, Response
from starlette.concurrency import run_in_threadpool

from sottovoce.errors import SottovoceError
from sottovoce.server.answers import told
from sottovoce.server.house import House
from sottovoce.server.problems import Problem
from sottovoce.server.routes.guarded import InHouse, TypedRoute, guarded_router
from sottovoce.server.schemas.service import Alive, Ready
from sottovoce.server.troubles import LATER

router = APIRouter(tags=["service"], route_class=TypedRoute)
measured = guarded_router("service")

EXPOSITION = "text/plain; version=0.0.4; charset=utf-8"


@router.get("/healthz", responses={200: told("It is alive.", Alive)})
async def alive() -> JSONResponse:
    """The process answers."""
    return JSONResponse({"status": "ok"})


@router.get("/readyz", responses={200: told("It is ready.", Ready)})
async def ready(house: InHouse) -> JSONResponse:
    """Database, model and queue can be used now."""
    checks = {
        "database": await run_in_threadpool(database_answers, house),
        "model": house.ears.ready,
        "queue": house.ears.have_room,
    }
    told = {name: "ok" if good else "failed" for name, good in checks.items()}
    if not all(checks.values()):
        raise Problem("not_ready", LATER, {"checks": told})
    return JSONResponse({"status": "ok", "checks": told})


def database_answers(house: House) -> bool:
    """Whether the journal can be read."""
    if house.place is None:
        return False
    try:
        with house.place.transaction() as connection:
            return connection.exec_driver_sql("SELECT 1").scalar() == 1
    except SottovoceError:
        return False


@measured.get(
    "/metrics",
    response_class=PlainTextResponse,
    responses={200: told("Text in the exposition format.")},
)
async def metrics(house: InHouse) -> Response:
    """Measures for Prometheus, without anything of a person."""
    house.metrics.waiting.set(house.ears.pool.waiting)
    if house.queue is not None:
        house.metrics.queued.set(await run_in_threadpool(house.queue.depth))
    return Response(house.metrics.as_text(), media_type=EXPOSITION)
