"""The timeline of a traject in words. Pure: rows of the journal in, Dutch sentences out."""
