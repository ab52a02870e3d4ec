"""Surveys on paper: the form that is printed, and the sheets that come back and are typed in, in batches.

A question has a number, and so has each box that can be ticked. People see them in print, staff type them.
"""
