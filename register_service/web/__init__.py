"""Pages: templates over queries and services, for persons who signed in."""
