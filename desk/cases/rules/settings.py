"""时限设置: what the town itself decides about time, each with its ground and its bounds.

Numbers of days are editable settings and never law on a screen; the law's own are named where
they are the default's source.
"""

from kernel.errors import Refusal

#: (smallest, largest) that a town may set
BOUNDS = {
    "intake_days": (1, 15),
    "supplement_days": (1, 90),
    "owed_days": (1, 60),
    "delivery_days": (1, 30),
    "extension_days": (1, 30),
    "yellow_share": (0, 90),
    "yellow_days": (0, 30),
    "follow_up_days": (1, 60),
    "leg_days": (0, 60),
}
#: name, unit and ground of each, for the settings page
SETTING_WORDS = {
    "intake_days": ("收件审查", "工作日", "行政许可法第三十二条：五日内一次告知"),
    "supplement_days": ("申请人补正", "自然日", "本乡设定"),
    "owed_days": ("容缺材料补齐", "工作日", "本乡设定"),
    "delivery_days": ("送达", "工作日", "行政许可法第四十四条：决定之日起十日内"),
    "extension_days": ("延长期限最多", "天", "行政许可法第四十二条：十日，经单位负责人批准"),
    "yellow_share": ("黄灯：剩余期限", "%", "本乡设定；事项可以另设"),
    "yellow_days": ("黄灯：剩余天数", "天", "本乡设定；两样先到的算"),
    "follow_up_days": ("代办、转介后回访", "工作日", "本乡设定"),
    "leg_days": ("环节承诺（没有另说时）", "工作日", "本乡设定"),
}
LONGEST_CAP = 365


class SettingOutOfRange(Refusal):
    message = "“{name}”要在{least}到{most}之间。"
    status = 422


class HoldTypeNameNeeded(Refusal):
    message = "请写类型名称和依据（文件名或条款）；没有依据的不能不计时。"
    status = 422


class CapOutOfRange(Refusal):
    message = "最多不计的工作日要在1到{most}之间；不能没有上限，否则办件会一直停着。"
    status = 422


class HoldTypeKnown(Refusal):
    message = "已经有“{name}”这一种；停用的可以恢复。"


def check_settings(values: dict[str, int]) -> None:
    """Refuse a number outside its bounds."""
    for field, number in values.items():
        least, most = BOUNDS[field]
        if not least <= number <= most:
            raise SettingOutOfRange(name=SETTING_WORDS[field][0], least=least, most=most)


def check_hold_type(name: str, source: str, cap_days: int | None) -> None:
    """Refuse a type without its name, its ground, or a cap."""
    if not name or not source:
        raise HoldTypeNameNeeded
    if cap_days is None or not 1 <= cap_days <= LONGEST_CAP:
        raise CapOutOfRange(most=LONGEST_CAP)
