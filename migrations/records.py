"""Every module that describes tables: what the migrations must build."""

import desk.advisers.records
import desk.board.records
import desk.cases.records
import desk.cases.records.windows
import desk.incidents.records
import desk.messages.records
import desk.reminders.records
import desk.windows.enterprise.records
import desk.windows.petitions.records
import desk.windows.village_accounts.records
import duty_roster.records
import duty_roster.records.log
import kernel.attempts
import kernel.audit.records
import kernel.calendar.records
import kernel.editions
import kernel.staff.records
import kernel.town.records
import kernel.web.records
import kernel.work.records
import services_catalog.records
import services_catalog.records.cards
import services_catalog.records.words

ALL_RECORDS = (
    desk.advisers.records,
    desk.board.records,
    desk.cases.records,
    desk.cases.records.windows,
    desk.incidents.records,
    desk.messages.records,
    desk.reminders.records,
    desk.windows.enterprise.records,
    desk.windows.petitions.records,
    desk.windows.village_accounts.records,
    duty_roster.records,
    duty_roster.records.log,
    kernel.attempts,
    kernel.audit.records,
    kernel.calendar.records,
    kernel.editions,
    kernel.staff.records,
    kernel.town.records,
    kernel.web.records,
    kernel.work.records,
    services_catalog.records,
    services_catalog.records.cards,
    services_catalog.records.words,
)
