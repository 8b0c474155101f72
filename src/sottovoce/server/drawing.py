"""Waveforms that somebody asks for before they were drawn: one at a time."""

import asyncio

from starlette.concurrency import run_in_threadpool

from sottovoce.audio.waveform import Waveform
from sottovoce.jobs.drawing import drawn
from sottovoce.journal.store import Journal


class Drawer:
    """Draws the waveform of one memo after another, however many are asked for."""

    def __init__(self) -> None:
        self._turn = asyncio.Lock()

    async def draw(self, journal: Journal, entry_id: str) -> Waveform:
        """The waveform of an entry's sound; see :func:`~sottovoce.jobs.drawing.drawn`."""
        async with self._turn:
            return await run_in_threadpool(drawn, journal, entry_id)
