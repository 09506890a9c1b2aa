"""What units want to reach, and what others reached elsewhere."""
