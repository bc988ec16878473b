"""The reports, one file each, in the order in which they are shown."""

from register_service.rapportages.dataset import Dataset
from register_service.rapportages.datasets.behoud import BEHOUD
from register_service.rapportages.datasets.gegevenskwaliteit import GEGEVENSKWALITEIT
from register_service.rapportages.datasets.inductie import INDUCTIE
from register_service.rapportages.datasets.professionalisering import PROFESSIONALISERING

DATASETS: tuple[Dataset, ...] = (INDUCTIE, BEHOUD, PROFESSIONALISERING, GEGEVENSKWALITEIT)
BY_NAME = {dataset.naam: dataset for dataset in DATASETS}
