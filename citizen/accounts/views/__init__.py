"""The pages of people: signing in, and their account."""

from citizen.accounts.views import account, proofs, sign_in
from citizen.accounts.views.pages import bp

__all__ = ["account", "bp", "proofs", "sign_in"]
