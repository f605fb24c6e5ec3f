"""What changes the shape of the database, in order. Alembic runs these."""
