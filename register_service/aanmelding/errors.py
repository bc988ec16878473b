"""What can go wrong between a browser, a provider and us. `reason` is for the log: a word, never what somebody sent."""


class SignInFailed(Exception):
    """Somebody could not be signed in, and may try again."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class ProviderUnavailable(SignInFailed):
    """The provider is down, slow, or gives no answer that means anything."""


class ProviderRefused(SignInFailed):
    """The provider did not sign somebody in: it says so, or what it says does not hold."""


class StateUnknown(SignInFailed):
    """This browser did not begin this, began it too long ago, or has been back already."""


class NotForThem(SignInFailed):
    """The provider says who it is, and its people of this kind cannot come in here."""
