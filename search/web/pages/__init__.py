"""The pages, a module for each group: pure functions from values to what a template shows, and thin routes."""
