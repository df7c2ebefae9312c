"""What a browser shows of articles and versions: text cut into tokens and columns, and pages that need nothing else."""
