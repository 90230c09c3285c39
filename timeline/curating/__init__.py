"""From documents to curated rows: what a curator has decided and done, and who else works on the table."""
