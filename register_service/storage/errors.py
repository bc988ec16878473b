"""What can go wrong with a bewijsstuk that nobody did wrong: come back in a moment."""

from register_service.core.errors import Unavailable


class StorageUnavailable(Unavailable):
    """503: the folder or the bucket cannot be written or read now; nothing was kept."""

    code = "opslag-niet-beschikbaar"
    text = "De opslag van bewijsstukken is even niet bereikbaar; er is niets vastgelegd. Probeer het zo opnieuw."


class ScannerUnavailable(Unavailable):
    """503: the scanner cannot look now, and nothing is kept that was not looked at."""

    code = "virusscan-niet-beschikbaar"
    text = "De virusscanner is even niet bereikbaar; zonder scan bewaren we niets. Probeer het zo opnieuw."
