"""保险柜: encryption of personal fields, their blind index, and tokens nobody can guess.

A sealed field is `v1|kid|nonce|ciphertext` (AES-256-GCM); what it is bound to (table, column,
row) is authenticated, so a value moved to another row does not open. Every person has a data
key of its own, wrapped by the town's key: dropping it erases the person.
Source: design rules 11 and 12 of docs/architecture.md; PIPL §51(3).
"""

import base64
import hashlib
import hmac
import os
import secrets
from dataclasses import dataclass, field

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

KEY_BYTES = 32
NONCE_BYTES = 12
BLIND_BYTES = 16
TOKEN_BITS = 128
#: Crockford's alphabet: no I, L, O, U, so that people can read a token aloud
CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
TOKEN_LENGTH = 26


@dataclass(frozen=True, slots=True)
class Sealer:
    """One AES-256-GCM key with its name."""

    kid: str
    key: bytes = field(repr=False)
    _cipher: AESGCM = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Schedule the key once, however much it seals."""
        object.__setattr__(self, "_cipher", AESGCM(self.key))

    def seal(self, plain: str, place: str) -> str:
        """Encrypt `plain`, bound to `place` (table|column|row)."""
        return self.seal_bytes(plain.encode(), place)

    def open(self, sealed: str, place: str) -> str:
        """Decrypt what was sealed for this `place`."""
        return self.open_bytes(sealed, place).decode()

    def seal_bytes(self, plain: bytes, place: str) -> str:
        """Encrypt bytes, bound to `place`."""
        nonce = os.urandom(NONCE_BYTES)
        cipher = self._cipher.encrypt(nonce, plain, place.encode())
        return "|".join(("v1", self.kid, _text(nonce), _text(cipher)))

    def open_bytes(self, sealed: str, place: str) -> bytes:
        """Decrypt bytes; `cryptography.exceptions.InvalidTag` if anything was altered."""
        _, _, nonce, cipher = sealed.split("|")
        return self._cipher.decrypt(_bytes(nonce), _bytes(cipher), place.encode())


class Vault:
    """Everything that needs the town's key, each purpose with a key of its own."""

    def __init__(self, master: bytes, kid: str = "k1") -> None:
        self.kid = kid
        self._derived = {name: _derive(master, name) for name in _PURPOSES}
        self.town = Sealer(kid, self._derived["fields"])

    @property
    def database_key(self) -> bytes:
        """Return the raw key of the database file."""
        return self._derived["database"]

    @property
    def audit_key(self) -> bytes:
        """Return the key of the audit chain."""
        return self._derived["audit"]

    @property
    def cookie_key(self) -> bytes:
        """Return the key that signs a visitor's cookie."""
        return self._derived["cookies"]

    def new_person_key(self, person: str) -> tuple[str, Sealer]:
        """Make a data key for a person: how it is stored, and the open key."""
        key = secrets.token_bytes(KEY_BYTES)
        return self.town.seal_bytes(key, f"person-key|{person}"), Sealer("p1", key)

    def person_key(self, wrapped: str, person: str) -> Sealer:
        """Open a person's data key."""
        return Sealer("p1", self.town.open_bytes(wrapped, f"person-key|{person}"))

    def blind(self, kind: str, text: str) -> bytes:
        """Return what to store, and look for, instead of `text`: 16 bytes that tell nothing."""
        message = f"{kind}\x00{text}".encode()
        return hmac.digest(self._derived["blind"], message, "sha256")[:BLIND_BYTES]

    def token(self, purpose: str, row: str, generation: int = 1) -> str:
        """Return the 128-bit token of a row; a reprint computes it again, a reissue raises it."""
        message = f"{purpose}\x00{row}\x00{generation}".encode()
        digest = hmac.digest(self._derived["tokens"], message, "sha256")
        return crockford(int.from_bytes(digest[: TOKEN_BITS // 8], "big"))


_PURPOSES = ("database", "fields", "blind", "audit", "tokens", "cookies")


def crockford(number: int) -> str:
    """Return a 128-bit number as 26 characters of Crockford's alphabet."""
    digits = []
    for _ in range(TOKEN_LENGTH):
        number, digit = divmod(number, len(CROCKFORD))
        digits.append(CROCKFORD[digit])
    return "".join(reversed(digits))


def token_hash(token: str) -> bytes:
    """Return what the database keeps of a token; both letter cases open."""
    return hashlib.sha256(token.upper().encode()).digest()


def _derive(master: bytes, purpose: str) -> bytes:
    info = f"township-desk/{purpose}/v1".encode()
    return HKDF(hashes.SHA256(), KEY_BYTES, salt=None, info=info).derive(master)


def _text(raw: bytes) -> str:
    return base64.b64encode(raw).decode()


def _bytes(text: str) -> bytes:
    return base64.b64decode(text)
