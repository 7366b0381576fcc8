"""The JSON API: everything the pages show, with typed answers, in pages by cursor."""
