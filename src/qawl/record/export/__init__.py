"""What leaves a record for other programs and comes back: one module a format."""
