"""A training room: a trainer shows cases, the room votes, the rules answer. Nothing here knows the web.

`steps` is the rhythm of a case, `room` what a room is at one moment, `tally` what was voted, `store` where it is kept,
`stage` what is to be seen, `record` what is left afterwards.
"""
