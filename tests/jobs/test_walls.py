"""Statements without an owner are made in two files of the queue only, and read nothing private."""

import ast
from pathlib import Path

import sottovoce.jobs

MAKERS = {"select", "insert", "update", "delete", "text"}
ALLOWED = {"overview.py", "delivery.py"}
PRIVATE = ("options", "sound_key", "analysis", "request_key", "body_sha256", "error_message")


def sources() -> dict[str, str]:
    folder = Path(str(sottovoce.jobs.__path__[0]))
    return {file.name: file.read_text(encoding="utf-8") for file in folder.glob("*.py")}


def made_in(source: str) -> set[str]:
    """What a file takes from SQLAlchemy to make statements of its own."""
    imports = [node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.ImportFrom)]
    names = [
        n.name for node in imports if str(node.module).startswith("sqlalchemy") for n in node.names
    ]
    return MAKERS & set(names)


def test_only_two_files_make_statements_of_their_own() -> None:
    found = {name for name, source in sources().items() if made_in(source)}
    assert found == ALLOWED


def test_what_sees_all_owners_reads_nothing_of_what_they_sent() -> None:
    for name in ALLOWED:
        for column in PRIVATE:
            assert f"JobRow.{column}" not in sources()[name]
