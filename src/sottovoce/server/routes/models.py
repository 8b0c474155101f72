"""The models that are here."""

from fastapi.responses import JSONResponse

from sottovoce.models.registry import DEFAULT_MODEL, list_models
from sottovoce.server.answers import told
from sottovoce.server.routes.guarded import InHouse, guarded_router
from sottovoce.server.schemas.service import ModelsAnswer

router = guarded_router("service", "/v1")


@router.get("/models", responses={200: told("Their names and cards.", ModelsAnswer)})
def models(house: InHouse) -> JSONResponse:
    """The models that are here, and which of them hears by default."""
    cards = list_models(house.settings.person.models_folder)
    return JSONResponse(
        {
            "models": [
                {
                    "name": card.name,
                    "summary": card.summary,
                    "sha256": card.sha256,
                    "licence": card.licence,
                    "labels": list(card.labels),
                    "calibrated": card.calibrated,
                    "default": card.name == DEFAULT_MODEL,
                }
                for card in cards
            ]
        }
    )
