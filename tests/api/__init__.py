"""The API's contract: every route, every answer, and what callers get wrong."""
