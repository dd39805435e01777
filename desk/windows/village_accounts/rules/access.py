"""村账的人: who keeps the books, who checks, who holds the money, who looks.

Source: 会计基础工作规范 (账钱分管, 制单与审核分开); practice 16, 17.
"""

from kernel.access import Role

#: the pages common to all windows that work on bundles and questions: these have their own verbs,
#: and an end or a return by any other would leave originals locked or a question unanswered
CORE_PAGES = frozenset(
    {
        "cases.transferring",
        "cases.ask_colleague",
        "cases.answer_transfer",
        "cases.calling",
        "cases.note_call",
    }
)
#: who is asked at the centre's own window
CENTRE = frozenset({Role.REVIEWER, Role.BOOKKEEPER, Role.CASHIER})
#: who opens the books of any village
READERS = CENTRE | {Role.DIRECTOR, Role.HEAD, Role.SUPERVISOR}
#: and 报账员, of the own village alone
VILLAGE_READERS = READERS | {Role.VILLAGE_CLERK}
#: who writes an entry down
MAKERS = frozenset({Role.BOOKKEEPER})
#: who checks an entry of somebody else, and puts it in the books
CHECKERS = frozenset({Role.REVIEWER})
#: who closes a month
CLOSERS = frozenset({Role.BOOKKEEPER})
#: who opens a closed one again: never who closed it
REOPENERS = frozenset({Role.REVIEWER, Role.DIRECTOR})
#: who opens account sets and keeps their chart
KEEPERS = frozenset({Role.BOOKKEEPER, Role.DIRECTOR})
#: who says that a statement was compared with the ministry's appendix
COMPARERS = frozenset({Role.REVIEWER, Role.DIRECTOR})
#: who opens a sheet to everybody: never who drafted it
PUBLISHERS = frozenset({Role.REVIEWER, Role.DIRECTOR})
#: who sets the town's limits on originals and signatures, and what a close asks for
SETTERS = frozenset({Role.DIRECTOR, Role.HEAD})
#: who compares with the bank and watches the count: never who holds the money
RECONCILERS = frozenset({Role.BOOKKEEPER, Role.REVIEWER})
#: who keeps the registers beside the books
REGISTRARS = CENTRE
