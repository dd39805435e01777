"""短信的一生: promise it, claim it, settle it, and clear up what became of it.

Other rooms promise and withdraw; the rest is between the jobs and the carriers.
"""

from desk.messages.actions.promises import Promise, queue, queue_all, withdraw

__all__ = ["Promise", "queue", "queue_all", "withdraw"]
