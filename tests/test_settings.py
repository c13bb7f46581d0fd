import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tasks.console.prefect_settings import prefect_variables
from tasks.model.errors import InputError
from tasks.settings import ROOT, TEMPLATES, Runner, ShownTexts, load_settings

SHOW_SETTINGS = """
import json, prefect.main
from prefect.settings import get_current_settings
print(json.dumps(list(get_current_settings().to_environment_variables(exclude_unset=True))))
"""


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_without_a_file_the_defaults_hold() -> None:
    settings = load_settings()

    assert (settings.database_url, settings.report_dir, settings.batch_size) == (
        "sqlite:///rashomon.db",
        Path("reports"),
        50,
    )
    assert settings.task_runner is Runner.THREADS


def test_the_environment_wins_over_the_file(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (folder / "rashomon.toml").write_text("batch_size = 7\nwindow_days = 3\n[limits]\nmax_file_bytes = 2000\n")
    monkeypatch.setenv("RASHOMON_BATCH_SIZE", "9")
    monkeypatch.setenv("RASHOMON_LIMITS__TIMEOUT_SECONDS", "1.5")

    settings = load_settings()

    assert (settings.batch_size, settings.window_days) == (9, 3)
    assert (settings.limits.max_file_bytes, settings.limits.timeout_seconds) == (2000, 1.5)


def test_a_named_file_takes_the_place_of_the_one_here(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (folder / "rashomon.toml").write_text("batch_size = 7\n")
    (folder / "other.toml").write_text("batch_size = 8\n")
    monkeypatch.setenv("RASHOMON_SETTINGS_FILE", "other.toml")

    assert load_settings().batch_size == 8


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        pytest.param("", (), id="none"),
        pytest.param("127.0.0.1", ("127.0.0.1",), id="one address"),
        pytest.param(" News.Local , [::1],", ("news.local", "::1"), id="names and addresses"),
    ],
)
def test_allowed_hosts_are_separated_by_commas(
    value: str, expected: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("RASHOMON_ALLOW_HOSTS", value)

    assert load_settings().allow_hosts == expected


@pytest.mark.parametrize(
    ("text", "words"),
    [
        pytest.param(
            'databse_url = "x"', ["rashomon.toml", "'databse_url'", "did you mean 'database_url'"], id="unknown"
        ),
        pytest.param("[limits]\nmax_size = 3", ["rashomon.toml", "'limits.max_size'"], id="unknown in a table"),
        pytest.param("batch_size = 0", ["rashomon.toml", "batch_size", "greater than or equal to 1"], id="too small"),
        pytest.param('dask_address = "host:8786"', ["dask_address", "'host:8786'", "tcp://host:8786"], id="no scheme"),
        pytest.param('dask_address = "tcp://host"', ["dask_address", "tcp://host:8786"], id="no port"),
        pytest.param('task_runner = "ray"', ["task_runner", "'threads', 'processes' or 'dask'"], id="no such runner"),
        pytest.param('allow_hosts = ["a:80"]', ["allow_hosts", "leave out scheme, port"], id="a port"),
        pytest.param("batch_size =", ["rashomon.toml", "not a TOML file"], id="broken"),
    ],
)
def test_a_mistake_in_the_file_is_told_by_key_and_file(text: str, words: list[str], folder: Path) -> None:
    (folder / "rashomon.toml").write_text(text)

    with pytest.raises(InputError) as caught:
        load_settings()

    assert all(word in str(caught.value) for word in words), str(caught.value)


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        pytest.param("RASHOMON_BATCH_SIZE", "many", ["RASHOMON_BATCH_SIZE", "integer"], id="no number"),
        pytest.param("RASHOMON_LIMITS__MAX_FILE_BYTES", "1", ["RASHOMON_LIMITS__MAX_FILE_BYTES"], id="nested"),
        pytest.param("RASHOMON_SETTINGS_FILE", "none.toml", ["RASHOMON_SETTINGS_FILE", "none.toml"], id="no such file"),
    ],
)
def test_a_mistake_in_the_environment_names_the_variable(
    name: str, value: str, words: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(name, value)

    with pytest.raises(InputError) as caught:
        load_settings()

    assert all(word in str(caught.value) for word in words), str(caught.value)


def test_a_password_is_not_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RASHOMON_DATABASE_URL", "postgresql://me:secret@db.example/news")

    assert load_settings().database_place == "postgresql://me:***@db.example/news"


def test_a_proxy_is_off_until_it_is_named_and_its_password_is_not_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    assert load_settings().proxy == ""
    monkeypatch.setenv("RASHOMON_PROXY", "http://me:secret@proxy.example:3128")
    assert load_settings().proxy == "http://me:secret@proxy.example:3128"
    assert "secret" not in repr(load_settings())
    monkeypatch.setenv("RASHOMON_PROXY", "socks5://me:secret@proxy.example")
    with pytest.raises(InputError, match="http://host:port") as caught:
        load_settings()
    assert "secret" not in str(caught.value)


def test_templates_are_found_from_any_folder() -> None:
    assert TEMPLATES.is_absolute()
    assert (ROOT / "pyproject.toml").is_file()


def test_prefect_knows_every_key_that_we_set(folder: Path) -> None:
    """A misspelt key is ignored silently, and Prefect reads pyproject.toml from the current directory alone."""
    command = [sys.executable, "-c", SHOW_SETTINGS]
    variables = prefect_variables()
    clean = {name: value for name, value in os.environ.items() if not name.startswith("PREFECT_")}
    environment = clean | variables | {"PREFECT_HOME": str(folder)}
    result = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)

    assert len(variables) > 10
    assert set(variables) <= set(json.loads(result.stdout))


