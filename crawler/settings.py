"""Scrapy's settings for every crawl, each with its reason; the only place of this package that reads the environment.

`DANVAN_CONTACT`                  mail or web address in the user agent; required beyond loopback, never made up
`DANVAN_ALLOW_PRIVATE_ADDRESSES`  1 lets crawls reach loopback and private networks (tests and the demo)
`DANVAN_WORKERS`                  processes that read pages of crawls and replays; 0 reads them in the crawling process
`DANVAN_KEEP`                     relevant (default) or all: whether articles off the topic are archived too
`DANVAN_LOG`                      text (default) or json: the form of the logs in runs/
`DANVAN_METRICS_FILE`             where figures for Prometheus go; default metrics.prom in the home
`DANVAN_WEBHOOK`                  web address that is told of crawls that were not ok; may hold a secret
"""

from __future__ import annotations

import os
from importlib.metadata import version

BOT_NAME = "danvan"
SPIDER_MODULES = ["spiders.portals"]

DANVAN_CONTACT = os.environ.get("DANVAN_CONTACT") or None
DANVAN_ALLOW_PRIVATE_ADDRESSES = os.environ.get("DANVAN_ALLOW_PRIVATE_ADDRESSES") == "1"
# Reading a page takes about as long as everything else a crawl does for it, so one worker keeps pace.
DANVAN_WORKERS = int(os.environ.get("DANVAN_WORKERS") or min(2, os.cpu_count() or 1))
# Processes that read records of an import beside the one that saves: about 120 MB each, so not as many as a big
# machine has cores; those that this process may use are counted.
IMPORT_PROCESSES = min(8, len(os.sched_getaffinity(0)))
DANVAN_LOG = os.environ.get("DANVAN_LOG") or "text"
DANVAN_METRICS_FILE = os.environ.get("DANVAN_METRICS_FILE") or None
DANVAN_WEBHOOK = os.environ.get("DANVAN_WEBHOOK") or None
DANVAN_KEEP = os.environ.get("DANVAN_KEEP") or "relevant"


def user_agent(contact: str | None) -> str:
    """Who we are, for the server's log; a contact is required beyond loopback."""
    return f"danvan/{version('danvan')}" + (f" (+{contact})" if contact else "")


USER_AGENT = user_agent(DANVAN_CONTACT)
ROBOTSTXT_OBEY = True
ROBOTSTXT_USER_AGENT = "danvan"

CONCURRENT_ITEMS = 1  # of one answer: it has one; the default makes a hundred tasks for it, half a ms of CPU
CONCURRENT_REQUESTS_PER_DOMAIN = 1  # district portals run on one small server
DOWNLOAD_DELAY_JITTER = 0  # the delay is a promise to the portal, not a disguise

DOWNLOAD_TIMEOUT = 60  # the slowest portals take up to 40 s for a list page
DOWNLOAD_MAXSIZE = 16 * 1024 * 1024  # an article page is 75 kB; bombs stop here
DOWNLOAD_WARNSIZE = 4 * 1024 * 1024
DOWNLOAD_FAIL_ON_DATALOSS = True  # half a page is an error, not an article
RETRY_TIMES = 2
RETRY_HTTP_CODES = [500, 502, 504, 408]  # not 429 and 503: they say when to come again, and `failures` listens
REDIRECT_MAX_TIMES = 5
METAREFRESH_ENABLED = False  # block pages use it
COOKIES_ENABLED = False  # no portal needs them, and they load a public-suffix list over the network
AJAXCRAWL_ENABLED = False
DEPTH_LIMIT = 2000  # one list page after another; paging itself stops at the profile's limit
URLLENGTH_LIMIT = 2000

REMOTE_CONTROL_ENABLED = False  # it runs Python sent to it
TELNETCONSOLE_ENABLED = False
DOWNLOAD_HANDLERS = {"file": None, "data": None, "ftp": None, "s3": None}  # a followed file:// link is answered
SCHEDULER = "crawler.frontier.FrontierScheduler"  # JOBDIR loses pages after SIGKILL and calls the crawl finished
TWISTED_DNS_RESOLVER = "crawler.middlewares.address_guard.GuardedResolver"

DOWNLOADER_MIDDLEWARES = {
    "scrapy.downloadermiddlewares.offsite.OffsiteMiddleware": None,  # ours knows ports and says why
    "crawler.middlewares.moved.MovedMiddleware": 40,
    "crawler.middlewares.portal_scope.PortalScopeMiddleware": 50,
    "crawler.middlewares.conditional.ConditionalMiddleware": 400,
    # Beyond HttpCompressionMiddleware (590): sees the body as it was sent.
    "crawler.middlewares.capture.CaptureMiddleware": 950,
}
ITEM_PIPELINES = {"crawler.pipelines.ArchivePipeline": 300}
EXTENSIONS = {
    "crawler.run_recorder.RunRecorder": 0,
    "crawler.middlewares.politeness.CrawlDelay": 10,
    "scrapy.extensions.memusage.MemoryUsage": None,
    "scrapy.extensions.logstats.LogStats": None,
}
LOG_LEVEL = "INFO"
LOG_FORMATTER = "scrapy.logformatter.LogFormatter"
STATS_DUMP = False  # the run report says what people need
