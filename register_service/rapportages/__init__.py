"""Reports: datasets, what they hide, and the forms they come in."""
