"""账号与会话: what is done to them, on both databases."""

from datetime import timedelta

import pyotp
import pytest
import sqlalchemy as sa
from cryptography.exceptions import InvalidTag
from sqlalchemy.orm import Session

from kernel.access import HOUSE, Role
from kernel.audit.queries import about
from kernel.clock import FixedClock
from kernel.errors import InvalidInput
from kernel.staff import actions, queries, rules
from kernel.staff.actions import Account, Browser, Login
from kernel.staff.records import Staff, StaffSession
from kernel.vault import token_hash
from kernel.web.house import House
from tests.builders import clerk

GOOD, CODE = "九月的桂花落在旧船上", "abcde-fghjk"
BROWSER = Browser("Firefox", "f" * 40, "")


def hire(session: Session, here: House, username: str = "wang_fang", *roles: Role) -> Staff:
    held = frozenset(roles or (Role.COUNTER,))
    return actions.add(
        session, Account(username, "示例王方", "窗口", held), HOUSE, CODE, here.now()
    )


def login(username: str = "wang_fang", password: str = CODE, **other: object) -> Login:
    values = {"code": "", "address": "192.0.2.7", "device": "", "is_local": False, **other}
    return Login(username=username, password=password, **values)  # type: ignore[arg-type]


def test_an_account_is_opened_with_a_code_that_is_kept_as_a_hash(here: House) -> None:
    with here.writing() as session:
        staff = hire(session, here)
        assert staff.code_until == here.now() + rules.CODE_LASTS
        assert CODE not in staff.password_hash
        told = [(entry.verb, entry.facts) for entry in about(session, f"staff:{staff.id}")]
    assert told == [("staff.added", '{"roles":["counter"]}')]


def test_no_two_accounts_have_one_username_whatever_its_letters(here: House) -> None:
    with here.writing() as session:
        hire(session, here)
    with pytest.raises(rules.UsernameTaken, match="wang_fang"), here.writing() as session:
        hire(session, here, " Wang_Fang ")


@pytest.mark.parametrize("roles", [(), (Role.BOOKKEEPER, Role.CASHIER)])
def test_an_account_that_may_not_be_is_not_opened(roles: tuple[Role, ...], here: House) -> None:
    account = Account("wang_fang", "示例王方", "", frozenset(roles))
    with pytest.raises((InvalidInput, rules.RolesClash)), here.writing() as session:
        actions.add(session, account, HOUSE, CODE, here.now())
    with here.reading() as session:
        assert queries.by_username(session, "wang_fang") is None


def test_initial_codes_are_never_the_same_and_easy_to_read_out() -> None:
    codes = {actions.new_initial_code() for _ in range(500)}
    assert len(codes) == 500
    assert not set("".join(codes)) & set("iloIO01")


@pytest.mark.parametrize(
    ("typed", "refusal"),
    [
        (login(password="wrong"), rules.WrongLogin),
        (login(username="nobody"), rules.WrongLogin),
        (login("counter1", rules.SAMPLE_PASSWORD), rules.SampleFromElsewhere),
    ],
)
def test_a_login_that_is_none_is_refused(
    typed: Login, refusal: type[Exception], here: House
) -> None:
    with here.writing() as session:
        hire(session, here)
    with pytest.raises(refusal), here.reading() as session:
        actions.check_login(session, typed, here.now())
    with here.reading() as session:
        assert actions.check_login(session, login(), here.now()).username == "wang_fang"


def test_a_code_of_yesterday_is_refused_and_a_chosen_password_never_ages(
    here: House, clock: FixedClock
) -> None:
    with here.writing() as session:
        hire(session, here)
    clock.at += timedelta(hours=24, seconds=1)
    with pytest.raises(rules.CodeExpired), here.reading() as session:
        actions.check_login(session, login(), here.now())
    with here.writing() as session:
        staff = queries.by_username(session, "wang_fang")
        assert staff is not None
        actions.choose_password(session, staff, GOOD, [], here.now())
    clock.at += timedelta(days=400)
    with here.reading() as session:
        assert actions.check_login(session, login(password=GOOD), here.now())


