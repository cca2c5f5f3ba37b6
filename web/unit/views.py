"""The unit's own room; each view lives in the module of its page."""

from flask import Blueprint

from web.unit import component, connecting, desk, keys, pushing, weibo, withdraw

blueprint = Blueprint("unit", __name__, url_prefix="/unit")
blueprint.add_url_rule("/", endpoint="desk", view_func=desk.desk)
blueprint.add_url_rule("/push", endpoint="push", view_func=pushing.push, methods=["POST"])
blueprint.add_url_rule("/push-page", endpoint="push_page", view_func=pushing.push_page, methods=["POST"])
blueprint.add_url_rule("/keys", endpoint="keys", view_func=keys.keys)
blueprint.add_url_rule("/keys/new", endpoint="make_key", view_func=keys.make, methods=["POST"])
blueprint.add_url_rule("/keys/<key>/revoke", endpoint="revoke_key", view_func=keys.revoke, methods=["POST"])
blueprint.add_url_rule("/channels/<channel>/connect", endpoint="connect", view_func=connecting.connect)
blueprint.add_url_rule(
    "/channels/<channel>/connect/wechat",
    endpoint="connect_wechat",
    view_func=connecting.connect_wechat,
    methods=["POST"],
)
blueprint.add_url_rule("/channels/<channel>/connect/weibo", endpoint="authorise_weibo", view_func=weibo.authorise)
blueprint.add_url_rule("/connect/weibo/return", endpoint="weibo_return", view_func=weibo.come_back)
blueprint.add_url_rule(
    "/channels/<channel>/connect/component",
    endpoint="authorise_component",
    view_func=component.authorise,
    methods=["POST"],
)
blueprint.add_url_rule("/connect/component/return", endpoint="component_return", view_func=component.come_back)
blueprint.add_url_rule(
    "/channels/<channel>/disconnect", endpoint="disconnect", view_func=connecting.disconnect, methods=["POST"]
)
blueprint.add_url_rule(
    "/channels/<channel>/connect/name", endpoint="confirm_name", view_func=connecting.confirm_name, methods=["POST"]
)
blueprint.add_url_rule("/items/<item>/withdraw", endpoint="withdraw", view_func=withdraw.withdraw, methods=["POST"])
blueprint.add_url_rule("/items/<item>/undo", endpoint="undo", view_func=withdraw.undo, methods=["POST"])
