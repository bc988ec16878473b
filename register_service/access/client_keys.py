"""A client's own public keys (a JWK set, RFC 7517), with which it signs what proves who it is."""

import warnings
from typing import Any

from joserfc.errors import JoseError, SecurityWarning
from joserfc.jwk import ECKey, Key, OctKey, OKPKey, RSAKey, import_key

# Which algorithms a key may be used with. Pinned: a token never chooses its own algorithm (RFC 8725, section 3.1).
ALGORITHMS_OF: dict[str, tuple[str, ...]] = {"OKP": ("EdDSA",), "EC": ("ES256",), "RSA": ("PS256", "RS256")}
ASSERTION_ALGORITHMS = tuple(name for names in ALGORITHMS_OF.values() for name in names)
MOST_KEYS = 10
SHORTEST_RSA = 2048


class ClientKeysError(ValueError):
    """A JWK set that cannot be used; the message is Dutch and says why."""


def read_client_keys(jwks: Any) -> dict[str, Any]:
    """Check a JWK set and give it back with nothing in it but public keys. Raises ClientKeysError."""
    entries = jwks.get("keys") if isinstance(jwks, dict) else None
    if not isinstance(entries, list) or not 1 <= len(entries) <= MOST_KEYS:
        raise ClientKeysError(f"Geef een JWK-set: een JSON-object met onder 'keys' 1 tot {MOST_KEYS} sleutels.")
    keys = [_read_key(number, entry) for number, entry in enumerate(entries, start=1)]
    kids = [key.kid for key in keys if key.kid]
    if len(set(kids)) < len(kids) or (len(keys) > 1 and len(kids) < len(keys)):
        raise ClientKeysError("Geef elke sleutel in de JWK-set een eigen 'kid'.")
    return {"keys": [key.as_dict(private=False) for key in keys]}


def keys_for(jwks: dict[str, Any], algorithm: str, kid: str | None) -> list[Key]:
    """Give the keys of a checked JWK set that may have signed with this algorithm and, if given, under this key id."""
    keys = [import_key(entry) for entry in jwks["keys"]]
    return [
        key
        for key in keys
        if algorithm in ALGORITHMS_OF[key.key_type] and key.alg in (None, algorithm) and kid in (None, key.kid)
    ]


def _read_key(number: int, entry: Any) -> Key:
    try:
        with warnings.catch_warnings():
            # joserfc warns of weak keys; here they are refused.
            warnings.simplefilter("ignore", SecurityWarning)
            key = import_key(entry)
    except (JoseError, AttributeError, KeyError, TypeError, ValueError) as error:
        raise ClientKeysError(f"Sleutel {number} is geen geldige JWK.") from error
    if isinstance(key, OctKey):
        raise ClientKeysError(f"Sleutel {number} is een gedeeld geheim; geef een publieke sleutel.")
    if key.is_private:
        raise ClientKeysError(f"Sleutel {number} is een privésleutel. Deel die met niemand; geef de publieke sleutel.")
    if not _strong(key) or key.alg not in (None, *ALGORITHMS_OF[key.key_type]) or key.get("use") not in (None, "sig"):
        raise ClientKeysError(
            f"Sleutel {number} past niet: gebruik Ed25519, P-256 of RSA van minstens {SHORTEST_RSA} bits,"
            f" om te ondertekenen met {', '.join(ASSERTION_ALGORITHMS)}."
        )
    return key


def _strong(key: Key) -> bool:
    if isinstance(key, OKPKey):
        return key.curve_name == "Ed25519"
    if isinstance(key, ECKey):
        return key.curve_name == "P-256"
    return isinstance(key, RSAKey) and key.public_key.key_size >= SHORTEST_RSA
