"""Pabulib's `.pb` files: the open standard for votes on a participatory budget.

Source: Stolicki, Szufa and Talmon, Pabulib: A Participatory Budgeting Library, 2020; pabulib.org/format.
"""

from ideation.pabulib.model import PbFile, PbProject, PbVote, VoteType
from ideation.pabulib.reading import read_pb
from ideation.pabulib.writing import write_pb

__all__ = ["PbFile", "PbProject", "PbVote", "VoteType", "read_pb", "write_pb"]
