"""Files that articles attach (documents and images): their addresses, captures and text."""
