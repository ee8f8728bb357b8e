"""What a reader sees: marked texts, on a terminal and in a notebook. Everything from an article is escaped."""
