"""发卡的规矩: what must be before a card is handed over."""

from kernel.errors import Refusal


class NobodyTicked(Refusal):
    message = "请先勾选领到卡的户。"
    status = 422
    field = "households"


class CardNotPrinted(Refusal):
    message = "勾选的户里有还没印卡的，请先印制，再登记发放。"
    field = "households"


class NothingHanded(Refusal):
    message = "这一户没有领卡的登记，不用撤销。"
