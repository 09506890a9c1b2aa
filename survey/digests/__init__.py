"""What people are told of their own unit, day by day, week by week or month by month."""
