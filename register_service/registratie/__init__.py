"""Registratie and herregistratie: periods, progress, notices, steekproef and public verification."""
