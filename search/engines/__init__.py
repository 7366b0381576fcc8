"""Search engines behind one interface, one module an engine."""
