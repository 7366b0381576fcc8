"""The past: WARC, ARC and WACZ files of others taken in as evidence, their records read, captures read again."""
