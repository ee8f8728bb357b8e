from stemmata.cli import main

main()
