"""The API: one thin router per room, behind one doorkeeper."""

import pkgutil
from collections.abc import Iterator
from importlib import import_module

from fastapi import APIRouter, FastAPI

import crm.api
from crm.api import faults
from crm.api.doorkeeper import Doorkeeper
from crm.ground import errors

ABOUT = "Send a token that you made on the page of your account: `Authorization: Bearer vip_...`. Times carry a zone."


def create_api() -> FastAPI:
    """No Swagger page, whose scripts would come from elsewhere; openapi.json is open to everyone."""
    api = FastAPI(title="VIP Desk", description=ABOUT, docs_url=None, redoc_url=None, redirect_slashes=False)
    for router in routers():
        api.include_router(router)
    faults.translate(api, errors.CrmError)
    api.add_middleware(Doorkeeper)
    return api


def routers() -> Iterator[APIRouter]:
    """Those of all modules here that have one."""
    for module in pkgutil.iter_modules(crm.api.__path__, "crm.api."):
        router = getattr(import_module(module.name), "router", None)
        if router:
            yield router
