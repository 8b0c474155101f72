"""Leave: everything that somebody has here, for good."""

from fastapi.responses import JSONResponse

from sottovoce.alerting.forgetting import forget_alerts
from sottovoce.journal.erase import erase_everything
from sottovoce.journal.wire import instant_to_wire
from sottovoce.server.answers import told
from sottovoce.server.routes.guarded import InHouse, MyJournal, Whose, guarded_router
from sottovoce.server.schemas.service import Erasure, ErasureReceipt

router = guarded_router("erasing", "/v1/erase")


@router.post("", responses={200: told("It is gone.", ErasureReceipt)})
def erase(
    house: InHouse,
    whose: Whose,
    journal: MyJournal,
    meant: Erasure,  # noqa: ARG001 - checked, not used
) -> JSONResponse:
    """Erase all entries, questionnaires, kept audio and channels; no exports and no backups."""
    forget_alerts(house.folder_of(whose))
    receipt = erase_everything(journal)
    return JSONResponse(
        {
            "erased_at": instant_to_wire(receipt.erased_at),
            "erased": receipt.erased,
            "remaining": receipt.remaining,
            "key_destroyed": receipt.key_destroyed,
        }
    )
