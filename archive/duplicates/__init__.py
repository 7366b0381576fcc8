"""Articles of (nearly) the same text: in one portal and across portals, found and named, never merged."""
