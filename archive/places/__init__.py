"""What the archive says about one administrative unit: its officials and its figures, each with its article."""