def test_a_session_is_found_by_its_token_in_either_letter_case_and_by_nothing_else(
    here: House,
) -> None:
    with here.writing() as session:
        token = actions.enter(session, hire(session, here), BROWSER, here.now())
    with here.reading() as session:
        for known in (token, token.upper()):
            found = queries.open_session(session, token_hash(known))
            assert found is not None
            assert (found.actor.name, found.must_choose_password) == ("示例王方", True)
        assert queries.open_session(session, token_hash(token[:-1])) is None
        assert queries.open_session(session, token.encode()) is None


def test_entering_again_ends_the_session_the_browser_had_and_no_other(here: House) -> None:
    with here.writing() as session:
        staff = hire(session, here)
        first, elsewhere = (actions.enter(session, staff, BROWSER, here.now()) for _ in "ab")
        again = Browser("Firefox", "f" * 40, first)
        second = actions.enter(session, staff, again, here.now())
        kept = set(session.scalars(sa.select(StaffSession.token_hash)))
    assert kept == {token_hash(elsewhere), token_hash(second)}


def test_sessions_that_are_over_anyway_are_forgotten(here: House, clock: FixedClock) -> None:
    with here.writing() as session:
        staff = hire(session, here)
        actions.enter(session, staff, BROWSER, here.now())
    clock.at += timedelta(hours=11)
    with here.writing() as session:
        young = actions.enter(session, staff, BROWSER, here.now())
    clock.at += timedelta(hours=2)
    with here.writing() as session:
        actions.forget_old_sessions(session, here.now())
        assert list(session.scalars(sa.select(StaffSession.token_hash))) == [token_hash(young)]


def test_a_second_factor_is_sealed_for_this_account_alone(here: House, clock: FixedClock) -> None:
    secret = pyotp.random_base32()
    with here.writing() as session:
        one, other = hire(session, here), hire(session, here, "li_na")
        actions.set_up_totp(session, one, secret, pyotp.TOTP(secret).at(clock.at), here.now())
        assert one.totp_sealed is not None
        assert secret not in one.totp_sealed
        other.totp_sealed = one.totp_sealed
        clock.at += timedelta(seconds=60)
        code = pyotp.TOTP(secret).at(clock.at)
        actions.check_code(session, one, code, here.now())
        with pytest.raises(InvalidTag):
            actions.check_code(session, other, code, here.now())
        session.rollback()


def test_the_last_administrator_can_neither_be_closed_nor_stripped(here: House) -> None:
    with here.writing() as session:
        admin = queries.by_username(session, "admin")
        assert admin is not None
        actor = clerk(session, "admin")
        with pytest.raises(rules.LastAdministrator):
            actions.disable(session, admin, actor, here.now())
        with pytest.raises(rules.LastAdministrator):
            actions.set_roles(session, admin, frozenset({Role.COUNTER}), actor, here.now())
        second = hire(session, here, "wang_fang", Role.ADMIN)
        actions.disable(session, admin, actor, here.now())
        with pytest.raises(rules.LastAdministrator):
            actions.disable(session, second, actor, here.now())


def test_a_role_that_stays_survives_a_change_of_roles(here: House) -> None:
    with here.writing() as session:
        staff = hire(session, here, "wang_fang", Role.COUNTER, Role.ADVISER)
        number = staff.id
    for roles in ({Role.COUNTER, Role.HEAD}, {Role.COUNTER}, {Role.ADVISER}):
        with here.writing() as session:
            staff = queries.by_id(session, number)
            actions.set_roles(session, staff, frozenset(roles), HOUSE, here.now())
        with here.reading() as session:
            held = {entry.role for entry in queries.by_id(session, number).roles}
            assert held == roles
