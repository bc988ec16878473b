"""Activiteiten of leraren, their bewijsstukken, and the judgement of a validator."""
