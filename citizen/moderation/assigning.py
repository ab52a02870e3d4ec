"""Who looks at a text. Nothing here commits."""

from citizen.accounts.models import User
from citizen.core import audit
from citizen.core.audit import Actor
from citizen.moderation.models import ModerationItem


def assign(item: ModerationItem, person: User | None, *, by: Actor) -> None:
    """Give the text to somebody, or back to everybody. Others may still decide on it."""
    item.assigned_to_id = person.id if person else None
    item.assigned_to = person.shown_name if person else ""
    audit.record("assigned a text", f"text {item.id}", by=by, city_id=item.city_id, to=item.assigned_to_id)
