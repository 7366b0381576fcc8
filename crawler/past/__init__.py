"""The past: files of other crawlers taken through the path of live pages, and stored captures read again."""
