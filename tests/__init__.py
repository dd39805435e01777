"""测试: five kinds: rules, actions, pages, stories, and the house itself.

The PostgreSQL wheel looks for a runtime folder when it is imported, and warns without one.
"""

import atexit
import os
import shutil
import tempfile

_RUNTIME = tempfile.mkdtemp(prefix="desk-runtime-")  # 0700: a folder of its own
os.environ["XDG_RUNTIME_DIR"] = _RUNTIME
atexit.register(shutil.rmtree, _RUNTIME, ignore_errors=True)
