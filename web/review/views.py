"""The editors' room; each view lives in the module of its page."""

from flask import Blueprint

from web.review import decide, item, log, queue, reports, undoable, whitelist

blueprint = Blueprint("review", __name__, url_prefix="/review")
blueprint.context_processor(undoable.for_templates)
blueprint.context_processor(reports.for_templates)
blueprint.add_url_rule("/", endpoint="queue", view_func=queue.show)
blueprint.add_url_rule("/items/<item>", endpoint="item", view_func=item.show)
blueprint.add_url_rule("/items/<item>/decide", endpoint="decide", view_func=decide.decide, methods=["POST"])
blueprint.add_url_rule("/items/<item>/undo", endpoint="undo", view_func=decide.undo, methods=["POST"])
blueprint.add_url_rule("/batch", endpoint="batch", view_func=decide.batch, methods=["POST"])
blueprint.add_url_rule("/log", endpoint="log", view_func=log.decided)
blueprint.add_url_rule("/refused", endpoint="refused", view_func=log.refused)
blueprint.add_url_rule("/whitelist", endpoint="whitelist", view_func=whitelist.show)
blueprint.add_url_rule("/whitelist/<channel>", endpoint="change_status", view_func=whitelist.change, methods=["POST"])
blueprint.add_url_rule("/reports", endpoint="reports", view_func=reports.show)
blueprint.add_url_rule("/reports/<report>", endpoint="step", view_func=reports.step, methods=["POST"])
