"""The checker within a page of a council's own website."""
