"""Who is told: the webhook and the mail of the settings as blocks of Prefect, which keeps their addresses encrypted.

Prefect has no block for plain mail. Its block for Slack hands any address that is none of Slack's to Apprise, which
sends mail; so no block of our own is needed that a server elsewhere would not know.
"""

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from ipaddress import ip_address
from typing import Any, Final
from urllib.parse import quote, urlencode, urlsplit
from uuid import UUID

from prefect.blocks.core import Block
from prefect.blocks.notifications import SlackWebhook
from prefect.blocks.webhook import Webhook
from prefect.client.orchestration import get_client
from prefect.events.actions import CallWebhook, SendNotification
from prefect.exceptions import ObjectNotFound
from prefect.types import SecretDict

from tasks.model.errors import InputError
from tasks.model.mail import Relay, Safety, read_relay
from tasks.reading.guard import is_public
from tasks.settings import Alerts, Settings

WEBHOOK: Final = "rashomon-webhook"
MAIL: Final = "rashomon-mail"
MODES: Final = {Safety.PLAIN: "insecure", Safety.STARTTLS: "starttls", Safety.TLS: "ssl"}
# One JSON object. `text` is what chat services show; the rest is for programs.
PAYLOAD: Final = """\
{%% set subject %%}%(subject)s{%% endset %%}
{%% set body %%}%(body)s{%% endset %%}
{"text": {{ (subject ~ "\\n\\n" ~ body) | tojson }},
 "subject": {{ subject | tojson }},
 "event": {{ event.event | tojson }},
 "id": {{ event.id | string | tojson }},
 "occurred": {{ event.occurred | string | tojson }},
 "resource": {{ event.resource.id | tojson }},
 "payload": {{ event.payload | tojson }}}"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Notifier:
    """A block of the server through which people are told."""

    block_id: UUID
    kind: type[CallWebhook | SendNotification]

    def action(self, subject: str, body: str) -> Mapping[str, Any]:
        """Return the action that tells these words, which are templates of Prefect's."""
        if self.kind is CallWebhook:
            payload = PAYLOAD % {"subject": subject, "body": body}
            return {"type": "call-webhook", "block_document_id": self.block_id, "payload": payload}
        return {"type": "send-notification", "block_document_id": self.block_id, "subject": subject, "body": body}


def save_notifiers(settings: Settings) -> list[Notifier]:
    """Keep what the settings name as blocks on the server, take away what they name no longer, and return them."""
    wanted: tuple[tuple[str, type[Block], type[CallWebhook | SendNotification], Block | None], ...] = (
        (WEBHOOK, Webhook, CallWebhook, webhook_of(settings)),
        (MAIL, SlackWebhook, SendNotification, mail_of(settings.alerts)),
    )
    kept = []
    for name, block_type, kind, block in wanted:
        if block is None:
            forget_block(name, block_type)
        else:
            kept.append(Notifier(block_id=UUID(str(block.save(name, overwrite=True))), kind=kind))
    return kept


def forget_block(name: str, block_type: type[Block]) -> None:
    """Delete a block, whose address the settings name no longer."""
    with get_client(sync_client=True) as client, suppress(ObjectNotFound):
        found = client.read_block_document_by_name(name, block_type.get_block_type_slug())
        client.delete_block_document(found.id)


def webhook_of(settings: Settings) -> Webhook | None:
    """Return the webhook of the settings; one at a private address is called where `allow_hosts` names its host."""
    url = settings.alerts.webhook_url
    if not url.get_secret_value():
        return None
    host = urlsplit(url.get_secret_value()).hostname or ""
    allowed = host in settings.allow_hosts
    if not allowed and (host == "localhost" or (is_address(host) and not is_public(host))):
        raise InputError(f"alerts.webhook_url: {host} is on a private or local address; name it in allow_hosts")
    headers = SecretDict({"Content-Type": "application/json; charset=utf-8"})
    return Webhook(url=url, headers=headers, allow_private_urls=allowed)


def is_address(host: str) -> bool:
    """Return whether a host is given as an address, not as a name."""
    try:
        return bool(ip_address(host))
    except ValueError:
        return False


def mail_of(alerts: Alerts) -> SlackWebhook | None:
    """Return what sends mail to the people of the settings."""
    address = alerts.smtp_url.get_secret_value()
    return SlackWebhook.model_validate({"url": mail_address(read_relay(address), alerts)}) if address else None


def mail_address(relay: Relay, alerts: Alerts) -> str:
    """Return a mail server with writer and readers as one address for Apprise; it writes plain text, never HTML."""
    login = f"{quote(relay.user, safe='')}:{quote(relay.password, safe='')}@" if relay.user else ""
    query = {
        "from": f"Rashomon <{alerts.email_from}>",
        "to": ",".join(alerts.email_to),
        "smtp": relay.host,
        "mode": MODES[relay.safety],
        "format": "text",
    }
    host = f"[{relay.host}]" if ":" in relay.host else relay.host
    scheme = "mailto" if relay.safety is Safety.PLAIN else "mailtos"
    return f"{scheme}://{login}{host}:{relay.port}/?{urlencode(query)}"
