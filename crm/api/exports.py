"""Lists to take along: everything of one kind that the caller sees, with permission, and written down in the journal."""

import io
from collections.abc import Mapping

from fastapi import APIRouter, Response

from crm import exports
from crm.api.doorkeeper import Caller
from crm.exports import Layout

router = APIRouter(tags=["exports"])
MIME: Mapping[Layout, str] = {
    Layout.CSV: "text/csv",
    Layout.JSON: "application/json",
    Layout.PARQUET: "application/vnd.apache.parquet",
    Layout.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


@router.get("/exports/{name}", response_class=Response)
def export(me: Caller, name: str, layout: Layout = Layout.CSV) -> Response:
    """A list under the name that `crm export` gives it, such as clients, tasks or trades."""
    content = io.BytesIO()
    exports.write_to(me, name, content, layout=layout)
    named = {"Content-Disposition": f'attachment; filename="{exports.file_name(me, name, layout)}"'}
    return Response(content.getvalue(), media_type=MIME[layout], headers=named)
