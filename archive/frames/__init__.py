"""Where records lie in WARC and ARC files: the one reader of gzip members and of plain files, damaged ones too."""
