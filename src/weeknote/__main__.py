"""`python -m weeknote` is the command `weeknote`."""

import sys

from weeknote.cli.main import main

if __name__ == "__main__":
    sys.exit(main())
