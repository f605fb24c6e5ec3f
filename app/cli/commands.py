"""All the commands, in their groups."""

from app.cli import acceptance, comparisons, proofs, reading, schemas, sources  # noqa: F401 - each adds its commands to a group
from app.cli.councils import councils
from app.cli.receipts import receipts
from app.cli.rules import rules

GROUPS = (rules, receipts, councils)
