"""Pages of an auditor: the reports."""
