"""Every table of the project in one metadata, for migrations and for the glossary test."""

from register_service.aanbod import models as aanbod
from register_service.aanmelding import models as aanmelding
from register_service.aanstellingen import models as aanstellingen
from register_service.access import models as access
from register_service.bevoegdheden import models as bevoegdheden
from register_service.core.model import Base
from register_service.inductie import models as inductie
from register_service.journal import models as journal
from register_service.leraren import models as leraren
from register_service.organisaties import models as organisaties
from register_service.professionalisering import models as professionalisering
from register_service.regelingen import models as regelingen
from register_service.registratie import models as registratie

MODULES = (
    aanbod,
    aanmelding,
    aanstellingen,
    access,
    bevoegdheden,
    inductie,
    journal,
    leraren,
    organisaties,
    professionalisering,
    regelingen,
    registratie,
)
metadata = Base.metadata
