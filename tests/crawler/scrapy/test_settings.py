"""All that is set of Scrapy for a crawl, value by value and why; and what of Scrapy then really runs."""

import json
import subprocess
import sys

from config.settings import Settings
from crawler.scrapy.handler import GuardedHandler
from crawler.scrapy.settings import scrapy_settings

OWN = "crawler.scrapy."
SCRAPYS = "scrapy.downloadermiddlewares."

# name → (value, why it is this one)
SET: dict[str, tuple[object, str]] = {
    "USER_AGENT": ("Test/1 (+https://a.example)", "who comes is named, and where to ask"),
    "ROBOTSTXT_OBEY": (True, "what a site forbids is not read"),
    "DOWNLOAD_DELAY": (2.5, "of the deployment, between two requests to one host"),
    "DOWNLOAD_DELAY_JITTER": (0, "the delay is a promise, not an average"),
    "CONCURRENT_REQUESTS": (16, "of all hosts together"),
    "CONCURRENT_REQUESTS_PER_DOMAIN": (1, "a delay between requests means one at a time"),
    "DOWNLOAD_TIMEOUT": (7.0, "of the deployment, a whole answer"),
    "DOWNLOAD_MAXSIZE": (90_000, "of the deployment, after unpacking too"),
    "DOWNLOAD_WARNSIZE": (0, "no warning below the limit"),
    "DOWNLOAD_VERIFY_CERTIFICATES": (True, "a page of somebody in between is none of the unit's"),
    "RETRY_TIMES": (2, "bounded; the next round tries again"),
    "REDIRECT_MAX_TIMES": (4, "of the deployment"),
    "METAREFRESH_ENABLED": (False, "a redirect inside the page passes no guard"),
    "COOKIES_ENABLED": (False, "every visit is the first: nothing that a site keeps of us is sent back"),
    "TELNETCONSOLE_ENABLED": (False, "it runs code for whoever connects"),
    "REMOTE_CONTROL_ENABLED": (False, "it runs code for whoever reads a file in the user's profile"),
    "HTTPPROXY_ENABLED": (False, "a proxy resolves names itself, out of the guard's sight"),
    "DOWNLOAD_HANDLERS": (
        dict.fromkeys(("data", "file", "ftp", "s3")) | dict.fromkeys(("http", "https"), GuardedHandler),
        "only http and https go outside, calls with a credential by the guard itself",
    ),
    "TWISTED_DNS_RESOLVER": (OWN + "resolver.GuardedResolver", "addresses are checked before any connection"),
    "DNSCACHE_ENABLED": (False, "each connection is to an address that was checked for it"),
    "DOWNLOADER_MIDDLEWARES": (
        {
            OWN + "hops.GuardMiddleware": 950,
            OWN + "hops.GuardedRedirect": 600,
            OWN + "retries.Retries": 550,
            OWN + "robots.Robots": 100,
            SCRAPYS + "retry.RetryMiddleware": None,
            SCRAPYS + "robotstxt.RobotsTxtMiddleware": None,
            SCRAPYS + "redirect.RedirectMiddleware": None,
            SCRAPYS + "offsite.OffsiteMiddleware": None,
            SCRAPYS + "httpauth.HttpAuthMiddleware": None,
        },
        "ours instead of Scrapy's, and the guard nearest to the network; no domains and no user of the spider's own",
    ),
    "DOWNLOADER_STATS": (False, "nobody looks at them"),
    "EXTENSIONS_BASE": ({}, "they count what nobody looks at, or are switched off and would still be imported"),
    "CARNIVAL_PRIVATE_HOSTS": (["intranet.example"], "of the deployment, for the resolver"),
    "CARNIVAL_STAND_INS": ({}, "of the deployment, for the handler"),
    "LOG_ENABLED": (False, "one event a channel is logged, by the spider"),
    "LOG_INSTALL_ROOT_HANDLER": (False, "the process's log is set up already"),
    "TWISTED_REACTOR": (
        "twisted.internet.asyncioreactor.AsyncioSelectorReactor",
        "the spider is written as coroutines",
    ),
}
# From the spider to the network.
MIDDLEWARES = [
    "Robots",
    "DownloadTimeoutMiddleware",
    "DefaultHeadersMiddleware",
    "UserAgentMiddleware",
    "Retries",
    "HttpCompressionMiddleware",
    "GuardedRedirect",
    "GuardMiddleware",
]
# In a process of its own: some extensions look at the reactor, and a process has one.
LOAD = """
import json
import sys
from scrapy.core.downloader.middleware import DownloaderMiddlewareManager
from scrapy.utils.reactor import install_reactor
from config.settings import Settings
from crawler.scrapy.settings import scrapy_settings
settings = scrapy_settings(Settings(_env_file=None))
install_reactor(settings["TWISTED_REACTOR"])
from scrapy.crawler import AsyncCrawlerRunner
from crawler.scrapy.spider import CampaignSpider
made = AsyncCrawlerRunner(settings).create_crawler(CampaignSpider)
made._apply_settings()
names = lambda manager: [type(one).__name__ for one in manager.middlewares]
loaded = sorted(name for name in sys.modules if name.startswith("scrapy.extensions."))
print(json.dumps([names(DownloaderMiddlewareManager.from_crawler(made)), names(made.extensions), loaded]))
"""


def deployment(**fields: object) -> Settings:
    given = {
        "user_agent": "Test/1 (+https://a.example)",
        "crawl_delay_seconds": 2.5,
        "fetch_seconds": 7,
        "page_bytes": 90_000,
        "redirects": 4,
        "private_hosts": ("intranet.example",),
    }
    return Settings.model_validate(given | fields)


def test_every_setting_of_the_spider_is_in_the_table_with_its_value() -> None:
    assert scrapy_settings(deployment()) == {name: value for name, (value, _) in SET.items()}


def test_without_a_delay_a_host_still_gets_a_few_requests_at_a_time_only() -> None:
    settings = scrapy_settings(deployment(crawl_delay_seconds=0))

    assert (settings["DOWNLOAD_DELAY"], settings["CONCURRENT_REQUESTS_PER_DOMAIN"]) == (0, 4)


def test_of_scrapy_only_what_is_named_here_runs() -> None:
    done = subprocess.run([sys.executable, "-c", LOAD], capture_output=True, check=True, timeout=60)

    assert json.loads(done.stdout) == [MIDDLEWARES, [], []]
