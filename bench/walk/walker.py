"""乱走的人: presses buttons by dice on a real database, and looks after each press."""

import random
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import timedelta

import sqlalchemy as sa
from sqlalchemy.exc import SQLAlchemyError

from bench.walk import invariants
from bench.walk.amends import AMENDS
from bench.walk.verbs import VERBS, Press, Verb, a_correction, passes, register
from desk.cases.records import Case
from kernel.clock import FixedClock
from kernel.errors import Refusal
from kernel.web.house import House

#: cases that are still walked about with; each is left when this many newer ones are there
AT_HAND = 25
#: minutes between two presses, at most
LONGEST_WAIT = 240
REGISTERS, PASSES, CORRECTS = 0.06, 0.05, 0.004
LOOK_AT_ALL = 100
Table = dict[str, tuple[Verb, int]]


@dataclass
class Walk:
    """A walk: what was pressed how often, what was refused, and what was found wrong."""

    here: House
    clock: FixedClock
    dice: random.Random
    table: Table = field(default_factory=lambda: {**VERBS, **AMENDS})
    pressed: Counter[str] = field(default_factory=Counter)
    refused: Counter[str] = field(default_factory=Counter)
    wrong: Counter[str] = field(default_factory=Counter)
    _cases: list[int] = field(default_factory=list)
    _lights: invariants.Lights = field(default_factory=dict)

    def go(self, steps: int) -> "Walk":
        """Take so many steps."""
        for step in range(1, steps + 1):
            self.clock.at += timedelta(minutes=self.dice.randrange(LONGEST_WAIT))
            self._step()
            if step % LOOK_AT_ALL == 0 or step == steps:
                self._look_at_all()
        return self

    def _step(self) -> None:
        press, lot = Press(self.here, self.dice), self.dice.random()
        if not self._cases or lot < REGISTERS:
            self._register(press)
        elif lot < REGISTERS + PASSES:
            self._outside(lambda: passes(press), "pass")
        elif lot < REGISTERS + PASSES + CORRECTS:
            self._outside(lambda: a_correction(press), "correction")
            self._look_at_all()
        else:
            self._press(press)

    def _register(self, press: Press) -> None:
        with self.here.writing() as session:
            self._cases.append(register(press, session).id)
        del self._cases[:-AT_HAND]
        self.pressed["register"] += 1

    def _outside(self, work: Callable[[], object], name: str) -> None:
        self.pressed[name] += 1
        try:
            work()
        except Refusal:
            self.refused[name] += 1

    def _press(self, press: Press) -> None:
        name = self.dice.choices(list(self.table), [one[1] for one in self.table.values()])[0]
        number = self.dice.choice(self._cases)
        with self.here.reading() as session:
            case = session.get_one(Case, number)
            before, told = case.stage, invariants.history(session, case)
            shown = invariants.lights(session, case)
        self.pressed[name] += 1
        try:
            with self.here.writing() as session:
                self.table[name][0](press, session, session.get_one(Case, number))
        except Refusal:
            self.refused[name] += 1
        except SQLAlchemyError as broken:
            self.wrong[f"{type(broken).__name__}, by {name}"] += 1
        with self.here.reading() as session:
            case = session.get_one(Case, number)
            self._note(invariants.of_a_move(before, case.stage), name)
            if invariants.history(session, case)[: len(told)] != told:
                self.wrong[f"a line of the timeline was changed, by {name}"] += 1
            self._note(invariants.of_lights(shown, invariants.lights(session, case)), name)
            calendar = self.here.calendar(session)
            self._note(invariants.of_a_case(session, case, calendar), name)

    def _look_at_all(self) -> None:
        with self.here.reading() as session:
            calendar = self.here.calendar(session)
            for case in session.scalars(sa.select(Case)):
                self._note(invariants.of_a_case(session, case, calendar), "anybody")
            shown = invariants.lights(session)
            self._note(invariants.of_lights(self._lights, shown), "anybody")
            self._note(invariants.of_the_town(session), "anybody")
            self._lights = shown

    def _note(self, found: Iterable[str], name: str) -> None:
        for one in found:
            self.wrong[f"{one}, by {name}"] += 1
