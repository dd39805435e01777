"""Who may open what: the table that the doors are tested against, written by hand.

It is not derived from the code: it says what each post in the hall is for. A page that is not
in it fails the tests, and is closed until it says otherwise.
"""

from typing import Final

from kernel.access import EVERY_ROLE, Role

#: villagers too
EVERYONE: Final = None
STAFF = EVERY_ROLE

#: who takes matters in and works on them
COUNTER = frozenset({Role.COUNTER, Role.DIRECTOR})
#: who answers for the hall or watches over it, and therefore may look
OVERSEERS = frozenset({Role.HEAD, Role.SUPERVISOR, Role.DUTY_LEADER})
#: whoever works at a window, or answers for one
CASE_WORKERS = COUNTER | {
    Role.AGENT,
    Role.REVIEWER,
    Role.BOOKKEEPER,
    Role.CASHIER,
    Role.DUTY_LEADER,
}
#: who may be asked to decide
APPROVERS = frozenset({Role.HEAD, Role.DIRECTOR})
SETTINGS_KEEPERS = APPROVERS | {Role.ADMIN}
CASE_READERS = COUNTER | OVERSEERS | {Role.AGENT, Role.REVIEWER, Role.BOOKKEEPER, Role.CASHIER}
#: who answers for what is promised, and when a light warns
SETTERS = frozenset({Role.DIRECTOR, Role.HEAD})
ADMINISTRATOR = frozenset({Role.ADMIN})
#: who keeps the centre's own lists
CENTRE = frozenset({Role.DIRECTOR, Role.ADMIN})
CATALOGUE_READERS = CENTRE | {Role.COUNTER, Role.HEAD, Role.SUPERVISOR}
CARDS = CENTRE | {Role.COUNTER}
ADVISERS = frozenset({Role.ADVISER})
#: who puts leaders on days
ROSTER = frozenset({Role.DIRECTOR, Role.HEAD, Role.ADMIN})

#: who sits on duty or answers for the hall: the log, and the night of the flood
ON_DUTY = COUNTER | {Role.DUTY_LEADER, Role.HEAD}
#: who hears grievances, who may look, and who alone reads what is for 纪检
PETITIONS = frozenset({Role.DUTY_LEADER, Role.DIRECTOR})
PETITION_READERS = PETITIONS | {Role.HEAD, Role.SUPERVISOR}
DISCIPLINE = frozenset({Role.DISCIPLINE})

#: who walks an enterprise's matters, who answers for the window, who may look
PROJECTS = frozenset({Role.AGENT, Role.DIRECTOR})
PROJECT_KEEPERS = frozenset({Role.DIRECTOR})
PROJECT_READERS = PROJECTS | OVERSEERS
#: who gets obstacles out of the way, who notes what the town paid, who hears complaints
PROJECT_SOLVERS = PROJECTS | {Role.HEAD, Role.DUTY_LEADER}
PROJECT_SPENDERS = PROJECTS | {Role.HEAD}
COMPLAINT_HEARERS = frozenset({Role.DIRECTOR, Role.HEAD, Role.SUPERVISOR})

#: who writes in the villages' books, who checks, who opens them, who looks
BOOKKEEPER, BOOK_CHECKER = frozenset({Role.BOOKKEEPER}), frozenset({Role.REVIEWER})
BOOK_KEEPERS = BOOKKEEPER | {Role.DIRECTOR}
BOOK_READERS = (
    BOOK_KEEPERS
    | BOOK_CHECKER
    | frozenset({Role.CASHIER, Role.VILLAGE_CLERK, Role.HEAD, Role.SUPERVISOR})
)
BOOK_COMPARERS = BOOKKEEPER | BOOK_CHECKER
TOWN_BOOK_READERS = BOOK_READERS - {Role.VILLAGE_CLERK}
#: who brings a village's papers, and who looks them over at the centre
BUNDLE_BRINGERS = frozenset({Role.VILLAGE_CLERK})
BOOK_CENTRE = BOOKKEEPER | BOOK_CHECKER | {Role.CASHIER}
#: who rings up whom a text did not reach
TEXT_WORKERS = COUNTER

