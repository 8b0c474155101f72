"""The service, wired: the only place where its parts meet.

>>> from pathlib import Path
>>> from tempfile import TemporaryDirectory
>>> from sottovoce.config import Settings
>>> with TemporaryDirectory() as home:
...     app = create_app(ServerSettings(Settings(Path(home))))
>>> app.title
'Sottovoce'
"""

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from functools import partial

from fastapi import FastAPI

from sottovoce import __version__
from sottovoce.errors import SottovoceError
from sottovoce.jobs.pool import Pool
from sottovoce.journal.keys import Locksmith
from sottovoce.server.answers import PROBLEMS
from sottovoce.server.entrance.alone import Alone
from sottovoce.server.entrance.base import Doorkeeper
from sottovoce.server.entrance.secrets import own_token
from sottovoce.server.entrance.tokens import Tokens
from sottovoce.server.gates.bodies import Bodies
from sottovoce.server.gates.doors import Doors
from sottovoce.server.gates.headers import Headers
from sottovoce.server.gates.sockets import Sockets
from sottovoce.server.gates.watch import Watch
from sottovoce.server.hearing import Ears
from sottovoce.server.house import House
from sottovoce.server.live import asyncapi
from sottovoce.server.live.room import Room
from sottovoce.server.live.route import router as live_router
from sottovoce.server.metrics import Metrics
from sottovoce.server.openapi import describe
from sottovoce.server.routes import (
    access,
    alerts,
    analyses,
    channels,
    checkins,
    dashboard,
    entries,
    erasing,
    examples,
    health,
    insights,
    jobs,
    me,
    models,
    portability,
    sessions,
    sounds,
    tags,
    transcripts,
)
from sottovoce.server.settings import ServerSettings, check_reach
from sottovoce.server.troubles import add_handlers

ROUTERS = (
    analyses.router,
    jobs.router,
    entries.router,
    sounds.router,
    tags.router,
    transcripts.router,
    checkins.router,
    insights.router,
    alerts.router,
    channels.router,
    portability.router,
    access.router,
    access.sockets,
    models.router,
    me.router,
    examples.router,
    erasing.router,
    sessions.router,
    health.router,
    health.measured,
    live_router,
    asyncapi.router,
    dashboard.router,
)


def create_app(settings: ServerSettings, locksmith: Locksmith | None = None) -> FastAPI:
    """The service as an ASGI application; its processes start with it, not here.

    Parameters
    ----------
    settings
        Where it is reached and what it takes.
    locksmith
        Finds the key of kept audio and transcripts, and of an encrypted journal.

    Raises
    ------
    RefusedError
        It would be open to others than those it is for.
    """
    check_reach(settings)
    house = build(settings, locksmith)

    @asynccontextmanager
    async def living(app: FastAPI) -> AsyncIterator[None]:
        async with AsyncExitStack() as stack:
            try:
                await stack.enter_async_context(house.open())
            except SottovoceError as trouble:
                app.state.trouble = trouble
                raise
            yield

    app = FastAPI(
        title="Sottovoce",
        version=__version__,
        lifespan=living,
        docs_url=None,
        redoc_url=None,
        redirect_slashes=False,
    )
    app.state.house = house
    app.state.routes = [route for router in ROUTERS for route in router.routes]
    for router in ROUTERS:
        app.include_router(router, responses=PROBLEMS)
    app.openapi = partial(describe, app)  # type: ignore[method-assign]
    add_handlers(app)
    add_gates(app, house)
    return app


def build(settings: ServerSettings, locksmith: Locksmith | None) -> House:
    """All parts, none of them started."""
    metrics = Metrics()
    ears = Ears(Pool(settings.workers, settings.waiting), metrics)
    rules = settings.live
    each = rules.each if settings.people else rules.sessions
    room = Room(rules, each, settings.person.home)
    metrics.live.set_function(lambda: room.sessions)
    house = House(settings, metrics, ears, room, locksmith)
    house.entrance = entrance_of(house)
    return house


def entrance_of(house: House) -> Doorkeeper:
    """Who is let in: the person of the home, or whoever has an account."""
    person = house.settings.person
    if house.settings.people:
        from sottovoce.server.people.entrance import Many

        return Many(house.journal_of)
    return Alone(own_token(person.home), person.owner, Tokens(house.journal_of))


def body_limit(settings: ServerSettings, path: str) -> int:
    """How many bytes a body sent to an address may have."""
    if path.endswith("/transcript"):
        return settings.transcript_bytes
    limits = {
        "/analyze-stress": settings.immediate_bytes,
        "/v1/analyses": settings.upload_bytes,
        "/v1/import": settings.import_bytes,
    }
    return limits.get(path, settings.text_bytes)


def add_gates(app: FastAPI, house: House) -> None:
    """The gates; what is added last is passed first."""
    settings = house.settings
    app.add_middleware(Bodies, limit_for=partial(body_limit, settings))
    app.add_middleware(Doors, known_hosts=settings.known_hosts)
    app.add_middleware(Headers, by_tls=settings.by_tls)
    app.add_middleware(Watch, metrics=house.metrics)
    app.add_middleware(Sockets)
