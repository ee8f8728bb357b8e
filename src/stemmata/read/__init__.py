from stemmata.read.credit import credits
