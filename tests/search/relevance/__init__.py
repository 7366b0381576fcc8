"""What archivists and researchers look for in the demo's articles, and what must be found."""
