"""The brand studio: council staff choose how their pages look, see them, and take their folder away. Keeps nothing."""
