"""Reading without a network: the page that is shown then, and the worker that shows it.

Both are only there with ``offline`` in the configuration. Without it, the script of the pages takes
the worker out of the browsers that still have it.
"""

from collections.abc import Iterator

from sitegen.foundation.addresses import OFFLINE, WORKER
from sitegen.foundation.parts import digest_record
from sitegen.pages.context import PlanContext, describe_page
from sitegen.pages.planned import PlannedPage, plan_view
from sitegen.views import OfflineView, WorkerView


def plan_offline(context: PlanContext) -> Iterator[PlannedPage]:
    """Yield the page for readers without a network and the worker, if the site has them."""
    shared = context.shared
    if not shared.view.offline:
        return
    page = describe_page(shared, OFFLINE, shared.speak("Đang không có mạng"), description="")
    yield plan_view(OFFLINE, "offline.html", OfflineView(**page))
    # A browser keeps the page until the worker has other bytes: so these tell what it shows.
    version = digest_record(shared.view).hex()
    worker = WorkerView(shared.view, shared.href(OFFLINE), version)
    yield plan_view(WORKER, "worker.js", worker)
