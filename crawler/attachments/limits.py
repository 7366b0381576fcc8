"""What reading an attachment may cost, each with its reason."""

from __future__ import annotations

# A yearbook has 500 pages of 2,000 characters; all above is cut, and the archive says so.
MAX_CHARACTERS = 1_000_000
# A law gazette has some 300; page trees of millions are made to stall readers.
MAX_PAGES = 2_000
# What a DOCX's text part may unpack to: fifty characters of markup a character of text.
MAX_UNPACKED = 64 * 1024 * 1024
# PDFium reads 100 pages a second; what takes longer than this is a trap.
CPU_SECONDS = 20
# Beyond what the process holds at its start; page trees and fonts of honest files take a tenth.
MEMORY_BYTES = 1024 * 1024 * 1024
