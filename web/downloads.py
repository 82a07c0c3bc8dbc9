"""What is said beside a button where the file that it promises cannot be made."""

import asyncio
import logging

from streamlit.proto.BackMsg_pb2 import BackendOperationRequest
from streamlit.proto.ForwardMsg_pb2 import BackendOperationResponse, DeferredFileResponsePayload
from streamlit.runtime.backend_operation_handler import DeferredFileHandler

from data.core.errors import Unreachable

NO_FILE = "No file yet. {why}"
FAILED = "The file could not be made. Reload the page and try again."


def say_why() -> None:
    """Have Streamlit say in our words why there is no file; the page stays as it is."""
    DeferredFileHandler.handle = _handle  # type: ignore[assignment, method-assign]


async def _handle(
    handler: DeferredFileHandler, request: BackendOperationRequest, session_id: str
) -> BackendOperationResponse:
    answer = BackendOperationResponse(request_id=request.request_id)
    make = handler._get_media_file_mgr().execute_deferred
    try:
        url = await asyncio.to_thread(make, request.deferred_file.file_id)
    except Exception as error:
        # Streamlit hides in one of its own errors what the file was not made for.
        if isinstance(error.__cause__, Unreachable):
            answer.error_msg = NO_FILE.format(why=error.__cause__.why)
        else:
            logging.getLogger(__name__).exception("a file could not be made")
            answer.error_msg = FAILED
    else:
        answer.deferred_file.CopyFrom(DeferredFileResponsePayload(url=url))
    return answer
