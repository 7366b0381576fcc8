"""A page of hits as the terminal shows it."""

from __future__ import annotations

from rich.console import Console
from rich.text import Text

from search.documents import changed_places
from search.service import SearchHit, SearchPage
from search.without_hits import WithoutHits

# Places of a hit that are another unit today; the rest stand in `danvan show`.
_PLACES_SHOWN = 4


def print_page(found: SearchPage, *, show_facets: bool) -> None:
    """Print a page to the terminal."""
    console = Console(highlight=False)
    at = f", page {found.question.page} of {found.pages}" if found.question.page > 1 else ""
    console.print(f"{found.total:,} {'hit' if found.total == 1 else 'hits'}{at}")
    for line in found.understood:
        switch = f" ({line.switch.en}: {line.switch.option})" if line.switch else ""
        console.print(Text(f"  {line.en}{switch}", style="dim"), soft_wrap=True)
    if found.behind:
        console.print(f"the index is {found.behind} changes behind the archive; `danvan index update` brings it up")
    if found.notice:
        console.print(found.notice)
    if found.total and not found.hits:
        console.print(f"  there are only {found.pages} pages")
    if found.without_hits:
        _print_without_hits(console, found.without_hits)
    for hit in found.hits:
        _print_hit(console, hit)
    if show_facets:
        for name, values in found.facets.items():
            shown = ", ".join(f"{value.label} {value.count}" for value in values[:12])
            console.print(f"\n[bold]{name}[/bold]: {shown or '–'}")


def _print_without_hits(console: Console, found: WithoutHits) -> None:
    for part in found.alone:
        console.print(Text(f"  alone, {part.text} finds {part.total:,}"), soft_wrap=True)
    for other in found.instead:
        switch = f", {other.switch.en} ({other.switch.option})" if other.switch else ""
        console.print(Text(f"  try {other.text}{switch}: {other.total:,}"), soft_wrap=True)


def _print_hit(console: Console, hit: SearchHit) -> None:
    article = hit.article
    published = article.text.published
    title = Text(f"\n[{article.id}] ")
    for part in hit.title:
        title.append(part.text, style="bold red" if part.is_hit else "bold")
    console.print(title)
    day = published.value.strftime("%d/%m/%Y") if published else "no date"
    removed = " · removed" if article.removed_at else ""
    # An address is never broken: it is copied, and looked for by other programs.
    console.print(f"    {day} · {article.portal.name}{removed} · {article.url}", style="dim", soft_wrap=True)
    if places := changed_places(article, _PLACES_SHOWN):
        console.print(f"    {'; '.join(places)}", style="dim")
    line = Text("    ")
    if hit.attachment:
        line.append(f"in {hit.attachment.label or hit.attachment.url}: ", style="dim")
    for part in hit.snippet:
        line.append(part.text.replace("\n", " "), style="red" if part.is_hit else "")
    console.print(line)
    if hit.folded:
        console.print(f"    and {hit.folded} more with nearly this text", style="dim")
