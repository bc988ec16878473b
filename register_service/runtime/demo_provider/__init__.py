"""A provider of OpenID Connect for the demo: whoever comes chooses who to be. It listens on this machine only.

`register run` starts it beside the embedded PostgreSQL, and for another database only when DEMO_AANMELDEN=1 asks for it.
"""

from typing import Final

CLIENT_ID: Final = "register"
