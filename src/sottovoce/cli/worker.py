"""``sottovoce worker``: runs the jobs of a journal that is on a server."""

from typing import Annotated

import typer

EPILOG = "Example: SOTTOVOCE_JOURNAL=postgresql://sottovoce@db/journals sottovoce worker"


def worker_command(
    workers: Annotated[
        int | None, typer.Option(min=1, help="Processes; one for each core when not named.")
    ] = None,
    patience: Annotated[
        float, typer.Option(min=0.0, help="Seconds to end what runs after a signal to stop.")
    ] = 25.0,
) -> None:
    """Run the jobs of a journal on PostgreSQL until told to stop (SIGTERM or Ctrl-C).

    Start as many as you like, on any machine that reaches the server. What a worker could not end
    is run by another.
    """
    import os

    from sottovoce.cli.opening import locksmith_of
    from sottovoce.config import read_settings
    from sottovoce.jobs.errors import JobError
    from sottovoce.jobs.pool import Pool
    from sottovoce.jobs.running import Runner
    from sottovoce.jobs.shared import SharedQueue
    from sottovoce.jobs.tending import work
    from sottovoce.journal.store import open_journal

    settings = read_settings()
    if settings.journal_server is None:
        raise JobError(
            "a worker needs a journal on a server: set SOTTOVOCE_JOURNAL; "
            "`sottovoce serve` runs the jobs of a journal that is a file"
        )
    locksmith = locksmith_of(settings)
    with (
        open_journal(settings.journal_url, settings.owner, locksmith=locksmith) as journal,
        Pool(workers or os.cpu_count() or 1) as pool,
    ):
        queue = SharedQueue(journal.place, locksmith=locksmith)
        runner = Runner(queue.journal_of, queue.shelf, pool)
        pool.warm()
        log_ours_only()
        typer.echo(f"sottovoce: {pool.workers} at work; Ctrl-C to stop", err=True)
        work(settings.journal_url, queue, runner, patience_s=patience)


def log_ours_only() -> None:
    """Our own words on standard error; those of other packages, which may name owners, nowhere."""
    import logging

    logging.getLogger().addHandler(logging.NullHandler())
    handler = logging.StreamHandler()
    handler.setFormatter(logging.Formatter("sottovoce: %(message)s"))
    logging.getLogger("sottovoce").addHandler(handler)
