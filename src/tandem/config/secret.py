"""The key that signs sessions and reset links: made once, readable by its owner only."""

import os
import secrets
from pathlib import Path

from tandem.config.environment import SettingError


def secret_key(data_dir: Path) -> str:
    """The kept key, or a new one. Two processes that start at once get the same."""
    file = data_dir / "secret_key"
    try:
        data_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
        return _kept(file) or _made(file)
    except OSError as fault:
        raise SettingError(f"TANDEM_DATA_DIR: {fault.strerror}: {fault.filename}") from None


def _kept(file: Path) -> str:
    return file.read_text(encoding="ascii").strip() if file.exists() else ""


def _made(file: Path) -> str:
    draft = file.with_name(f"{file.name}.{os.getpid()}.{secrets.token_hex(4)}")
    handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w", encoding="ascii") as text:
        text.write(secrets.token_urlsafe(48) + "\n")
    try:
        os.link(draft, file)  # appears whole or not at all; whoever comes second reads the first one's
    except FileExistsError:
        pass
    finally:
        draft.unlink()
    return _kept(file)
