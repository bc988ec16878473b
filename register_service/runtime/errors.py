"""The one error that running can end in."""


class RunError(Exception):
    """The register cannot run here. The text is Dutch, for the person at the terminal, and says what to do."""
