"""The rules of the registratie (domain.md, Registratie en herregistratie). Pure: facts and a day in, a course or violations out.

`facts` is what went in, `tally` what of it counts in a stretch of days, `course` the periods and the statuses that follow,
`voortgang` how far somebody is with the period of a day, `meldingen` which notice falls due, `checks` what may not be.
Dates are inclusive. Days are days: what was decided on a day counts on that day.
"""
