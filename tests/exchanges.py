"""What the API was asked and what it answered: the examples of its own description.

Run as ``python tests/exchanges.py`` it asks a service in this process anew, and writes
``src/sottovoce/server/exchanges.json``.
"""

import json
import time
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from jobhands import long_memo
from journals import Forgetful
from mails import mail_server
from services import SAMPLES, Service, served
from sottovoce.journal.accounts import Visit, put_visit
from sottovoce.journal.keys import Locksmith
from sottovoce.server import exchanges

MEMO = (SAMPLES / "even.ogg").read_bytes()
SHOWN_MEMO, SHOWN_EXPORT = "(the bytes of a memo)", "(the bytes of an export)"
SHOWN_CHANNEL = "mailtos://ada:password@mail.example?to=ada@mail.example"
SECRET = "sv_0123456789abcdefghijklmnopqrstuvwxyzABCDEFG"
MOST_ITEMS = 2

Exchanges = dict[str, dict[str, dict[str, Any]]]


@dataclass
class Recorder:
    """Asks, and writes down what it asked with and what was answered."""

    service: Service
    found: Exchanges = field(default_factory=dict)

    def ask(self, key: str, name: str, shown: Any = None, query: str = "", **more: Any) -> Any:
        """Send a request to an address such as ``GET /v1/jobs/{job_id}``; its answer.

        ``shown`` stands for its body, which is ``json`` where nothing else is said; ``ids`` fill
        the address.
        """
        method, path = key.split()
        address = path.format(**more.pop("ids", {})) + query
        told = self.found.setdefault(key, {})
        if body := shown or more.get("json"):
            told.setdefault("request", {})[name] = body
        answer = self.service.client.request(method, address, **more)
        assert answer.is_success, answer.text
        if answer.headers.get("content-type") == "application/json":
            said = told.setdefault(str(answer.status_code), {})
            said[name] = without_secrets(short(answer.json()))
        return answer


def short(value: Any) -> Any:
    """The same with the first items of lists that hold objects only."""
    if isinstance(value, dict):
        return {name: short(one) for name, one in value.items()}
    if isinstance(value, list):
        kept = value[:MOST_ITEMS] if value and isinstance(value[0], dict) else value
        return [short(one) for one in kept]
    return value


def without_secrets(value: Any) -> Any:
    """The same with a made-up token and ticket in the place of those of this service."""
    if not isinstance(value, dict):
        return value
    return {name: SECRET if name in ("token", "ticket") else one for name, one in value.items()}


def record(service: Service) -> Exchanges:
    """Every address that takes or gives JSON, asked on an empty journal."""
    found = Recorder(service)
    memos(found)
    entries(found)
    what_it_tells(found)
    about_the_service(found)
    leaving(found)
    return found.found


def memos(found: Recorder) -> None:
    """The simple door, analyses and jobs."""
    files = {"files": {"file": ("memo.ogg", MEMO)}}
    bare = {"shown": {"file": SHOWN_MEMO}}
    found.ask("POST /analyze-stress", "a memo", **bare, **files)
    said = {"note": "after the talk", "tags": "work, evening", "zone": "Europe/Berlin"}
    shown = {"shown": {"file": SHOWN_MEMO, **said}, "data": said, **files}
    found.ask("POST /v1/analyses", "not kept", **bare, **files)
    found.ask("POST /v1/analyses", "kept, its sound too", query="?keep_audio=true", **shown)
    long = {"file": ("long.wav", long_memo(15))}  # more than a minute
    job = found.ask("POST /v1/analyses", "more than a minute", **bare, files=long).json()
    found.ask("GET /v1/jobs/{job_id}", "under way", ids={"job_id": job["id"]})
    while found.service.client.get(f"/v1/jobs/{job['id']}").json()["state"] != "done":
        time.sleep(0.1)
    found.ask("GET /v1/jobs/{job_id}", "done", ids={"job_id": job["id"]})


