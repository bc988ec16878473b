"""Access tokens: what is accepted, and everything that is not."""

import base64
import json
from typing import Any

import pytest
from joserfc import jwt
from joserfc.jwk import OctKey, OKPKey

from register_service.access import tokens
from register_service.access.jose import epoch
from register_service.access.keys import KeyStore
from register_service.access.scopes import Scope
from register_service.access.tokens import InvalidToken, TokenAuthority
from tests.access.conftest import ISSUER, REGISTRY, MovingClock

SCOPES = {Scope.LERAREN_LEZEN, Scope.AANSTELLINGEN_SCHRIJVEN}


@pytest.fixture
def token(authority: TokenAuthority) -> str:
    return authority.issue_token(client_id="bestuur-41285-ab", role="bestuur", bestuur="41285", scopes=SCOPES)


def sign(authority: TokenAuthority, header: dict[str, Any] | None = None, key: Any = None, **changes: Any) -> str:
    """Sign a token as the authority would, but for `changes` (None leaves a claim out)."""
    signing = authority.keys.signing()
    claims = {
        "iss": ISSUER,
        "aud": f"{ISSUER}/v1",
        "sub": "x",
        "client_id": "x",
        "jti": "1",
        "iat": epoch(),
        "exp": epoch() + 60,
        "scope": "leraren:lezen",
        "soort": "beheer",
        **changes,
    }
    full_header = {"alg": "EdDSA", "typ": "at+jwt", "kid": signing.kid, **(header or {})}
    kept = {name: value for name, value in claims.items() if value is not None}
    return jwt.encode(full_header, kept, key or signing.private, registry=REGISTRY, default_type=None)


def test_a_token_says_who_and_what(authority: TokenAuthority, token: str) -> None:
    claims = authority.verify_token(token)
    assert (claims.client_id, claims.role, claims.bestuur) == ("bestuur-41285-ab", "bestuur", "41285")
    assert claims.scopes == SCOPES
    assert claims.exp - epoch() <= 3600


def test_a_token_follows_rfc_9068(token: str) -> None:
    header, payload = (json.loads(base64.urlsafe_b64decode(part + "==")) for part in token.split(".")[:2])
    assert header.keys() == {"alg", "typ", "kid"}
    assert (header["alg"], header["typ"]) == ("EdDSA", "at+jwt")
    assert {"iss", "exp", "aud", "sub", "client_id", "iat", "jti", "scope"} <= payload.keys()
    assert payload["exp"] - payload["iat"] <= 3600
    assert isinstance(payload["sub"], str)


def test_the_helper_of_these_tests_makes_good_tokens(authority: TokenAuthority) -> None:
    assert authority.verify_token(sign(authority)).client_id == "x"


@pytest.mark.parametrize(
    "changes",
    [
        {"iss": "https://elders.example"},
        {"iss": None},
        {"aud": ISSUER},
        {"aud": ["https://elders.example"]},
        {"aud": None},
        {"exp": None},
        {"exp": "morgen"},
        {"exp": True},
        {"exp": float("nan")},
        {"exp": 10**30},
        {"exp": 4_000_000_000},
        {"iat": None},
        {"iat": 4_000_000_000},
        {"nbf": 4_000_000_000},
        {"nbf": "straks"},
        {"jti": None},
        {"jti": 7},
        {"sub": 7},
        {"client_id": None},
        {"scope": None},
        {"scope": 7},
        {"scope": "alles"},
        {"scope": "open"},
        {"soort": "baas"},
        {"soort": None},
    ],
    ids=repr,
)
def test_wrong_claims_are_refused(authority: TokenAuthority, changes: dict[str, Any]) -> None:
    with pytest.raises(InvalidToken):
        authority.verify_token(sign(authority, **changes))


@pytest.mark.parametrize(
    "header",
    [
        {"typ": "JWT"},
        {"typ": "application/at+jwt"},
        {"kid": "onbekend"},
        {"kid": "../../etc/passwd"},
        {"jwk": {"kty": "OKP", "crv": "Ed25519", "x": "A" * 43}},
        {"cty": "JWT"},
    ],
    ids=repr,
)
def test_wrong_headers_are_refused(authority: TokenAuthority, header: dict[str, Any]) -> None:
    with pytest.raises(InvalidToken):
        authority.verify_token(sign(authority, header))


def test_another_key_under_our_kid_is_refused(authority: TokenAuthority) -> None:
    with pytest.raises(InvalidToken, match="handtekening"):
        authority.verify_token(sign(authority, key=OKPKey.generate_key("Ed25519")))


