"""The room that everyone may enter; each view lives in the module of its page."""

from flask import Blueprint

from web.public import feed, health, item, media, report, suggest, whitelist
from web.public.catalogue import home, search, unit, units

blueprint = Blueprint("public", __name__)
blueprint.add_url_rule("/", view_func=home)
blueprint.add_url_rule("/search", view_func=search)
blueprint.add_url_rule("/suggest", endpoint="suggest", view_func=suggest.suggest)
blueprint.add_url_rule("/units", view_func=units)
blueprint.add_url_rule("/units/<unit>", endpoint="unit", view_func=unit)
blueprint.add_url_rule("/items/<item>", endpoint="item", view_func=item.show)
blueprint.add_url_rule("/items/<item>/report", view_func=report.report, methods=["GET", "POST"])
blueprint.add_url_rule("/media/<name>", endpoint="media", view_func=media.show)
blueprint.add_url_rule("/reports", endpoint="reports", view_func=report.look_up)
blueprint.add_url_rule("/whitelist", endpoint="whitelist", view_func=whitelist.look_up)
blueprint.add_url_rule("/feed.atom", endpoint="feed", view_func=feed.atom)
blueprint.add_url_rule("/healthz", endpoint="health", view_func=health.health)
blueprint.add_url_rule("/robots.txt", endpoint="robots", view_func=health.robots)
