"""All the commands, in their groups."""

from app.cli import (  # noqa: F401 - each adds its commands to a group
    acceptance,
    comparisons,
    council_documents,
    demonstration,
    impact,
    proofs,
    reading,
    schemas,
    sources,
)
from app.cli.councils import councils
from app.cli.desk import desk
from app.cli.receipts import receipts
from app.cli.rules import rules
from app.cli.tallies import tallies
from app.cli.translations import translations

GROUPS = (rules, receipts, councils, tallies, translations, desk)
