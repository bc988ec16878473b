"""What signing and checking a JWT have in common: algorithms pinned by name, times checked against our own clock."""

from collections.abc import Collection, Mapping
from typing import Any

from joserfc.errors import UnsupportedAlgorithmError
from joserfc.jws import JWSRegistry
from joserfc.jwt import ClaimsOption, JWTClaimsRegistry

from register_service.core import clock

# How far another's clock may run ahead of ours. An expiry gets no such grace.
CLOCK_LEEWAY_SECONDS = 30


class PinnedAlgorithms(JWSRegistry):
    """Exactly the algorithms named, whatever joserfc recommends (it warns of `EdDSA`, which everyone still speaks)."""

    def __init__(self, names: Collection[str]) -> None:
        super().__init__(algorithms=names)
        self._pinned = {name: self.algorithms[name] for name in names}

    def get_alg(self, name: str) -> Any:
        """Give the algorithm of this name. Raises UnsupportedAlgorithmError for any that is not pinned."""
        if name not in self._pinned:
            raise UnsupportedAlgorithmError(f"Algorithm of '{name}' is not allowed")
        return self._pinned[name]


def epoch() -> int:
    """Give the present moment in whole seconds since 1970, as JWTs count."""
    return int(clock.now().timestamp())


class _GracedRegistry(JWTClaimsRegistry):
    """Claims checked to the second, but with some grace for a sender whose clock runs ahead."""

    def validate_iat(self, value: object) -> None:
        """Check that the token was not made in the future."""
        JWTClaimsRegistry(self.now, CLOCK_LEEWAY_SECONDS).validate({"iat": value})

    def validate_nbf(self, value: object) -> None:
        """Check that the token already holds."""
        JWTClaimsRegistry(self.now, CLOCK_LEEWAY_SECONDS).validate({"nbf": value})


def check_claims(claims: dict[str, Any], required: Mapping[str, ClaimsOption]) -> None:
    """Check `required` claims, and that the token has begun and not ended. Raises JoseError (RFC 7519, section 4.1)."""
    _GracedRegistry(epoch(), 0, **required).validate(claims)
