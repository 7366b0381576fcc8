"""The record: what was collected, when, from where, and what it says."""
