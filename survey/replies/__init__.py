"""“You said, we did”: what a unit tells everybody on a page of its own."""
