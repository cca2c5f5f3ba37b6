"""How the spider behaves towards other people's sites, as Scrapy's settings."""

from collections.abc import Mapping
from typing import Any

from config.settings import Settings
from crawler.scrapy.handler import STAND_INS, GuardedHandler
from crawler.scrapy.resolver import PRIVATE_HOSTS

RETRIES = 2
CONCURRENT_REQUESTS, WITHOUT_DELAY_A_HOST = 16, 4

MIDDLEWARES: Mapping[str, int | None] = {
    # Nearer to the network than Scrapy's own, so that retries and redirects pass it too.
    "crawler.scrapy.hops.GuardMiddleware": 950,
    "crawler.scrapy.hops.GuardedRedirect": 600,
    "crawler.scrapy.retries.Retries": 550,
    "crawler.scrapy.robots.Robots": 100,
    "scrapy.downloadermiddlewares.retry.RetryMiddleware": None,
    "scrapy.downloadermiddlewares.robotstxt.RobotsTxtMiddleware": None,
    "scrapy.downloadermiddlewares.redirect.RedirectMiddleware": None,
    "scrapy.downloadermiddlewares.offsite.OffsiteMiddleware": None,
    "scrapy.downloadermiddlewares.httpauth.HttpAuthMiddleware": None,
}


def scrapy_settings(settings: Settings) -> dict[str, Any]:
    """Return the settings of one crawl."""
    return {
        "USER_AGENT": settings.user_agent,
        "ROBOTSTXT_OBEY": True,
        "DOWNLOAD_DELAY": settings.crawl_delay_seconds,
        "DOWNLOAD_DELAY_JITTER": 0,
        "CONCURRENT_REQUESTS": CONCURRENT_REQUESTS,
        "CONCURRENT_REQUESTS_PER_DOMAIN": 1 if settings.crawl_delay_seconds else WITHOUT_DELAY_A_HOST,
        "DOWNLOAD_TIMEOUT": settings.fetch_seconds,
        "DOWNLOAD_MAXSIZE": settings.page_bytes,
        "DOWNLOAD_WARNSIZE": 0,
        "DOWNLOAD_VERIFY_CERTIFICATES": True,
        "RETRY_TIMES": RETRIES,
        "REDIRECT_MAX_TIMES": settings.redirects,
        "METAREFRESH_ENABLED": False,
        "COOKIES_ENABLED": False,
        # Both would run code for whoever connects to the process.
        "TELNETCONSOLE_ENABLED": False,
        "REMOTE_CONTROL_ENABLED": False,
        # A proxy would resolve names itself, out of the guard's sight.
        "HTTPPROXY_ENABLED": False,
        "DOWNLOAD_HANDLERS": dict.fromkeys(("data", "file", "ftp", "s3"))
        | dict.fromkeys(("http", "https"), GuardedHandler),
        "TWISTED_DNS_RESOLVER": "crawler.scrapy.resolver.GuardedResolver",
        "DNSCACHE_ENABLED": False,
        "DOWNLOADER_MIDDLEWARES": dict(MIDDLEWARES),
        # Nobody looks at what they would count at every request.
        "DOWNLOADER_STATS": False,
        # None of Scrapy's own: they count what nobody looks at, or are switched off and yet imported (a web server,
        # among it). Named one by one in EXTENSIONS, each is imported to be left out.
        "EXTENSIONS_BASE": {},
        PRIVATE_HOSTS: [*settings.private_hosts, *settings.stand_ins.values()],
        STAND_INS: dict(settings.stand_ins),
        "LOG_ENABLED": False,
        "LOG_INSTALL_ROOT_HANDLER": False,
        "TWISTED_REACTOR": "twisted.internet.asyncioreactor.AsyncioSelectorReactor",
    }
