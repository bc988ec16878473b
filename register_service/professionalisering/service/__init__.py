"""Writes of activiteiten. The edge opens the transaction; nothing here commits. Who writes holds the row of the activiteit."""
