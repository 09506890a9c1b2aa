"""The pages of rules and of the alerts they raised."""
