"""One filled-in questionnaire: from what was typed to values, and from values to what is wrong with them.

The values of a sheet stand in one dict by code, in the shapes that `Kind` names; the line beside "other" stands under
"<code>.other". What was typed stands by the name of its field, in a `Typed`, until it is right: nothing typed is lost.
"""
