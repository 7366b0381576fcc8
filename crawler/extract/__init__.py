"""From a page's bytes to its article text: decode, parse once, read by rules or by form, judge."""

from crawler.extract.page import extract

__all__ = ["extract"]
