"""测试: five kinds: rules, actions, pages, stories, and the house itself.

The PostgreSQL wheel looks for a runtime folder when it is imported, and warns without one; without
its own folder in there it locks a file that the first person on the machine to run the tests owns.
"""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

_RUNTIME = tempfile.mkdtemp(prefix="desk-runtime-")  # 0700: a folder of its own
os.environ["XDG_RUNTIME_DIR"] = _RUNTIME
(Path(_RUNTIME) / "python_PostgresServer").mkdir()
atexit.register(shutil.rmtree, _RUNTIME, ignore_errors=True)
