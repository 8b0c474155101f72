"""Small JSON files in the home folder: whole or not at all, for their owner's eyes only."""

import json
import os
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any


def put_json(path: Path, value: Any) -> None:
    """Put a value in the place of what the file held; raises OSError where that fails."""
    text = json.dumps(value, indent=2, ensure_ascii=False) + "\n"
    path.parent.mkdir(parents=True, exist_ok=True)
    with NamedTemporaryFile("w", dir=path.parent, encoding="utf-8", delete=False) as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    Path(file.name).replace(path)