def test_our_public_key_as_an_hmac_secret_is_refused(authority: TokenAuthority) -> None:
    # joserfc refuses the PEM itself as a secret; the bare bytes stand in for every other form.
    public = authority.keys.signing().private.as_dict(private=False)["x"]
    assert isinstance(public, str)
    secret = OctKey.import_key(base64.urlsafe_b64decode(public + "="))
    with pytest.raises(InvalidToken):
        authority.verify_token(sign(authority, {"alg": "HS256"}, key=secret))


@pytest.mark.parametrize("algorithm", ["none", "None", "NONE", "HS256", "Ed25519", "ES256", "", None, 7])
def test_no_other_algorithm_is_accepted(authority: TokenAuthority, token: str, algorithm: Any) -> None:
    header = {"alg": algorithm, "typ": "at+jwt", "kid": authority.keys.signing().kid}
    encoded = base64.urlsafe_b64encode(json.dumps(header).encode()).decode().rstrip("=")
    _, payload, signature = token.split(".")
    for last in (signature, ""):
        with pytest.raises(InvalidToken):
            authority.verify_token(f"{encoded}.{payload}.{last}")


def test_every_changed_character_is_noticed(authority: TokenAuthority, token: str) -> None:
    start = token.index(".") + 1
    # The very last character carries four bits that say nothing; it is left out.
    for place in range(start, len(token) - 1, 7):
        other = "A" if token[place] != "A" else "B"
        with pytest.raises(InvalidToken):
            authority.verify_token(token[:place] + other + token[place + 1 :])


@pytest.mark.parametrize("raw", ["", "a", "a.b", "a.b.c", "....", "é.é.é", "\x00", "a" * 5000, "\ud800", "W10.W10.W10"])
def test_what_is_no_token_is_refused(authority: TokenAuthority, raw: str) -> None:
    with pytest.raises(InvalidToken):
        authority.verify_token(raw)


@pytest.mark.parametrize("payload", [b"[]", b"null", b"7", b"{", b"\xff", b"[" * 3000])
def test_a_signed_payload_that_is_no_object_is_refused(authority: TokenAuthority, payload: bytes) -> None:
    from joserfc import jws

    signing = authority.keys.signing()
    header = {"alg": "EdDSA", "typ": "at+jwt", "kid": signing.kid}
    raw = jws.serialize_compact(header, payload, signing.private, registry=REGISTRY)
    with pytest.raises(InvalidToken):
        authority.verify_token(raw)


def test_the_sender_may_be_half_a_minute_ahead(authority: TokenAuthority) -> None:
    authority.verify_token(sign(authority, iat=epoch() + 20, nbf=epoch() + 20))
    with pytest.raises(InvalidToken):
        authority.verify_token(sign(authority, iat=epoch() + 60))


def test_a_remembered_token_expires_to_the_second(
    authority: TokenAuthority, moving_clock: MovingClock, keys: KeyStore
) -> None:
    keys.ensure()
    raw = sign(authority)
    authority.verify_token(raw)
    moving_clock.forward(seconds=59)
    authority.verify_token(raw)
    moving_clock.forward(seconds=1)
    with pytest.raises(InvalidToken, match="verlopen"):
        authority.verify_token(raw)
    with pytest.raises(InvalidToken, match="verlopen"):
        TokenAuthority(ISSUER, keys).verify_token(raw)


def test_a_remembered_token_is_not_checked_again(
    authority: TokenAuthority, token: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = authority.verify_token(token)
    monkeypatch.setattr(tokens.jwt, "decode", lambda *_: pytest.fail("checked again"))
    assert authority.verify_token(token) is first


def test_memory_of_tokens_is_bounded(authority: TokenAuthority, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tokens, "REMEMBERED_TOKENS", 3)
    made = [sign(authority, jti=str(number)) for number in range(5)]
    for raw in made:
        authority.verify_token(raw)
    assert len(authority._remembered) == 3
    assert [authority.verify_token(raw).jti for raw in made] == ["0", "1", "2", "3", "4"]


def test_a_refused_token_is_not_remembered(authority: TokenAuthority) -> None:
    with pytest.raises(InvalidToken):
        authority.verify_token(sign(authority, aud="elders"))
    assert authority._remembered == {}


def test_a_token_of_another_installation_is_refused(keys: KeyStore, token: str) -> None:
    with pytest.raises(InvalidToken):
        TokenAuthority("https://elders.example", keys).verify_token(token)


def test_no_lifetime_beyond_an_hour(keys: KeyStore) -> None:
    from datetime import timedelta

    with pytest.raises(ValueError):
        TokenAuthority(ISSUER, keys, lifetime=timedelta(hours=1, seconds=1))


def test_the_answer_is_a_challenge_in_ascii(authority: TokenAuthority) -> None:
    with pytest.raises(InvalidToken) as caught:
        authority.verify_token("x")
    challenge = caught.value.headers["WWW-Authenticate"]
    assert challenge.startswith("Bearer ")
    assert 'error="invalid_token"' in challenge
    assert challenge.isascii()
