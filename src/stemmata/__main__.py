"""python -m stemmata: the command line, where its script is not on the path."""

from stemmata.cli.app import main

main()