def entries(found: Recorder) -> None:
    """The journal, and what a person says of themselves."""
    entry = {"entry_id": sha256(MEMO).hexdigest()[:16]}
    found.ask("POST /v1/checkins", "how you feel", json={"valence": 5})
    found.ask(
        "POST /v1/checkins", "GAD-7", json={"form": "gad-7", "answers": [1, 0, 2, 1, 0, 1, 1]}
    )
    found.ask(
        "POST /v1/checkins", "PHQ-8", json={"form": "phq-8", "answers": [1, 1, 0, 2, 0, 1, 0, 0]}
    )
    found.ask("GET /v1/checkins", "two forms")
    found.ask("GET /v1/entries", "a page", query="?limit=1")
    found.ask("GET /v1/entries/{entry_id}", "the whole entry", ids=entry)
    found.ask("GET /v1/tags", "each once")
    change = {"note": "slept badly", "tags": ["work"], "self_report": {"valence": 3}}
    found.ask("PATCH /v1/entries/{entry_id}", "other words", json=change, ids=entry)
    found.ask("GET /v1/entries/{entry_id}/peaks", "ten peaks", query="?n=10", ids=entry)
    timed = {"segments": [{"text": "It went well, I think.", "start": 0.4, "end": 1.9}]}
    found.ask("PUT /v1/entries/{entry_id}/transcript", "with its times", json=timed, ids=entry)
    words = {"text": "It went well, I think.\nWe meet again on Thursday."}
    found.ask("PUT /v1/entries/{entry_id}/transcript", "two lines", json=words, ids=entry)
    found.ask("GET /v1/entries/{entry_id}/transcript", "two lines", ids=entry)
    found.ask("DELETE /v1/entries/{entry_id}", "for a while", ids=entry)
    found.ask("POST /v1/entries/{entry_id}/restore", "it is back", ids=entry)


def what_it_tells(found: Recorder) -> None:
    """What weeks tell, over made-up ones."""
    found.ask("PUT /v1/examples", "ten weeks", query="?zone=Europe/Berlin")
    found.ask("GET /v1/trends", "stress over twelve weeks")
    found.ask("GET /v1/patterns", "stress over twelve weeks")
    found.ask("GET /v1/alerts", "all of them off")
    newest = found.service.client.get("/v1/entries?limit=1").json()["entries"][0]["id"]
    ids = {"entry_id": newest}
    found.ask("GET /v1/entries/{entry_id}/usual", "after ten weeks", ids=ids)
    rule = {"rule": "rising_stress"}
    found.ask("PUT /v1/alerts/{rule}", "let it speak", json={"enabled": True}, ids=rule)
    quiet = {"quiet_from": "22:00", "quiet_until": "07:30"}
    found.ask("PATCH /v1/alerts", "quieter nights", json=quiet)
    found.ask("DELETE /v1/examples", "they are gone")
    with mail_server() as (_, address):
        wish = {"json": {"address": address}, "shown": {"address": SHOWN_CHANNEL}}
        found.ask("POST /v1/channels", "by mail", **wish)
        found.ask("GET /v1/channels", "one channel")
        found.ask("POST /v1/test-alert", "it arrived")


def about_the_service(found: Recorder) -> None:
    """Health, models, tokens and visits."""
    wish = {"label": "phone", "scopes": ["listen"], "days": 90}
    found.ask("POST /v1/tokens", "for a phone", json=wish)
    found.ask("GET /v1/tokens", "one token")
    found.ask("POST /v1/tickets", "for one socket")
    service = found.service
    journal = service.journal()
    with journal.writing() as owned:
        put_visit(owned, Visit(journal.clock(), "GET /v1/entries", None, "browser", 200))
    for key in ("GET /v1/visits", "GET /v1/models", "GET /v1/me", "GET /healthz", "GET /readyz"):
        found.ask(key, "now")
    found.ask("GET /asyncapi.json", "how it begins")
    begins = found.found["GET /asyncapi.json"]["200"]["how it begins"]
    for name in set(begins) - {"asyncapi", "info"}:
        del begins[name]
    secret = {"json": {"secret": service.token}, "shown": {"secret": SECRET}}
    found.ask("POST /v1/session", "the token, or a link's code", **secret)
    password = {"name": "ada", "password": "correct horse battery staple"}
    found.found["POST /v1/session"]["request"]["among many people"] = password
    change = {"old": password["password"], "new": "another long and quiet evening"}
    found.found["PUT /v1/password"] = {"request": {"a longer one": change}}


def leaving(found: Recorder) -> None:
    """Everything out, in again, and erased."""
    everything = found.service.client.get("/v1/export").content
    body = {"content": everything, "headers": {"Content-Type": "application/zip"}}
    found.ask("POST /v1/import", "an export", shown=SHOWN_EXPORT, **body)
    found.ask("POST /v1/erase", "all of it", json={"everything": True})


def main() -> None:
    """Write them into the package."""
    with TemporaryDirectory() as folder:
        keyring = Forgetful()
        with served(Path(folder), Locksmith(Path(folder), keyring=lambda: keyring)) as service:
            told = record(service)
    exchanges.FILE.write_text(json.dumps(told, indent=1, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main()
