"""Keys of checks are from 0 to 2 to the power of 30, no longer to 4,096: what was counted keeps its blur."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    """Spreads the sums of keys over the larger range. Sums of councils together are added up anew when asked for."""
    op.execute(sa.text("UPDATE tally SET blur = blur * 262144"))
    op.execute(sa.text("DELETE FROM together"))
