"""Tables of the professionaliseringsactiviteit and its bewijsstukken (domain.md, Professionaliseringsactiviteit)."""

import uuid
from datetime import date
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from register_service.aanbod.models import Verdeeld, verdeling_checks
from register_service.core.model import Base, Registered


class Status(StrEnum):
    """States of an activiteit."""

    CONCEPT = "concept"
    INGEDIEND = "ingediend"
    GOEDGEKEURD = "goedgekeurd"
    AFGEWEZEN = "afgewezen"
    INGETROKKEN = "ingetrokken"


class GemeldDoor(StrEnum):
    """Who reported an activiteit."""

    LERAAR = "leraar"
    BESTUUR = "bestuur"
    AANBIEDER = "aanbieder"


class Mediatype(StrEnum):
    """What a bewijsstuk can be, by its content."""

    PDF = "application/pdf"
    PNG = "image/png"
    JPEG = "image/jpeg"


class Activiteit(Verdeeld, Registered, Base):
    """What a leraar did to keep professionalising.

    `bestuur` is the one that reported it, or null; `gedeeld` whether the leraar shows it to employers that did not.
    `beoordeeld_door` is the registratienummer of the validator; null when approved through its aanbod. `ingetrokken_door`: the
    role of who withdrew it, which PostgreSQL fills in.
    """

    __tablename__ = "activiteit"
    __table_args__ = (
        *verdeling_checks(),
        UniqueConstraint("id", "leraar", name="activiteit_leraar_key"),
        CheckConstraint(f"status in ({', '.join(repr(s.value) for s in Status)})", name="status"),
        CheckConstraint(f"gemeld_door in ({', '.join(repr(g.value) for g in GemeldDoor)})", name="gemeld_door"),
        CheckConstraint("einddatum >= begindatum", name="periode"),
        CheckConstraint("(gemeld_door = 'bestuur') = (bestuur is not null)", name="bestuur"),
        CheckConstraint("gemeld_door <> 'aanbieder' or aanbod is not null", name="aanbod"),
        CheckConstraint("status not in ('goedgekeurd', 'afgewezen') or beoordeeld_op is not null", name="beoordeeld"),
        CheckConstraint(
            "status not in ('concept', 'ingediend') or coalesce(beoordeeld_op::text, beoordeeld_door, afwijzing) is null",
            name="onbeoordeeld",
        ),
        CheckConstraint("status <> 'afgewezen' or afwijzing is not null", name="afwijzing"),
        CheckConstraint("status <> 'ingediend' or ingediend_op is not null", name="ingediend"),
        CheckConstraint(
            "ingetrokken_door in ('leraar', 'bestuur', 'aanbieder', 'beheer')",
            name="ingetrokken_door",
        ),
        # Who was at aanbod has what was judged of that, and nobody judges it again.
        CheckConstraint(
            "aanbod is null or status in ('goedgekeurd', 'ingetrokken') and beoordeeld_door is null and gemeld_door <> 'leraar'",
            name="aanwezig",
        ),
        # Who was there is there once; what the leraar withdrew does not come back by itself.
        Index(
            "activiteit_aanwezig_key",
            "aanbod",
            "leraar",
            "begindatum",
            unique=True,
            postgresql_where=text("status <> 'ingetrokken' or ingetrokken_door = 'leraar'"),
        ),
        Index("activiteit_aanbod_idx", "aanbod", postgresql_where=text("aanbod is not null")),
        Index("activiteit_leraar_idx", "leraar", "einddatum"),
        # With what reports ask, which go through everybody in this order.
        Index(
            "activiteit_rapport_idx",
            "leraar",
            "einddatum",
            postgresql_include=[
                "beoordeeld_op",
                "soort",
                "vakinhoudelijk",
                "vakdidactisch",
                "pedagogisch",
                "overig",
                "bestuur",
            ],
            postgresql_where=text("status = 'goedgekeurd'"),
        ),
        Index("activiteit_ingediend_idx", "ingediend_op", "id", postgresql_where=text("status = 'ingediend'")),
    )

    leraar: Mapped[str] = mapped_column(ForeignKey("leraar.registratienummer"))
    gemeld_door: Mapped[str]
    bestuur: Mapped[str | None] = mapped_column(ForeignKey("bestuur.nummer"))
    aanbod: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("aanbod.id"))
    aanbieder: Mapped[str | None]
    begindatum: Mapped[date]
    einddatum: Mapped[date]
    status: Mapped[str] = mapped_column(default=Status.CONCEPT.value, server_default="concept")
    ingediend_op: Mapped[date | None]
    beoordeeld_op: Mapped[date | None]
    beoordeeld_door: Mapped[str | None]
    afwijzing: Mapped[str | None]
    gedeeld: Mapped[bool] = mapped_column(server_default=text("false"), default=False)
    ingetrokken_door: Mapped[str | None]


class Bewijsstuk(Registered, Base):
    """A file that shows an activiteit was done; its content lies in the storage under `sha256` (hexadecimal)."""

    __tablename__ = "bewijsstuk"
    __table_args__ = (
        ForeignKeyConstraint(
            ["activiteit", "leraar"], ["activiteit.id", "activiteit.leraar"],
            name="bewijsstuk_activiteit_fkey", deferrable=True, initially="DEFERRED",
        ),
        UniqueConstraint("activiteit", "sha256", name="bewijsstuk_inhoud_key"),
        CheckConstraint(f"mediatype in ({', '.join(repr(m.value) for m in Mediatype)})", name="mediatype"),
        CheckConstraint("sha256 ~ '^[0-9a-f]{64}$'", name="sha256"),
        CheckConstraint("grootte > 0", name="grootte"),
        Index("bewijsstuk_sha256_idx", "sha256"),
    )  # fmt: skip

    leraar: Mapped[str]
    activiteit: Mapped[uuid.UUID]
    sha256: Mapped[str]
    mediatype: Mapped[str]
    grootte: Mapped[int]
    bestandsnaam: Mapped[str | None]
