"""What we know about each portal: families, profiles, discovery, and the one spider that drives them."""