POLICY: dict[str, frozenset[Role] | None] = {
    # 值日簿
    **dict.fromkeys(("log.today", "log.page", "log.search", "log.bind"), ON_DUTY | OVERSEERS),
    **dict.fromkeys(("log.write", "log.follow_up", "log.correction", "log.correct"), ON_DUTY),
    **dict.fromkeys(("log.hand_over", "log.take_over", "log.take_back"), ON_DUTY),
    # 突发事件
    "incidents.home": ON_DUTY | OVERSEERS,
    "incidents.one": ON_DUTY | OVERSEERS,
    "incidents.list_pdf": ON_DUTY | OVERSEERS,
    "incidents.list_page": ON_DUTY | OVERSEERS,
    "incidents.report_pdf": ON_DUTY | OVERSEERS,
    "incidents.open_one": ON_DUTY,
    "incidents.call": ON_DUTY,
    "incidents.announce": ON_DUTY,
    "incidents.alarm": ON_DUTY,
    "incidents.note": ON_DUTY,
    "incidents.report": ON_DUTY,
    "incidents.end": ON_DUTY,
    "incidents.link": ON_DUTY,
    "incidents.lists": ROSTER,
    "incidents.add_entry": ROSTER,
    "incidents.remove_entry": ROSTER,
    "incidents.keep_times": ROSTER,
    # 信访窗口
    "petitions.worklist": PETITION_READERS,
    "petitions.find": PETITION_READERS,
    "petitions.case": PETITION_READERS,
    "petitions.paper": PETITION_READERS,
    "petitions.paper_pdf": PETITION_READERS,
    "petitions.new": PETITIONS,
    "petitions.take_in": PETITIONS,
    "petitions.slip": PETITIONS,
    "petitions.accept": PETITIONS,
    "petitions.decline": PETITIONS,
    "petitions.hand_on": PETITIONS,
    "petitions.give_to": PETITIONS,
    "petitions.give_answer": PETITIONS,
    "petitions.note": PETITIONS,
    "petitions.reveal": PETITIONS,
    "petitions.deliver": PETITIONS,
    "petitions.rate": PETITIONS,
    "petitions.ask_for": PETITIONS,
    "petitions.decide_remedy": PETITIONS,
    "petitions.settings": ROSTER,
    "petitions.keep_settings": ROSTER,
    # 村账: the centre and who answers for it; a 报账员 sees the own village's
    **dict.fromkeys(("accounts.listed", "accounts.one", "accounts.chart"), BOOK_READERS),
    **dict.fromkeys(("accounts.month", "accounts.entry"), BOOK_READERS),
    "accounts.book": BOOK_READERS,
    **dict.fromkeys(("accounts.report", "accounts.report_sheet"), BOOK_READERS),
    **dict.fromkeys(("accounts.report_paper",), BOOK_READERS),
    **dict.fromkeys(("accounts.town_report", "accounts.town_report_sheet"), TOWN_BOOK_READERS),
    "accounts.town_report_paper": TOWN_BOOK_READERS,
    **dict.fromkeys(("accounts.opening", "accounts.opening_sheet"), BOOKKEEPER),
    "accounts.take_in": BOOKKEEPER,
    **dict.fromkeys(("accounts.papers_of_month", "accounts.paper_of_month"), BOOK_READERS),
    **dict.fromkeys(("accounts.book_paper", "accounts.book_sheet"), BOOK_READERS),
    **dict.fromkeys(("accounts.bank", "accounts.bank_paper"), BOOK_READERS),
    **dict.fromkeys(("accounts.cash", "accounts.cash_paper"), BOOK_READERS),
    **dict.fromkeys(("accounts.bring_in", "accounts.match"), BOOK_COMPARERS),
    **dict.fromkeys(("accounts.unmatch", "accounts.discard_statement"), BOOK_COMPARERS),
    **dict.fromkeys(("accounts.reconcile", "accounts.count_cash"), BOOK_COMPARERS),
    **dict.fromkeys(("accounts.closing_settings", "accounts.set_closing"), SETTERS),
    **dict.fromkeys(("accounts.report_lines", "accounts.report_lines_sheet"), TOWN_BOOK_READERS),
    "accounts.change_report_lines": BOOK_CHECKER | {Role.DIRECTOR},
    "accounts.compared": BOOK_CHECKER | {Role.DIRECTOR},
    **dict.fromkeys(("accounts.form", "accounts.write", "accounts.take_back"), BOOKKEEPER),
    **dict.fromkeys(("accounts.close", "accounts.carry"), BOOKKEEPER),
    "accounts.put_in_books": BOOK_CHECKER,
    "accounts.discard": BOOKKEEPER | BOOK_CHECKER,
    "accounts.reopen": BOOK_CHECKER | {Role.DIRECTOR},
    **dict.fromkeys(("accounts.open_set", "accounts.add_account"), BOOK_KEEPERS),
    **dict.fromkeys(("accounts.retire", "accounts.agree"), BOOK_KEEPERS),
    **dict.fromkeys(("accounts.register_bank", "accounts.appoint"), BOOK_KEEPERS),
    # 报账: brought by the village's clerk, looked over twice, paid and entered by the centre
    **dict.fromkeys(("accounts.bundles_waiting", "accounts.case"), BOOK_READERS),
    **dict.fromkeys(("accounts.approval_sheet", "accounts.return_slip"), BOOK_READERS),
    **dict.fromkeys(("accounts.original", "accounts.refused"), BOOK_READERS),
    **dict.fromkeys(("accounts.refusal", "accounts.refusal_pdf"), BOOK_READERS),
    **dict.fromkeys(("accounts.show_original_scan", "accounts.show_bundle_scan"), BOOK_READERS),
    **dict.fromkeys(("accounts.begin_bundle", "accounts.original_form"), BUNDLE_BRINGERS),
    **dict.fromkeys(("accounts.take_original", "accounts.drop_original"), BUNDLE_BRINGERS),
    **dict.fromkeys(("accounts.keep_original_scan", "accounts.signing"), BUNDLE_BRINGERS),
    **dict.fromkeys(("accounts.record_signatures", "accounts.hand_in"), BUNDLE_BRINGERS),
    "accounts.withdraw_bundle": BUNDLE_BRINGERS,
    **dict.fromkeys(("accounts.pass_bundle", "accounts.give_bundle_back"), BOOK_CENTRE),
    "accounts.reveal_payee": BOOK_CENTRE,
    "accounts.pay_bundle": frozenset({Role.CASHIER}),
    **dict.fromkeys(("accounts.bundle_entry", "accounts.enter_bundle"), BOOKKEEPER),
    **dict.fromkeys(("accounts.limits", "accounts.keep_limits"), SETTERS),
    # 财务公开: drafted by one, published by another; a question's asker is for the centre alone
    **dict.fromkeys(("accounts.sheets", "accounts.sheet", "accounts.sheet_pdf"), BOOK_READERS),
    "accounts.draft_sheet": BOOKKEEPER,
    **dict.fromkeys(("accounts.reviewed", "accounts.hung_up"), BOOKKEEPER | BOOK_CHECKER),
    **dict.fromkeys(("accounts.drop", "accounts.redacted"), BOOKKEEPER | BOOK_CHECKER),
    "accounts.keep_redacted": BOOKKEEPER | BOOK_CHECKER,
    **dict.fromkeys(("accounts.publish", "accounts.release"), BOOK_CHECKER | {Role.DIRECTOR}),
    "accounts.take_down": BOOK_KEEPERS | BOOK_CHECKER,
    **dict.fromkeys(("accounts.picture_file", "accounts.question"), TOWN_BOOK_READERS),
    "accounts.questions_asked": TOWN_BOOK_READERS,
    **dict.fromkeys(
        ("accounts.answer_question", "accounts.reveal_asker"), BOOKKEEPER | BOOK_CHECKER
    ),
    **dict.fromkeys(("open_books.village", "open_books.sheet", "open_books.scanned"), EVERYONE),
    **dict.fromkeys(("open_books.section", "open_books.line", "open_books.ask"), EVERYONE),
    **dict.fromkeys(("open_books.slip", "open_books.slip_scanned"), EVERYONE),
    "open_books.original": EVERYONE,
    # 登记簿: kept by the centre, read in the own village
    **dict.fromkeys(("accounts.register_of", "accounts.register_row"), BOOK_READERS),
    **dict.fromkeys(("accounts.register_sheet", "accounts.register_paper"), BOOK_READERS),
    **dict.fromkeys(("accounts.wear", "accounts.wear_paper", "accounts.rents_due"), BOOK_READERS),
    **dict.fromkeys(("accounts.debts", "accounts.debts_paper"), BOOK_READERS),
    **dict.fromkeys(("accounts.table_of", "accounts.table_paper"), BOOK_READERS),
    "accounts.table_sheet": BOOK_READERS,
    "accounts.keep_agreement_scan": BOOK_KEEPERS,
    "accounts.show_agreement_scan": BOOK_READERS,
    **dict.fromkeys(("accounts.add_row", "accounts.change_row"), BOOK_CENTRE),
    **dict.fromkeys(("accounts.retire_row", "accounts.receive_rent"), BOOK_CENTRE),
    "accounts.dividend_paper": BOOK_CENTRE,
    "accounts.agreement_paper": BOOK_READERS,
    "accounts.draft_wear": BOOKKEEPER,
    # 检举控告: 纪检 alone
    **dict.fromkeys(("enterprise.board", "enterprise.listed", "enterprise.one"), PROJECT_READERS),
    **dict.fromkeys(("enterprise.project", "enterprise.mandates"), PROJECT_READERS),
    "enterprise.carry": PROJECT_READERS,
    "enterprise.leaders": OVERSEERS | PROJECT_KEEPERS,
    **dict.fromkeys(("enterprise.export_sheet", "enterprise.monthly_sheet"), PROJECT_READERS),
    # 企业专页: opens to who holds its code
    **dict.fromkeys(("own_page.page", "own_page.scanned", "own_page.write"), EVERYONE),
    **dict.fromkeys(("own_page.rate", "own_page.say", "own_page.tell"), EVERYONE),
    "own_page.complain": EVERYONE,
    **dict.fromkeys(("enterprise.issue_page", "enterprise.close_page"), PROJECTS),
    **dict.fromkeys(("enterprise.page_slip", "enterprise.answer_message"), PROJECTS),
    "enterprise.see_messages": PROJECTS,
    **dict.fromkeys(("enterprise.mandate_pdf", "enterprise.show_mandate"), PROJECT_READERS),
    **dict.fromkeys(("enterprise.maps", "enterprise.road_map"), PROJECT_READERS),
    **dict.fromkeys(("enterprise.case", "enterprise.paper"), PROJECT_READERS),
    **dict.fromkeys(("enterprise.paper_pdf", "enterprise.reveal"), PROJECT_READERS),
    "enterprise.show_paper": PROJECT_READERS,
    **dict.fromkeys(("enterprise.new", "enterprise.register", "enterprise.change"), PROJECTS),
    **dict.fromkeys(("enterprise.add_contact", "enterprise.end_contact"), PROJECTS),
    **dict.fromkeys(("enterprise.keep_paper", "enterprise.remove_paper"), PROJECTS),
    **dict.fromkeys(("enterprise.draw_up", "enterprise.file"), PROJECTS),
    **dict.fromkeys(("enterprise.leave_out", "enterprise.take_step"), PROJECTS),
    **dict.fromkeys(("enterprise.draw_up_mandate", "enterprise.sign"), PROJECTS),
    **dict.fromkeys(("enterprise.revoke", "enterprise.moving", "enterprise.move"), PROJECTS),
    **dict.fromkeys(("enterprise.accept", "enterprise.note"), PROJECTS),
    **dict.fromkeys(("enterprise.withdraw", "enterprise.close"), PROJECTS),
    **dict.fromkeys(("enterprise.give_to", "enterprise.publish"), PROJECT_KEEPERS),
    **dict.fromkeys(("enterprise.all_obstacles", "enterprise.obstacles_of"), PROJECT_READERS),
    **dict.fromkeys(("enterprise.meetings_held", "enterprise.minutes_pdf"), PROJECT_READERS),
    **dict.fromkeys(("enterprise.spent_on", "enterprise.complaining"), PROJECT_READERS),
    "enterprise.complain": PROJECT_READERS,
    **dict.fromkeys(("enterprise.raise_obstacle", "enterprise.give_obstacle"), PROJECT_SOLVERS),
    **dict.fromkeys(("enterprise.close_obstacle", "enterprise.reopen_obstacle"), PROJECT_SOLVERS),
    "enterprise.write_minutes": PROJECT_SOLVERS,
    **dict.fromkeys(("enterprise.spend", "enterprise.strike"), PROJECT_SPENDERS),
    **dict.fromkeys(("enterprise.complaints", "enterprise.complaint"), COMPLAINT_HEARERS),
    **dict.fromkeys(
        ("enterprise.answer_complaint", "enterprise.close_complaint"), COMPLAINT_HEARERS
    ),
    **dict.fromkeys(("enterprise.settings", "enterprise.keep_settings"), SETTERS),
    "petitions.sealed": DISCIPLINE,
    "petitions.sealed_one": DISCIPLINE,
    "petitions.settle_one": DISCIPLINE,
    # 群众: everything that is hung on the wall, and one's own case by number or slip
    "villager.front": EVERYONE,
    "villager.phones": EVERYONE,
    "villager.large": EVERYONE,
    "villager.life_event": EVERYONE,
    "places.village": EVERYONE,
    "places.board": EVERYONE,
    "places.typed": EVERYONE,
    "short.by_code": EVERYONE,
    "short.scanned": EVERYONE,
    "places.card": EVERYONE,
    "public_catalogue.search": EVERYONE,
    "public_catalogue.section": EVERYONE,
    "public_catalogue.item": EVERYONE,
    "public_catalogue.check": EVERYONE,
    "forms.download": EVERYONE,
    "progress.by_code": EVERYONE,
    "progress.scanned": EVERYONE,
    "progress.ask": EVERYONE,
    "progress.answer": EVERYONE,
    "deadline.calculator": EVERYONE,
    "deadline.interface": EVERYONE,
    "interface.items": EVERYONE,
    "static": EVERYONE,
    # 运营商: proves itself by a signature
    "messages.twilio_reports": EVERYONE,
    # 短信
    "messages.waiting": TEXT_WORKERS | {Role.HEAD, Role.SUPERVISOR, Role.ADMIN},
    # the head where others are not to hear of the case; asked in test_enterprise_complaints.py
    **dict.fromkeys(("messages.note_call", "messages.send_again"), TEXT_WORKERS | {Role.HEAD}),
    "messages.say_what_became": TEXT_WORKERS | {Role.HEAD},
    "messages.reveal_number": TEXT_WORKERS | {Role.HEAD},
    **dict.fromkeys(("messages.who_is_out", "messages.opt_out", "messages.opt_in"), TEXT_WORKERS),
    **dict.fromkeys(("messages.fetch", "messages.sent_by_hand"), CENTRE),
    **dict.fromkeys(("messages.templates", "messages.template"), SETTINGS_KEEPERS),
    "messages.change_template": SETTINGS_KEEPERS,
    **dict.fromkeys(
        ("messages.message_settings", "messages.keep_message_settings"), SETTINGS_KEEPERS
    ),
    **dict.fromkeys(("messages.no_texts", "messages.send_code", "messages.confirm_code"), EVERYONE),
    # 门
    "office.login": EVERYONE,
    "office.enter": EVERYONE,
    "office.leave": STAFF,
    "office.start": STAFF,
    # 自己的账号
    "own_account.me": STAFF,
    "own_account.password": STAFF,
    "own_account.choose_password": STAFF,
    "own_account.totp": STAFF,
    "own_account.set_up_totp": STAFF,
    "own_account.end_everywhere": STAFF,
    # 人员
    "office_staff.people": ADMINISTRATOR,
    "office_staff.add": ADMINISTRATOR,
    "office_staff.issue_code": ADMINISTRATOR,
    "office_staff.disable": ADMINISTRATOR,
    "office_staff.enable": ADMINISTRATOR,
    "office_staff.set_mobile": ADMINISTRATOR,
    "office_staff.set_roles": ADMINISTRATOR,
    # 长活: whose it is, is asked again inside
    "work.mine": STAFF,
    "work.one": STAFF,
    "work.cancel": STAFF,
    "work.result": STAFF,
    "work.agree": APPROVERS,
    "work.decline": APPROVERS,
    # 村咨询员: one's own village
    "adviser.mine": ADVISERS,
    "adviser.case": ADVISERS,
    "adviser.choose_item": ADVISERS,
    "adviser.new": ADVISERS,
    "adviser.take_in": ADVISERS,
    "adviser.ask": ADVISERS,
    # 咨询员名册
    "advisers.roll": CENTRE,
    "advisers.one": CENTRE,
    "advisers.keep": CENTRE,
    "advisers.train": CENTRE,
    "advisers.answer": CENTRE,
    # 办事目录: who is asked about it reads it, who answers for it keeps it
    "catalogue.listed": CATALOGUE_READERS,
    "catalogue.item": CATALOGUE_READERS,
    "catalogue.compare": CATALOGUE_READERS,
    "catalogue.hand_out": CATALOGUE_READERS,
    "words.synonyms": CATALOGUE_READERS,
    "words.missed": CATALOGUE_READERS,
    "catalogue.new": CENTRE,
    "catalogue.add": CENTRE,
    "catalogue.edit": CENTRE,
    "catalogue.save": CENTRE,
    "catalogue.publish": CENTRE,
    "catalogue.discard": CENTRE,
    "catalogue.take_down": CENTRE,
    "catalogue.hang": CENTRE,
    "catalogue.remove_form": CENTRE,
    "catalogue.sheets": CENTRE,
    "catalogue.bring_in": CENTRE,
    "catalogue.bring_in_rehearsed": CENTRE,
    "words.save_word": CENTRE,
    "words.remove_word": CENTRE,
    "words.explain_missed": CENTRE,
    "words.name_missed": CENTRE,
    "words.ignore_missed": CENTRE,
    # 电话簿
    "office_directory.units": CATALOGUE_READERS,
    "office_directory.hand_out": CATALOGUE_READERS,
    "office_directory.new": CENTRE,
    "office_directory.add": CENTRE,
    "office_directory.edit": CENTRE,
    "office_directory.change": CENTRE,
    "office_directory.check": CENTRE,
    "office_directory.bring_in": CENTRE,
    "units.ending": CENTRE,
    "units.retire": CENTRE,
    "units.reopen": CENTRE,
    # 服务指南卡: whoever hands them out
    "cards.villages": CARDS,
    "cards.village": CARDS,
    "cards.import_register": CARDS,
    "cards.hand_over": CARDS,
    "cards.lost": CARDS,
    "cards.hang": CARDS,
    "cards.check": CARDS,
    "households.one": CARDS,
    "households.correct": CARDS,
    "households.take_off": CARDS,
    "households.not_handed": CARDS,
    "printing.choose": CARDS,
    "printing.order": CARDS,
    # 工作日历, 值日表
    "office_calendar.years": STAFF,
    "office_calendar.set_notice_number": CENTRE,
    "case_calendar.overview": CENTRE,
    "case_calendar.paste": CENTRE,
    "case_calendar.take_pasted": CENTRE,
    "case_calendar.type_in": CENTRE,
    "case_calendar.take_typed": CENTRE,
    "case_calendar.take_packaged": CENTRE,
    "case_calendar.preview": CENTRE,
    "case_calendar.apply": CENTRE,
    "case_calendar.discard": CENTRE,
    "office_calendar.opening": STAFF,
    "office_calendar.set_week": CENTRE,
    "office_calendar.set_day": CENTRE,
    "office_calendar.clear_day": CENTRE,
    "duty.month": STAFF,
    "duty.assign": ROSTER,
    "duty.sheet_pdf": STAFF,
    "duty.draft": ROSTER,
    "duty.draw_up": ROSTER,
    "duty.revise": ROSTER,
    "duty.place": ROSTER,
    "duty.exchange": ROSTER,
    "duty.publish": ROSTER,
    "duty.discard": ROSTER,
    "duty_people.listed": STAFF,
    "duty_people.enter": ROSTER,
    "duty_people.one": ROSTER,
    "duty_people.correct": ROSTER,
    "duty_people.hang_photo": ROSTER,
    "duty_people.leave": ROSTER,
    "duty_people.cancel_leave": ROSTER,
    "duty_people.settings": ROSTER,
    "duty_people.set_terms": ROSTER,
    # 换班, 签到: whose turn it is, is asked again inside
    "duty_swaps.listed": STAFF,
    "duty_swaps.ask": STAFF,
    "duty_swaps.answer": STAFF,
    "duty_swaps.withdraw": STAFF,
    "duty_swaps.decide": ROSTER,
    "duty_post.mine": STAFF,
    "duty_post.sign_in": STAFF,
    "duty_post.sign_out": STAFF,
    "duty_post.go": STAFF,
    "duty_post.give_calendar": STAFF,
    "duty_post.check": ROSTER | {Role.SUPERVISOR, Role.DUTY_LEADER},
    # 岗位牌: hung in the hall; a calendar opens to who has its address
    "plates.screen": EVERYONE,
    "plates.now": EVERYONE,
    "plates.photo": EVERYONE,
    "duty.calendar": EVERYONE,
    # 看板: whoever works at a window or answers for one looks; leaders set, the supervisor annuls
    "board.today": CASE_READERS,
    "board.cases": CASE_READERS,
    "board.export": CASE_READERS,
    "board.reports": CASE_READERS,
    "board.reported": CASE_READERS,
    "board.monthly": CASE_READERS,
    "board.monthly_sheet": CASE_READERS,
    "board.monthly_print": CASE_READERS,
    "board.columns": SETTERS,
    "board.set_columns": SETTERS,
    "board.lights": SETTERS,
    "board.set_lights": SETTERS,
    "board.forget_light": SETTERS,
    "board.red": frozenset({Role.SUPERVISOR}),
    "board.annul": frozenset({Role.SUPERVISOR}),
    # 综合窗口: look
    "cases.home": CASE_READERS,
    # 联系人与电话名单; 今日要办: everybody's own
    "cases.contact": CASE_WORKERS,
    "cases.appoint_contact": CASE_WORKERS,
    "cases.end_contact": CASE_WORKERS,
    "cases.calls": CASE_WORKERS,
    "cases.print_calls": CASE_WORKERS,
    "cases.calling": CASE_WORKERS,
    "cases.note_call": CASE_WORKERS,
    "cases.appointment": CASE_WORKERS,
    "cases.agree_on_time": CASE_WORKERS,
    "cases.end_appointment": CASE_WORKERS,
    "cases.appointments": CASE_WORKERS,
    "reminders.today": CASE_READERS,
    "reminders.print_today": CASE_READERS,
    # 受理之前: any window answers the papers that lie there
    "cases.examination": CASE_WORKERS,
    "cases.answer_papers": CASE_WORKERS,
    "cases.add_papers": CASE_WORKERS,
    "cases.declining": CASE_WORKERS,
    "cases.turn_down": CASE_WORKERS,
    "cases.giving_back": CASE_WORKERS,
    "cases.send_back": CASE_WORKERS,
    "cases.pledge": CASE_WORKERS,
    "cases.sign_pledge": CASE_WORKERS,
    "cases.take_owed": CASE_WORKERS,
    "cases.deemed": CASE_WORKERS,
    "cases.let_go": CASE_WORKERS,
    # 请示与审批: any window asks; the head and the director answer
    "cases.asking": CASE_WORKERS,
    "cases.send_request": CASE_WORKERS,
    "cases.approvals": APPROVERS,
    # 受理之后: any window's own cases
    "cases.ending": CASE_WORKERS,
    "cases.end_hold": CASE_WORKERS,
    "cases.relay": CASE_WORKERS,
    "cases.begin_leg": CASE_WORKERS,
    "cases.hand_over": CASE_WORKERS,
    "cases.assists": CASE_WORKERS,
    "cases.assisting": CASE_WORKERS,
    "cases.take_part": CASE_WORKERS,
    "cases.answer_part": CASE_WORKERS,
    "cases.assisted": CASE_WORKERS,
    "cases.ask_part": CASE_WORKERS,
    "cases.note_part": CASE_WORKERS,
    "cases.drop_part": CASE_WORKERS,
    "cases.my_transfers": CASE_WORKERS,
    "cases.transferring": CASE_WORKERS,
    "cases.ask_colleague": CASE_WORKERS,
    "cases.answer_transfer": CASE_WORKERS,
    "cases.delivery": CASE_WORKERS,
    "cases.result_ready": CASE_WORKERS,
    "cases.result_posted": CASE_WORKERS,
    "cases.deliver": CASE_WORKERS,
    "cases.follow_up_list": CASE_WORKERS,
    "cases.following": CASE_WORKERS,
    "cases.follow_up": CASE_WORKERS,
    # 文书
    "cases.papers": CASE_WORKERS,
    "cases.reprint": CASE_WORKERS,
    "cases.authority": CASE_WORKERS,
    "cases.authority_pdf": CASE_WORKERS,
    # 更正、合并、重办、扫描件、停电登记: any window's own cases
    "cases.redating_form": CASE_WORKERS,
    "cases.redate": CASE_WORKERS,
    "cases.merging_form": CASE_WORKERS,
    "cases.merge": CASE_WORKERS,
    "cases.undo_merge": CASE_WORKERS,
    "cases.reopening_form": CASE_WORKERS,
    "cases.reopen": CASE_WORKERS,
    "cases.scans": CASE_WORKERS,
    "cases.keep_scan": CASE_WORKERS,
    "cases.show_scan": CASE_WORKERS,
    "cases.remove_scan": CASE_WORKERS,
    "cases.outage": CASE_WORKERS,
    "cases.reserve": CASE_WORKERS,
    "cases.block": CASE_WORKERS,
    "cases.void": CASE_WORKERS,
    "cases.blank_slips": CASE_WORKERS,
    # 时限设置
    "cases.settings": SETTINGS_KEEPERS,
    "cases.keep_settings": SETTINGS_KEEPERS,
    "cases.add_hold_type": SETTINGS_KEEPERS,
    "cases.change_hold_type": SETTINGS_KEEPERS,
    "cases.answer": APPROVERS,
    "general_window.worklist": COUNTER | OVERSEERS,
    "general_window.find": COUNTER | OVERSEERS,
    "general_window.case": COUNTER | OVERSEERS,
    "general_window.paper": COUNTER | OVERSEERS,
    "general_window.paper_pdf": COUNTER | OVERSEERS,
    # 综合窗口: take in and work
    "general_window.choose_item": COUNTER,
    "general_window.suggest": COUNTER,
    "general_window.new": COUNTER,
    "general_window.take_in": COUNTER,
    "general_window.accept": COUNTER,
    "general_window.note": COUNTER,
    "general_window.withdraw": COUNTER,
    "general_window.close": COUNTER,
    "general_window.correction": COUNTER,
    "general_window.correct": COUNTER,
    "general_window.reveal": COUNTER,
}

#: one sample account for each post
ACCOUNTS: dict[Role, str] = {
    Role.COUNTER: "counter1",
    Role.VILLAGE_CLERK: "village_clerk",
    Role.REVIEWER: "reviewer",
    Role.BOOKKEEPER: "bookkeeper",
    Role.CASHIER: "cashier",
    Role.AGENT: "agent",
    Role.ADVISER: "adviser",
    Role.DUTY_LEADER: "leader1",
    Role.DIRECTOR: "director",
    Role.HEAD: "head",
    Role.SUPERVISOR: "supervisor",
    Role.ADMIN: "admin",
    Role.DISCIPLINE: "discipline",
}

#: the only address that does without a form token: its caller signs what it sends
SIGNED_ELSEWHERE = frozenset({"messages.twilio_reports"})
#: what somebody who still has an initial code may do: choose a password, or go
BEFORE_PASSWORD = frozenset({"own_account.password", "own_account.choose_password", "office.leave"})
