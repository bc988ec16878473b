"""The forms a report comes in: renderers know nothing of reports."""
