"""How a child of `rashomon serve` starts: `python -m tasks.serving.hearing SECONDS MODULE ARGUMENTS...`.

A shell starts what runs in the background with Ctrl-C ignored, and Prefect turns SIGTERM into it: such a child would
never stop. And a child whose parent was killed must not stay: its standard input is a pipe that only the parent holds.
"""

import os
import runpy
import signal
import sys
import threading
import time

LAST_WORDS = 30  # seconds between being asked to stop and being ended, where no parent is left to wait


def hear_interrupts() -> None:
    """Undo what a shell or a parent may have done to the signals that stop a program."""
    signal.signal(signal.SIGINT, signal.default_int_handler)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGINT, signal.SIGTERM})


def leave_with_parent(after: float) -> None:
    """Wait until the parent is gone, and then stop this process; end it, with its group, if it will not."""
    while os.read(0, 1):
        pass
    time.sleep(after)  # the server goes last: the others tell it how their runs ended
    os.kill(os.getpid(), signal.SIGTERM)
    time.sleep(LAST_WORDS)
    os.killpg(0, signal.SIGKILL)


def main() -> None:
    """Run the module that the command names, as `python -m` would."""
    _, after, module, *arguments = sys.argv
    hear_interrupts()
    threading.Thread(target=leave_with_parent, args=(float(after),), daemon=True).start()
    sys.argv = [module, *arguments]
    runpy.run_module(module, run_name="__main__", alter_sys=True)


if __name__ == "__main__":
    main()
