"""The embedded engine: a Whoosh index that any Whoosh opens, written and answered from arrays beside each segment."""
