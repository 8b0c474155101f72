"""Write the description of the API where the dashboard's types are made from it."""

import json
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from sottovoce.config import Settings
from sottovoce.server.app import create_app
from sottovoce.server.settings import ServerSettings


def main(target: Path) -> None:
    """The same document that a running service gives at ``/openapi.json``."""
    with TemporaryDirectory() as home:
        found = create_app(ServerSettings(Settings(Path(home)))).openapi()
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(json.dumps(found))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
