"""Outside tools in environments of their own, and long runs: `make conformance`."""
