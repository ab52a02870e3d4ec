"""Several at the same moment: one code, one link and one last admin."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

from sqlalchemy import func, select

from citizen.accounts import actions, factor, links
from citizen.accounts.links import Purpose
from citizen.accounts.models import Membership, Role, User
from citizen.core.audit import COMMAND_LINE
from citizen.core.db import db
from citizen.core.errors import Refused
from tests.accounts.makers import code_of, make_colleague
from tests.makers import make_staff

PEOPLE = 8


def at_once(app, act: Callable[[int], bool]) -> list[bool]:
    """Do the act from several threads, each with its own connection and its own commit."""

    def alone(number: int) -> bool:
        with app.app_context():
            outcome = act(number)
            db.session.commit()
            return outcome

    db.session.commit()
    with ThreadPoolExecutor(PEOPLE) as pool:
        return list(pool.map(alone, range(PEOPLE)))


def test_one_code_is_accepted_once(app, city):
    bruno = make_colleague(city)
    number, code = bruno.id, code_of(bruno)
    assert sum(at_once(app, lambda _: factor.accept_code(db.session.get(User, number), code))) == 1


def test_one_recovery_code_is_accepted_once(app, city):
    bruno = make_colleague(city)
    number, codes = bruno.id, factor.new_recovery_codes(bruno)
    accept = factor.accept_recovery_code
    assert sum(at_once(app, lambda _: accept(db.session.get(User, number), codes[0]))) == 1


def test_one_link_is_used_once(app):
    key = links.make_link(Purpose.SIGN_IN, "ana@example.org", timedelta(minutes=1))

    def use(_number: int) -> bool:
        found = links.find_link(Purpose.SIGN_IN, key)
        return found is not None and links.use_link(found)

    assert sum(at_once(app, use)) == 1


def test_one_address_makes_one_account(app):
    at_once(app, lambda _: actions.find_or_add_person("ana@example.org") is not None)
    assert db.session.scalar(select(func.count()).select_from(User)) == 1


def test_admins_who_end_each_other_leave_one(app, city):
    numbers = [make_staff(city, Role.ADMIN).id for _ in range(PEOPLE)]
    place = city.id

    def end(number: int) -> bool:
        try:
            actions.end_role(db.session.get(Membership, (place, numbers[number])), by=COMMAND_LINE)
        except Refused:
            db.session.rollback()
            return False
        return True

    assert sum(at_once(app, end)) == PEOPLE - 1
