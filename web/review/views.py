"""The editors' room; each view lives in the module of its page."""

from flask import Blueprint

from web.review import (
    alarms,
    batch,
    correcting,
    decide,
    health,
    item,
    joining,
    log,
    outcome,
    queue,
    reports,
    rules,
    tagger,
    trials,
    trying,
    whitelist,
)

blueprint = Blueprint("review", __name__, url_prefix="/review")
blueprint.context_processor(outcome.for_templates)
blueprint.context_processor(reports.for_templates)
blueprint.context_processor(alarms.for_templates)
blueprint.context_processor(health.for_templates)
blueprint.add_url_rule("/", endpoint="queue", view_func=queue.show)
blueprint.add_url_rule("/items/<item>", endpoint="item", view_func=item.show)
blueprint.add_url_rule("/items/<item>/decide", endpoint="decide", view_func=decide.decide, methods=["POST"])
blueprint.add_url_rule("/items/<item>/undo", endpoint="undo", view_func=decide.undo, methods=["POST"])
blueprint.add_url_rule("/items/<item>/piece", endpoint="piece", view_func=joining.rule, methods=["POST"])
blueprint.add_url_rule("/items/<item>/tags", endpoint="tags", view_func=correcting.save, methods=["POST"])
blueprint.add_url_rule("/batch", endpoint="batch", view_func=batch.batch, methods=["POST"])
blueprint.add_url_rule("/batch/undo", endpoint="undo_batch", view_func=batch.undo_batch, methods=["POST"])
blueprint.add_url_rule("/log", endpoint="log", view_func=log.show)
blueprint.add_url_rule("/alarms", endpoint="alarms", view_func=alarms.show)
blueprint.add_url_rule("/channels", endpoint="health", view_func=health.show)
blueprint.add_url_rule("/channels/<channel>", endpoint="channel", view_func=health.channel)
blueprint.add_url_rule("/tagger", endpoint="tagger", view_func=tagger.show)
blueprint.add_url_rule("/tagger", endpoint="choose_tagger", view_func=tagger.choose, methods=["POST"])
blueprint.add_url_rule("/refused", endpoint="refused", view_func=log.refused)
blueprint.add_url_rule("/whitelist", endpoint="whitelist", view_func=whitelist.show)
blueprint.add_url_rule("/whitelist/<channel>", endpoint="change_status", view_func=whitelist.change, methods=["POST"])
blueprint.add_url_rule(
    "/whitelist/<channel>/account", endpoint="confirm_account", view_func=whitelist.confirm, methods=["POST"]
)
blueprint.add_url_rule("/whitelist/<channel>/try", endpoint="try_page", view_func=trying.file, methods=["POST"])
blueprint.add_url_rule("/trials", endpoint="trials", view_func=trials.show)
blueprint.add_url_rule("/trials", endpoint="try_channel", view_func=trials.file, methods=["POST"])
blueprint.add_url_rule("/trials/<trial>", endpoint="trial", view_func=trials.look)
blueprint.add_url_rule("/trials/<trial>/save", endpoint="save_channel", view_func=trials.save, methods=["POST"])
blueprint.add_url_rule("/rules", endpoint="rules", view_func=rules.show)
blueprint.add_url_rule("/rules/<rule>", endpoint="rule", view_func=rules.look)
blueprint.add_url_rule("/rules/<rule>/switch", endpoint="switch_rule", view_func=rules.change, methods=["POST"])
blueprint.add_url_rule("/reports", endpoint="reports", view_func=reports.show)
blueprint.add_url_rule("/reports/<report>", endpoint="step", view_func=reports.step, methods=["POST"])
