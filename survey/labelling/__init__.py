"""People say what a comment's sentiment is: on the labelling page, and wherever a comment is shown."""
