"""What a mail address (TANDEM_MAIL_URL) means for Django. The outbox sends with it; requests only enqueue."""

from typing import Any
from urllib.parse import unquote, urlsplit

from tandem.config.environment import SettingError

SMTP_SCHEMES = {"smtp": (587, True, False), "smtps": (465, False, True), "smtp+plain": (25, False, False)}
SENDING_TIMEOUT = 20  # seconds


def mail(url: str) -> dict[str, Any]:
    """Django's EMAIL_* settings. Raises SettingError for an address of another kind."""
    parts = urlsplit(url)
    if parts.scheme == "console":
        return {"OUTBOX_EMAIL_BACKEND": "django.core.mail.backends.console.EmailBackend"}
    try:
        port, host = parts.port, parts.hostname
    except ValueError:
        port, host = None, None
    if parts.scheme not in SMTP_SCHEMES or not host:
        raise SettingError("TANDEM_MAIL_URL: not console:, smtp://…, smtps://… or smtp+plain://…")
    usual_port, starttls, tls = SMTP_SCHEMES[parts.scheme]
    return {
        "OUTBOX_EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "EMAIL_HOST": host,
        "EMAIL_PORT": port or usual_port,
        "EMAIL_HOST_USER": unquote(parts.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(parts.password or ""),
        "EMAIL_USE_TLS": starttls,
        "EMAIL_USE_SSL": tls,
        "EMAIL_TIMEOUT": SENDING_TIMEOUT,
    }
