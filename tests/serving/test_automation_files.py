from typing import Any
from urllib.parse import parse_qs, urlsplit
from uuid import UUID

import pytest
import yaml

from tasks.model.errors import InputError
from tasks.model.mail import Relay, Safety, read_relay
from tasks.settings import Alerts, Settings

BLOCK = UUID(int=7)
NAMES = {
    "changed-position": "tells",
    "dead-runs": "acts",
    "digest": "tells",
    "failed-runs": "tells",
    "failing-outlet": "tells",
    "late-runs": "acts",
    "new-conflict": "tells",
    "test-alert": "tells",
}
MAIL: dict[str, Any] = {
    "email_to": ("desk@north.example", "night@north.example"),
    "email_from": "rashomon@north.example",
    "smtp_url": "smtp+starttls://a%40b:p%3Aw@mail.example",
}


def test_the_files_are_known_and_carry_their_names() -> None:
    from tasks.serving.automations import automation_files

    named = {path.stem: yaml.safe_load(path.read_text(encoding="utf-8"))["name"] for path in automation_files()}

    assert named == {name: f"rashomon-{name}" for name in NAMES}


@pytest.mark.parametrize("name", NAMES)
def test_a_file_becomes_an_automation_that_the_server_would_take(name: str) -> None:
    from prefect.events.actions import CallWebhook, SendNotification
    from prefect.server.events.schemas.automations import AutomationCreate

    from tasks.serving.automations import FOLDER, read_automation
    from tasks.serving.notifiers import Notifier

    notifiers = [Notifier(block_id=BLOCK, kind=kind) for kind in (CallWebhook, SendNotification)]
    automation, busy = read_automation(FOLDER / f"{name}.yaml", notifiers)
    taken = AutomationCreate.model_validate(automation.model_dump(mode="json", exclude={"owner_resource"}))

    told = {"call-webhook", "send-notification"}
    assert busy
    assert ({action.type for action in taken.actions} == told) is (NAMES[name] == "tells")
    assert read_automation(FOLDER / f"{name}.yaml", [])[1] is (NAMES[name] == "acts")


@pytest.mark.parametrize("name", ["dead-runs", "late-runs", "failed-runs"])
def test_what_changes_runs_keeps_to_our_flows(name: str) -> None:
    from tasks.serving.automations import FOLDER, read_automation

    automation, _ = read_automation(FOLDER / f"{name}.yaml", [])

    [related] = [automation.model_dump(mode="json")["trigger"]["match_related"]]
    assert related["prefect.resource.role"] == "flow"
    assert {"verify-articles", "watch-feeds", "rebuild-report"} <= set(related["prefect.resource.name"])


@pytest.mark.filterwarnings("ignore:'imghdr' is deprecated:DeprecationWarning")  # one of Apprise's many plugins
def test_the_mail_is_an_address_that_apprise_reads_as_it_is_meant() -> None:
    from apprise import Apprise

    from tasks.serving.notifiers import mail_address

    alerts = Alerts(**MAIL)
    address = mail_address(read_relay(alerts.smtp_url.get_secret_value()), alerts)

    mail: Any = Apprise(address)[0]
    assert (mail.smtp_host, mail.port, mail.secure_mode) == ("mail.example", 587, "starttls")
    assert (mail.user, mail.password) == ("a@b", "p:w")
    assert [target for _, target in mail.targets] == list(alerts.email_to)
    assert mail.from_addr == ("Rashomon", "rashomon@north.example")
    assert parse_qs(urlsplit(address).query)["format"] == ["text"]  # an article's words are never read as HTML


@pytest.mark.parametrize(
    ("url", "hosts", "private"),
    [
        pytest.param("https://hooks.example/x", (), False, id="out on the net"),
        pytest.param("https://desk.lan/x", (), False, id="a name: Prefect looks it up when it calls"),
        pytest.param("http://10.1.2.3/x", ("10.1.2.3",), True, id="private, named"),
    ],
)
def test_a_private_address_is_called_where_its_host_is_allowed(url: str, hosts: tuple[str, ...], private: bool) -> None:
    from tasks.serving.notifiers import webhook_of

    webhook = webhook_of(Settings(alerts=Alerts(webhook_url=url), allow_hosts=hosts))

    assert webhook is not None
    assert webhook.allow_private_urls is private
    assert url not in repr(webhook)


@pytest.mark.parametrize("host", ["10.1.2.3", "127.0.0.1", "localhost", "[::1]"])
def test_a_private_address_that_nobody_allowed_is_refused_at_once(host: str) -> None:
    from tasks.serving.notifiers import webhook_of

    with pytest.raises(InputError, match="allow_hosts") as raised:
        webhook_of(Settings(alerts=Alerts(webhook_url=f"http://{host}/token")))

    assert "token" not in str(raised.value)


@pytest.mark.parametrize(
    ("address", "relay"),
    [
        pytest.param("smtp://mail.example", Relay(host="mail.example", port=25, safety=Safety.PLAIN), id="plain"),
        pytest.param("smtps://mail.example", Relay(host="mail.example", port=465, safety=Safety.TLS), id="tls"),
        pytest.param(
            "smtp://me:pw@127.0.0.1:2525",
            Relay(host="127.0.0.1", port=2525, safety=Safety.PLAIN, user="me", password="pw"),  # noqa: S106
            id="in the open, on this machine",
        ),
    ],
)
def test_a_mail_server_is_read_from_its_address(address: str, relay: Relay) -> None:
    assert read_relay(address) == relay


@pytest.mark.parametrize(
    ("address", "message"),
    [
        pytest.param("mail.example", "not the address", id="no scheme"),
        pytest.param("https://mail.example", "not the address", id="another scheme"),
        pytest.param("smtp://mail.example:99999", "not the address", id="no port"),
        pytest.param("smtp://me:secret@mail.example", "in the open", id="password in the open"),
    ],
)
def test_an_address_that_would_not_do_is_refused_without_being_shown(address: str, message: str) -> None:
    with pytest.raises(ValueError, match=message) as raised:
        read_relay(address)

    assert "secret" not in str(raised.value)
