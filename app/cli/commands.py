"""All the commands, in their groups."""

from app.cli import acceptance, comparisons, proofs, reading, schemas  # noqa: F401 - each adds its commands to the group of the rules
from app.cli.receipts import receipts
from app.cli.rules import rules

GROUPS = (rules, receipts)
