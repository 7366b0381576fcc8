"""The archive's state for monitoring: a file that Prometheus's node exporter reads."""
