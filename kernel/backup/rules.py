"""备份的规矩: names, and the sentences of what can go wrong."""

from datetime import datetime

from kernel.clock import town_time
from kernel.errors import Refusal

DONE = "备份已完成并核验：{path}（{size:.1f} MB，审计记录{records}条）。钥匙不在备份里，请另存。"
RESTORED = "已恢复到备份时的样子（审计记录{records}条）。原来的数据改名为 {aside}，核对无误后再删。"


class NotSqlite(Refusal):
    message = "本乡用的是PostgreSQL，请用pg_dump备份，见 docs/operations.md。"


class BackupBroken(Refusal):
    message = "这份备份没有通过核验（{why}），没有使用。请换一份。"


class BackupMissing(BackupBroken):
    message = "找不到备份文件 {path}，请核对路径。"


WRONG_KEY = "钥匙不对或文件已损坏"
NOT_WHOLE = "文件结构不完整"
LOOSE_ENDS = "数据之间的引用不完整"
CHAIN = "审计记录从第{number}条起对不上"


class StillRunning(Refusal):
    message = "系统还在运行，请先停下来再恢复。"


def file_name(now: datetime) -> str:
    """Return the name of a backup: desk-20261122-093000.db."""
    return f"desk-{town_time(now):%Y%m%d-%H%M%S}.db"