def test_who_is_told_comes_from_one_table_and_stays_unseen(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (folder / "rashomon.toml").write_text('[alerts]\nwebhook_url = "https://hooks.example/token-1"\n')
    monkeypatch.setenv("RASHOMON_ALERTS__EMAIL_TO", "a@desk.example, b@desk.example")
    monkeypatch.setenv("RASHOMON_ALERTS__EMAIL_FROM", "r@desk.example")
    monkeypatch.setenv("RASHOMON_ALERTS__SMTP_URL", "smtps://me:token-2@mail.example")

    settings = load_settings()

    assert settings.alerts.email_to == ("a@desk.example", "b@desk.example")
    assert settings.alerts.webhook_url.get_secret_value() == "https://hooks.example/token-1"
    assert "token" not in repr(settings)


@pytest.mark.parametrize(
    ("lines", "message"),
    [
        pytest.param('email_to = ["a@desk.example"]', "alerts: a mail needs all three", id="half a mail"),
        pytest.param('email_to = ["a desk"]', "alerts.email_to: 'a desk' is not a mail address", id="no address"),
        pytest.param('webhook_url = "hooks.example/x"', "alerts.webhook_url: not the address", id="no webhook"),
        pytest.param('webhok_url = "x"', "did you mean 'alerts.webhook_url'", id="slip of the pen"),
        pytest.param('smtp_url = "smtp://me:token@mail.example"', "alerts.smtp_url: a password would", id="open"),
    ],
)
def test_a_mistake_in_who_is_told_is_named(folder: Path, lines: str, message: str) -> None:
    (folder / "rashomon.toml").write_text(f"[alerts]\n{lines}\n")

    with pytest.raises(InputError, match=message) as raised:
        load_settings()

    assert "token" not in str(raised.value)


@pytest.mark.parametrize("contact", ["", "desk@example.org", "https://example.org/object", " http://a.example "])
def test_a_contact_is_a_mail_address_or_a_page(contact: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RASHOMON_CONTACT", contact)
    assert load_settings().contact == contact.strip()


@pytest.mark.parametrize("contact", ["javascript:alert(1)", "the desk", "https://", "a@b, c@d", "http://[", "<a@b>"])
def test_what_is_no_contact_is_refused(contact: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RASHOMON_CONTACT", contact)
    with pytest.raises(InputError, match="is no contact"):
        load_settings()


def test_texts_are_shown_whole_unless_the_operator_says_otherwise(folder: Path) -> None:
    assert load_settings().show_texts is ShownTexts.WHOLE
    (folder / "rashomon.toml").write_text('show_texts = "sentences"\n')
    assert load_settings().show_texts is ShownTexts.SENTENCES
    (folder / "rashomon.toml").write_text('show_texts = "none"\n')
    with pytest.raises(InputError, match="show_texts"):
        load_settings()
