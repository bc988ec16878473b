"""No hidden count of any table can be worked out, nor bounded more narrowly than 0 to 4: an attack that knows the method."""

from hypothesis import HealthCheck, given, settings

from register_service.rapportages.rules.afscherming import afschermen
from register_service.rapportages.rules.tabel import Tabel
from tests.rapportages.attack import attack
from tests.rapportages.tabellen import tabellen


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(tabellen())
def test_nothing_hidden_can_be_worked_out(tabel: Tabel) -> None:
    assert attack(afschermen(tabel)) == []
