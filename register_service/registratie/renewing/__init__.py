"""The daily work of the registratie: what the rules give up to a day is stored, and leraren are told in time what ends.

`concerned` finds about whom there may be something to do, `deciding` (pure) says of one leraar what that is, `batch` does it
for some hundreds in one transaction, `running` goes on until all are done (docs/decisions/renewing-in-batches.md).
"""

from register_service.registratie.renewing.running import Outcome, renew, renewed_up_to

__all__ = ["Outcome", "renew", "renewed_up_to"]
