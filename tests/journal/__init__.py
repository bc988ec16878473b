"""Tests of the journal: sealing, proofs, checking."""
