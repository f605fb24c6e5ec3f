"""What all pages share: the sealed state, headers, errors, languages and the log."""
