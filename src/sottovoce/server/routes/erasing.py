"""Leave: everything that somebody has here, for good."""

from fastapi.responses import JSONResponse

from sottovoce.journal.erase import erase_everything
from sottovoce.journal.wire import instant_to_wire
from sottovoce.server.answers import told
from sottovoce.server.routes.guarded import MyJournal, guarded_router
from sottovoce.server.schemas.service import Erasure, ErasureReceipt

router = guarded_router("erasing", "/v1/erase")


@router.post("", responses={200: told("It is gone.", ErasureReceipt)})
def erase(journal: MyJournal, meant: Erasure) -> JSONResponse:  # noqa: ARG001 - checked, not used
    """Erase all entries, questionnaires and kept audio; exports and backups are not touched."""
    receipt = erase_everything(journal)
    return JSONResponse(
        {
            "erased_at": instant_to_wire(receipt.erased_at),
            "erased": receipt.erased,
            "remaining": receipt.remaining,
            "key_destroyed": receipt.key_destroyed,
        }
    )
