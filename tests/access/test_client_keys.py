"""The JWK set of a client: public, strong enough, and each key known by its own name."""

import base64
from typing import Any

import pytest
from joserfc.jwk import ECKey, Key, OctKey, OKPKey, RSAKey

from register_service.access.client_keys import ClientKeysError, keys_for, read_client_keys

ED, P256, RSA = OKPKey.generate_key("Ed25519"), ECKey.generate_key("P-256"), RSAKey.generate_key(2048)
WEAK_RSA = {"kty": "RSA", "e": "AQAB", "n": base64.urlsafe_b64encode(b"\xc1" * 128).decode().rstrip("=")}


def public(key: Key, **changes: Any) -> dict[str, Any]:
    return {**key.as_dict(private=False), **changes}


@pytest.mark.parametrize("key", [ED, P256, RSA])
def test_good_keys(key: Key) -> None:
    jwks = read_client_keys({"keys": [public(key, use="sig")], "comment": "wordt niet bewaard"})
    assert jwks.keys() == {"keys"}
    assert "d" not in jwks["keys"][0]


@pytest.mark.parametrize(
    ("jwks", "message"),
    [
        (None, "JWK-set"),
        ([], "JWK-set"),
        ({"keys": []}, "JWK-set"),
        ({"keys": {}}, "JWK-set"),
        ({"keys": [public(ED)] * 11}, "JWK-set"),
        (public(ED), "JWK-set"),
        ({"keys": [7]}, "Sleutel 1 is geen geldige JWK"),
        ({"keys": [{}]}, "Sleutel 1 is geen geldige JWK"),
        ({"keys": [{"kty": "OKP", "crv": "Ed25519", "x": "kort"}]}, "Sleutel 1 is geen geldige JWK"),
        ({"keys": [{"kty": "OKP", "crv": "Ed25519", "x": 7}]}, "Sleutel 1 is geen geldige JWK"),
        ({"keys": [{"kty": "nieuw"}]}, "Sleutel 1 is geen geldige JWK"),
        ({"keys": [ED.as_dict(private=True)]}, "privésleutel"),
        ({"keys": [RSA.as_dict(private=True)]}, "privésleutel"),
        ({"keys": [OctKey.generate_key(256).as_dict(private=True)]}, "gedeeld geheim"),
        ({"keys": [public(OKPKey.generate_key("X25519"))]}, "past niet"),
        ({"keys": [public(OKPKey.generate_key("Ed448"))]}, "past niet"),
        ({"keys": [public(ECKey.generate_key("P-384"))]}, "past niet"),
        ({"keys": [WEAK_RSA]}, "past niet"),
        ({"keys": [public(ED, use="enc")]}, "past niet"),
        ({"keys": [public(RSA, alg="RSA-OAEP")]}, "past niet"),
        ({"keys": [public(ED, alg="RS256")]}, "past niet"),
        ({"keys": [public(ED), public(P256)]}, "eigen 'kid'"),
        ({"keys": [public(ED, kid="a"), public(P256, kid="a")]}, "eigen 'kid'"),
    ],
)
def test_bad_keys(jwks: Any, message: str) -> None:
    with pytest.raises(ClientKeysError, match=message):
        read_client_keys(jwks)


def test_a_key_is_used_with_its_own_algorithms_only() -> None:
    jwks = {"keys": [public(ED, kid="a"), public(RSA, kid="b", alg="PS256"), public(P256, kid="c")]}
    assert [key.kid for key in keys_for(jwks, "EdDSA", None)] == ["a"]
    assert [key.kid for key in keys_for(jwks, "PS256", None)] == ["b"]
    assert keys_for(jwks, "RS256", None) == []
    assert keys_for(jwks, "ES256", "a") == []
    assert keys_for(jwks, "HS256", None) == []
