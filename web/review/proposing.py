"""The form of a trial: what was typed as a proposal, and what is wrong with it in words."""

from dataclasses import replace

from flask import abort, request
from flask_babel import gettext as _
from flask_wtf import FlaskForm
from pydantic import ValidationError
from wtforms import SelectField, StringField
from wtforms.validators import InputRequired, Length, Optional

from config.addresses import BadAddress, place_of
from config.units.entries import ChannelEntry
from config.units.options import OPTIONS, option_faults
from config.words import ChannelKind
from indexer.base.ids import UnitId
from indexer.catalogue.items import URL_CHARS
from indexer.whitelist.trials import OPTION, Proposal

BAD_REQUEST = 400
UNIT_CHARS, HOSTS_CHARS, PATH_CHARS = 100, 2000, 500


class TrialForm(FlaskForm):  # type: ignore[misc] # Flask-WTF carries no types
    """What is to be tried; the options of its source come beside it, as `option.NAME`."""

    address = StringField(validators=[InputRequired(), Length(max=URL_CHARS)])
    unit = StringField(validators=[InputRequired(), Length(max=UNIT_CHARS)])
    source = SelectField(choices=["", *OPTIONS], validators=[Optional()])
    hosts = StringField(validators=[Optional(), Length(max=HOSTS_CHARS)])
    path = StringField(validators=[Optional(), Length(max=PATH_CHARS)])


def typed_proposal(form: TrialForm) -> Proposal:
    """Return what was typed, right or wrong; options that its source does not take are left out."""
    written = {name: value.strip() for name, value in request.form.items() if name.startswith(OPTION)}
    options = {name.removeprefix(OPTION): value for name, value in written.items() if value}
    source = (form.source.data or "") if form.source.data in OPTIONS else ""
    taken = OPTIONS[source].model_fields if source else options
    return Proposal(
        address=(form.address.data or "").strip(),
        unit=UnitId((form.unit.data or "").strip()) if form.unit.data else None,
        source=source,
        hosts=tuple((form.hosts.data or "").replace(",", " ").lower().split()),
        path=(form.path.data or "").strip() or "/",
        options={name: value for name, value in options.items() if name in taken},
    )


def with_own_host(proposal: Proposal) -> Proposal:
    """Return the proposal with the host of its address among its hosts, where it names any. Raises BadAddress."""
    own = place_of(proposal.address).netloc
    return replace(proposal, hosts=tuple(dict.fromkeys((*proposal.hosts, own)))) if proposal.hosts else proposal


def trouble_of(form: TrialForm, proposal: Proposal, *, is_known: bool) -> str:
    """Return what keeps the trial from being filed, in words for its editor; empty where nothing does."""
    if not form.validate() and not {"csrf_token", "source"}.isdisjoint(form.errors):
        abort(BAD_REQUEST)  # what no form of this site sends
    wrong = set(form.errors) | _wrong_fields(proposal)
    if "address" in wrong:
        return str(_("Enter the whole address, beginning with http:// or https://."))
    if "unit" in wrong or not is_known:
        return str(_("Choose the unit whose channel it would be."))
    if "path" in wrong:
        return str(_("Write the path as it follows the host, beginning with a slash, as /kjxh/."))
    if "hosts" in wrong:
        return str(_("Write hosts alone, parted by spaces, as www.example.cn."))
    if faults := option_faults(proposal.source or None, proposal.options):
        names = " ".join(name for name, *_rest in faults)
        words = _("The collector cannot use these options as they are written: %(names)s. Correct them.", names=names)
        return str(words)
    return ""


def _wrong_fields(proposal: Proposal) -> set[str]:
    """The fields that a whitelist file could not hold as they are."""
    try:
        tried = with_own_host(proposal)
        ChannelEntry(kind=ChannelKind.SITE, address=tried.address, hosts=tried.hosts, path=tried.path)
    except BadAddress:
        return {"address"}
    except ValidationError as error:
        return {str(one["loc"][0]) if one["loc"] else "hosts" for one in error.errors(include_url=False)}
    return set()
