"""The models that are here."""

from typing import Any

from fastapi.responses import JSONResponse

from sottovoce.models.card import Card
from sottovoce.models.registry import DEFAULT_MODEL, list_models
from sottovoce.server.answers import told
from sottovoce.server.routes.guarded import InHouse, guarded_router
from sottovoce.server.schemas.service import ModelsAnswer

router = guarded_router("service", "/v1")


@router.get("/models", responses={200: told("Their names and cards.", ModelsAnswer)})
def models(house: InHouse) -> JSONResponse:
    """The models that are here, and which of them hears by default."""
    cards = list_models(house.settings.person.models_folder)
    return JSONResponse({"models": [card_to_wire(card) for card in cards]})


def card_to_wire(card: Card) -> dict[str, Any]:
    """A card as JSON values."""
    limits = card.text.get("limits")
    return {
        "name": card.name,
        "summary": card.summary,
        "sha256": card.sha256,
        "licence": card.licence,
        "labels": list(card.labels),
        "calibrated": card.calibrated,
        "default": card.name == DEFAULT_MODEL,
        "limits": limits if isinstance(limits, str) else None,
        "figures": {name: one for name, one in card.figures.items() if is_figure(one)},
    }


def is_figure(value: object) -> bool:
    """Whether a card's entry is a number, and not a table of them.

    >>> is_figure(0.5), is_figure({"happy": 0.5}), is_figure(True)
    (True, False, False)
    """
    return isinstance(value, (int, float)) and not isinstance(value, bool)
