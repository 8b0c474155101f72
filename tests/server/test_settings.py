"""What the service refuses to be."""

from pathlib import Path

import pytest

from journals import ask
from services import served
from sottovoce.config import Settings
from sottovoce.server.settings import RefusedError, ServerSettings, check_reach

PUBLIC = ["0.0.0.0", "::", "192.168.1.7", "sottovoce.example"]


@pytest.mark.parametrize("host", PUBLIC)
def test_others_are_not_served_in_the_clear(host: str) -> None:
    with pytest.raises(RefusedError, match="nothing would encrypt"):
        check_reach(ServerSettings(Settings(Path("home")), host=host, hosts=("a.example",)))


@pytest.mark.parametrize("host", PUBLIC)
def test_others_reach_it_under_a_name(host: str) -> None:
    with pytest.raises(RefusedError, match="--allow-host"):
        check_reach(ServerSettings(Settings(Path("home")), host=host, behind_proxy=True))


def test_behind_a_proxy_under_a_name_others_may_be_served() -> None:
    settings = ServerSettings(
        Settings(Path("home")), host="0.0.0.0", hosts=("Voice.example",), behind_proxy=True
    )
    check_reach(settings)
    assert settings.known_hosts == {"127.0.0.1", "::1", "localhost", "voice.example"}


def test_a_certificate_needs_its_key() -> None:
    with pytest.raises(RefusedError, match="both"):
        check_reach(ServerSettings(Settings(Path("home")), tls_cert=Path("cert.pem")))


def test_the_command_says_why_it_refuses(tmp_path: Path) -> None:
    told = ask("serve", "--host", "0.0.0.0", home=tmp_path)
    assert told.status == 1
    assert "nothing would encrypt" in told.stderr


def test_the_token_is_printed_and_stays_the_same(tmp_path: Path) -> None:
    first = ask("serve", "--print-token", home=tmp_path / "home")
    again = ask("serve", "--print-token", home=tmp_path / "home")
    assert first.stdout == again.stdout
    assert first.stdout.startswith("sv_")
    assert len(first.stdout.strip()) == 46
    assert (tmp_path / "home" / "token").stat().st_mode & 0o777 == 0o600
    assert [file.name for file in (tmp_path / "home").iterdir()] == ["token"]


def test_a_token_that_others_may_read_is_no_secret(tmp_path: Path) -> None:
    ask("serve", "--print-token", home=tmp_path)
    (tmp_path / "token").chmod(0o644)
    told = ask("serve", "--print-token", home=tmp_path)
    assert (told.status, told.stdout) == (1, "")
    assert "chmod 600" in told.stderr


def test_over_tls_browsers_are_told_to_stay(tmp_path: Path) -> None:
    with served(tmp_path, behind_proxy=True) as service:
        headers = service.client.get("/healthz").headers
    assert headers["strict-transport-security"] == "max-age=31536000"
