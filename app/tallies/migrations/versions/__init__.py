"""One file for each change, in order. None is altered once it was run anywhere."""
