"""扫除: the collector of garbage rests while the code is read; it would find nothing there.

Reading the code makes half a million things that all stay. Looking through them again and again
was a fifth of every start; set aside for good, they are not looked through while people wait
either, and the processes forked later share them. Import this before anything large.
"""

import gc

gc.disable()


def resume() -> None:
    """Set aside everything read so far, and collect again from here on."""
    gc.freeze()
    gc.enable()
