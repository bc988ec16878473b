"""The reports, one file each, in the order in which they are shown."""

from register_service.rapportages.dataset import Dataset
from register_service.rapportages.datasets.inductie import INDUCTIE

DATASETS: tuple[Dataset, ...] = (INDUCTIE,)
BY_NAME = {dataset.naam: dataset for dataset in DATASETS}
