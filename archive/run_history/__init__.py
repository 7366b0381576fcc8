"""The history of runs, as schedules and coverage read it."""
