"""What makes the weights. numpy's products run on one thread here: the matrices of the fits are small, and on two cores
that had other work one fit took 3.3 s on two threads and 0.1 s on one."""

import os

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # read when numpy is loaded, which is after this
