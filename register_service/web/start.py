"""Pages for anybody: where one begins, and what is kept and who sees it."""

from typing import Any

from flask import Blueprint, redirect

from register_service.access.models import ClientSoort
from register_service.api.call import Call
from register_service.web.page import page
from register_service.web.rendering import render

# Where everybody with a role begins.
HOME = {ClientSoort.LERAAR: "/mijn", ClientSoort.AUDITOR: "/rapportages"}

blueprint = Blueprint("start", __name__, template_folder="templates")


@page(blueprint, "/", role=None, purpose="startpagina")
def start(call: Call) -> Any:
    """Tell what there is to do here; who signed in goes on at once."""
    home = HOME.get(ClientSoort(call.caller.role)) if call.caller.role else None
    return redirect(home, 303) if home else render("start.html")


@page(blueprint, "/uitleg", role=None, purpose="uitleg")
def explanation(_call: Call) -> Any:
    """Tell what is kept, who sees it, and whom to ask."""
    return render("uitleg.html")
