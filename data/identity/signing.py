"""Signing what a browser keeps for us, so that only what was said here is believed.

The key is a file beside the database: it lives as long as the data does, where Streamlit's own
cookie secret is a new one at every start unless somebody sets it. Whoever deletes the file makes
everybody pick their name again. Where several servers share a database, `MILEPOST_SECRET` is the
key of all of them, and no file is read or written.
"""

import hashlib
import hmac
import os
import secrets
from pathlib import Path

from data.core.settings import settings

KEY_BYTES = 32


def signed(text: str, *, purpose: str, key_file: Path) -> str:
    """Put a signature before a text, with a new key where there is none.

    What was signed for one purpose is no good for another. Raises `OSError` where there is no
    key and none can be kept.
    """
    key = _key(key_file) or _new_key(key_file)
    return f"{_signature(text, purpose, key)}.{text}"


def verified(kept: str, *, purpose: str, key_file: Path) -> str | None:
    """Give the text whose signature is true, None for any other."""
    signature, _, text = kept.partition(".")
    key = _key(key_file)
    if key is None:
        return None
    true = _signature(text, purpose, key)
    return text if hmac.compare_digest(_bytes(signature), _bytes(true)) else None


def derived(secret: str, purpose: str) -> bytes:
    """Make a key for one purpose of a secret that serves several, each of which tells no other."""
    return hmac.new(secret.encode(), _bytes(purpose), hashlib.sha256).digest()


def _signature(text: str, purpose: str, key: bytes) -> str:
    return hmac.new(key, _bytes(f"{purpose}\0{text}"), hashlib.sha256).hexdigest()


def _bytes(text: str) -> bytes:
    # Whatever a browser sends is compared, also what is no proper text.
    return text.encode(errors="surrogatepass")


def _key(path: Path) -> bytes | None:
    """Read the key; a file too short to be one, which anybody could guess, is none."""
    if secret := settings().secret:
        return derived(secret, "names")
    try:
        key = path.read_bytes()
    except OSError:
        return None
    return key if len(key) >= KEY_BYTES else None


def _new_key(path: Path) -> bytes:
    """Keep a new key that its owner alone may read, moved into place whole."""
    key = secrets.token_bytes(KEY_BYTES)
    unfinished = path.with_name(f"{path.name}.{secrets.token_hex(8)}.unfinished")
    with os.fdopen(os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(key)
    unfinished.replace(path)
    # Of two servers that make one at once, the later one's stands.
    return _key(path) or key
