"""Rules of reports: tables, disclosure control, survival. Pure."""
