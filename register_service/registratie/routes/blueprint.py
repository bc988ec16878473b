"""The one blueprint of the slice, which its modules of routes share."""

from register_service.api.operation import RegisterBlueprint

blueprint = RegisterBlueprint(
    "registratie", __name__, "Registratie en herregistratie: perioden, voortgang, steekproeven en openbare verificatie"
)
