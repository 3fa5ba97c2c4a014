"""The API: one thin router per room, behind one doorkeeper."""

from fastapi import FastAPI

from crm.api import (
    clients,
    duplicates,
    exports,
    faults,
    history,
    imports,
    insights,
    interactions,
    people,
    review,
    tasks,
)
from crm.api.doorkeeper import Doorkeeper
from crm.ground import errors

ABOUT = "Send a token that you made on the page of your account: `Authorization: Bearer vip_...`. Times carry a zone."


def create_api() -> FastAPI:
    """No Swagger page, whose scripts would come from elsewhere; openapi.json is open to everyone."""
    api = FastAPI(title="VIP Desk", description=ABOUT, docs_url=None, redoc_url=None, redirect_slashes=False)
    for room in (people, clients, duplicates, interactions, tasks, imports, review, history, insights, exports):
        api.include_router(room.router)
    faults.translate(api, errors.CrmError)
    api.add_middleware(Doorkeeper)
    return api
