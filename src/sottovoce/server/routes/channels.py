"""Channels: where alerts go. Their addresses may hold passwords, so they are never shown again."""

from dataclasses import replace
from hmac import digest
from pathlib import Path as Folder
from typing import Annotated, Any

from fastapi import Depends, Path
from fastapi.responses import JSONResponse, Response

from sottovoce.alerting.delivery import DeliveryError, check_address, service_of
from sottovoce.alerting.kept import keep_choices, read_choices
from sottovoce.alerting.outbox import Delivery, Outbox
from sottovoce.insights.alerts.telling import Alert, help_sentence
from sottovoce.insights.wording import say
from sottovoce.journal.moments import utc_now
from sottovoce.journal.wire import instant_to_wire
from sottovoce.server.answers import told
from sottovoce.server.house import House
from sottovoce.server.problems import Problem
from sottovoce.server.routes.guarded import InHouse, Whose, guarded_router
from sottovoce.server.schemas.channels import Channel, Channels, NewChannel, Sent
from sottovoce.server.schemas.parts import HEX

router = guarded_router("channels", "/v1")

ChannelId = Annotated[str, Path(pattern=HEX, description="A channel's id.")]
TEST = "test"


def folder_alone(house: InHouse, whose: Whose) -> Folder:
    """Where the choices are kept, if the service is for one person.

    For many it would send from the machine, and into its network, what any of them tells it to.

    Raises
    ------
    Problem
        ``only_alone``.
    """
    if house.settings.people:
        raise Problem("only_alone")
    return house.folder_of(whose)


Mine = Annotated[Folder, Depends(folder_alone)]


@router.get("/channels", responses={200: told("Their kinds.", Channels)})
def channels(house: InHouse, folder: Mine) -> JSONResponse:
    """Where alerts are sent."""
    kept, last = read_choices(folder).deliver_to, Outbox(folder).last()
    found = [to_wire(house, address, last.get(address)) for address in kept]
    return JSONResponse({"channels": found})


@router.post("/channels", status_code=201, responses={201: told("It is kept.", Channel)})
def add_channel(house: InHouse, folder: Mine, wish: NewChannel) -> JSONResponse:
    """Send alerts there too."""
    try:
        check_address(wish.address)
    except DeliveryError as wrong:
        raise Problem("bad_address") from wrong
    with house.choosing:
        choices = read_choices(folder)
        if wish.address not in choices.deliver_to:
            kept = (*choices.deliver_to, wish.address)
            keep_choices(folder, replace(choices, deliver_to=kept))
    return JSONResponse(to_wire(house, wish.address), 201)


@router.delete("/channels/{channel_id}", status_code=204, responses={204: told("It is forgotten.")})
def drop_channel(house: InHouse, folder: Mine, channel_id: ChannelId) -> Response:
    """Send nothing there any more."""
    with house.choosing:
        choices = read_choices(folder)
        kept = tuple(one for one in choices.deliver_to if mark(house, one) != channel_id)
        if kept == choices.deliver_to:
            raise Problem("not_found")
        keep_choices(folder, replace(choices, deliver_to=kept))
    Outbox(folder).forget_others(kept)
    return Response(status_code=204)


@router.post("/test-alert", responses={200: told("It was sent.", Sent)})
def send_test(folder: Mine) -> JSONResponse:
    """Send a message to every channel, to see whether it arrives."""
    choices, outbox = read_choices(folder), Outbox(folder)
    body = "\n".join((say("trial_body"), help_sentence(choices.region)))
    trial = Alert(TEST, say("trial_title"), body)
    taken = [outbox.send(trial, address, utc_now()) for address in choices.deliver_to]
    if not all(taken):
        raise Problem("delivery")
    return JSONResponse({"sent": len(choices.deliver_to)})


def to_wire(house: House, address: str, last: Delivery | None = None) -> dict[str, Any]:
    """A channel as JSON values."""
    told = {"at": instant_to_wire(last.at), "arrived": last.arrived} if last else None
    return {"id": mark(house, address), "service": service_of(address), "last": told}


def mark(house: House, address: str) -> str:
    """What an address is called; nobody can try out addresses on it, for the key is not told."""
    return digest(house.marking, address.encode(), "sha256").hex()[:16]
