"""Drives the published client for Python against a Posthorn: SMOKE_URL, SMOKE_TOKEN.

Its models are pydantic's: an answer of another shape raises where JavaScript would shrug.
"""

import os
import time
from datetime import datetime, timedelta, timezone
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

from svix.api import (
    ApplicationListOptions,
    BackgroundTaskListOptions,
    EndpointGetStatsOptions,
    EndpointListOptions,
    EventTypeListOptions,
    MessageAttemptListAttemptedDestinationsOptions,
    MessageAttemptListAttemptedMessagesOptions,
    MessageAttemptListByEndpointOptions,
    MessageAttemptListByMsgOptions,
    MessageCreateOptions,
    MessageListOptions,
    Svix,
    SvixOptions,
)
from svix.exceptions import HttpError, HTTPValidationError
from svix.models import (
    ApplicationIn,
    ApplicationPatch,
    AppPortalAccessIn,
    AppUsageStatsIn,
    EndpointHeadersIn,
    EndpointIn,
    EndpointPatch,
    EndpointSecretRotateIn,
    EndpointUpsertIn,
    EventExampleIn,
    EventTypeIn,
    EventTypePatch,
    MessageIn,
    MessagePrecheckIn,
    RecoverIn,
    ReplayIn,
)
from svix.webhooks import Webhook, WebhookVerificationError

WAIT_S_MAX = 90
URL = os.environ["SMOKE_URL"]
SINCE = datetime.now(timezone.utc) - timedelta(hours=1)
received = []


class Receiver(BaseHTTPRequestHandler):
    def do_POST(self):
        body = self.rfile.read(int(self.headers["content-length"]))
        received.append((dict(self.headers.items()), body))
        self.send_response(200)
        self.end_headers()

    def log_message(self, *_):
        pass


def client(token):
    return Svix(token, SvixOptions(server_url=URL))


def wait_for(what, ask):
    deadline = time.monotonic() + WAIT_S_MAX
    while time.monotonic() < deadline:
        answer = ask()
        if answer:
            return answer
        time.sleep(0.02)
    raise TimeoutError(f"waited in vain for {what}")


def every(list_page):
    """All pages of two, by their iterators."""
    page = list_page(None)
    items = list(page.data)
    while not page.done:
        page = list_page(page.iterator)
        items += page.data
    return items


def refused(call, error, status):
    try:
        call()
    except error as refusal:
        assert refusal.status_code == status, refusal
        return refusal
    raise AssertionError("was not refused")


def drive(svix, receiver_url):
    app = applications(svix)
    event_types(svix)
    endpoint = endpoints(svix, app, receiver_url)
    message = messages(svix, app, endpoint)
    attempts(svix, app, endpoint, message)
    portal(svix, app)
    background_tasks(svix, app, endpoint)
    refusals(svix, app)
    svix.endpoint.delete(app, endpoint)
    svix.application.delete(app)
    svix.health.get()


def applications(svix):
    app = svix.application.create(ApplicationIn(name="Customer", uid="python", metadata={"a": "b"}))
    assert svix.application.get_or_create(ApplicationIn(name="x", uid="python")).id == app.id
    assert svix.application.upsert("python", ApplicationIn(name="2nd", uid="python")).name == "2nd"
    assert svix.application.patch(app.id, ApplicationPatch(throttle_rate=100)).throttle_rate == 100
    for name in ("a", "b"):
        svix.application.create(ApplicationIn(name=name))
    listed = every(
        lambda it: svix.application.list(ApplicationListOptions(limit=2, iterator=it))
    )
    assert app.id in [one.id for one in listed]
    assert svix.application.get("python").updated_at.tzinfo is not None
    return app.id


def event_types(svix):
    schemas = {"1": {"type": "object", "examples": [{"total": 42}]}}
    made = EventTypeIn(name="invoice.paid", description="Paid", schemas=schemas)
    assert svix.event_type.create(made).archived is False
    svix.event_type.create(EventTypeIn(name="invoice.sent", description="Sent"))
    patched = svix.event_type.patch("invoice.sent", EventTypePatch(deprecated=True))
    assert patched.deprecated
    options = EventTypeListOptions(with_content=True, include_archived=True)
    assert svix.event_type.list(options).data
    assert svix.event_type.get("invoice.paid").schemas == schemas
    svix.event_type.delete("invoice.sent")


def endpoints(svix, app, url):
    made = svix.endpoint.create(app, EndpointIn(url=url, uid="one", event_types=["invoice.paid"]))
    svix.endpoint.upsert(app, "one", EndpointUpsertIn(url=url, uid="one", description="1st"))
    patched = svix.endpoint.patch(app, made.id, EndpointPatch(metadata={"k": "v"}))
    assert (patched.description, patched.metadata) == ("1st", {"k": "v"})
    svix.endpoint.create(app, EndpointIn(url=url, disabled=True, channels=["a"], throttle_rate=9))
    listed = every(
        lambda it: svix.endpoint.list(app, EndpointListOptions(limit=1, iterator=it))
    )
    assert len(listed) == 2, listed
    svix.endpoint.set_headers(app, made.id, EndpointHeadersIn(headers={"X-Tenant": "42"}))
    assert svix.endpoint.get_headers(app, made.id).headers == {"X-Tenant": "42"}
    rotated = svix.endpoint.rotate_secret(app, made.id, EndpointSecretRotateIn())
    assert svix.endpoint.get_secret(app, made.id).key == rotated.key
    return made.id


def messages(svix, app, endpoint):
    payload = {"total": 100, "note": "ü ✓"}
    message = svix.message.create(
        app,
        MessageIn(event_type="invoice.paid", event_id="evt-1", payload=payload, tags=["t"]),
        MessageCreateOptions(idempotency_key="python-once"),
    )
    headers, body = wait_for("the webhook", lambda: received and received[0])
    webhook = Webhook(svix.endpoint.get_secret(app, endpoint).key)
    webhook.verify(body, headers)
    try:
        webhook.verify(body + b" ", headers)
        raise AssertionError("a forged body was accepted")
    except WebhookVerificationError:
        pass
    assert headers.get("X-Tenant") == "42", headers

    assert svix.message.get(app, "evt-1").id == message.id
    svix.message.create(app, MessageIn(event_type="invoice.paid", payload={}, channels=["a"]))
    listed = every(lambda it: svix.message.list(app, MessageListOptions(limit=1, iterator=it)))
    assert len(listed) == 2, listed
    assert svix.message.precheck(app, MessagePrecheckIn(event_type="invoice.paid")).active
    example = svix.endpoint.send_example(app, endpoint, EventExampleIn(event_type="invoice.paid"))
    assert example.payload == {"total": 42}, example
    return message.id


def attempts(svix, app, endpoint, message):
    by_message = MessageAttemptListByMsgOptions(with_content=True)
    attempt = wait_for(
        "the attempt", lambda: svix.message_attempt.list_by_msg(app, message, by_message).data
    )[0]
    assert (attempt.status_text, attempt.response_status_code) == ("success", 200), attempt
    assert svix.message_attempt.get(app, message, attempt.id).endpoint_id == endpoint
    by_endpoint = MessageAttemptListByEndpointOptions(with_msg=True, with_content=True)
    listed = svix.message_attempt.list_by_endpoint(app, endpoint, by_endpoint).data
    assert message in [one.msg.id for one in listed]
    options = MessageAttemptListAttemptedMessagesOptions(limit=10)
    assert svix.message_attempt.list_attempted_messages(app, endpoint, options).data
    options = MessageAttemptListAttemptedDestinationsOptions(limit=10)
    assert svix.message_attempt.list_attempted_destinations(app, message, options).data
    svix.message_attempt.resend(app, message, endpoint)
    assert svix.endpoint.get_stats(app, endpoint, EndpointGetStatsOptions(since=SINCE)).success >= 1
    svix.message_attempt.expunge_content(app, message, attempt.id)
    svix.message.expunge_content(app, message)


def portal(svix, app):
    access = svix.authentication.app_portal_access(app, AppPortalAccessIn())
    assert access.url.startswith("http"), access
    customer = client(access.token)
    assert customer.application.get(app).id == app
    customer.authentication.logout()
    refused(lambda: customer.application.get(app), HttpError, 401)


def background_tasks(svix, app, endpoint):
    begun = [
        svix.endpoint.recover(app, endpoint, RecoverIn(since=SINCE)).id,
        svix.endpoint.replay_missing(app, endpoint, ReplayIn(since=SINCE)).id,
        svix.statistics.aggregate_app_stats(
            AppUsageStatsIn(since=SINCE, until=datetime.now(timezone.utc))
        ).id,
        svix.statistics.aggregate_event_types().id,
    ]
    for task in begun:
        ended = wait_for(task, lambda: svix.background_task.get(task).status != "running")
        assert ended and svix.background_task.get(task).status == "finished"
    listed = every(
        lambda it: svix.background_task.list(BackgroundTaskListOptions(limit=2, iterator=it))
    )
    assert set(begun) <= {one.id for one in listed}


def refusals(svix, app):
    missing = refused(lambda: svix.endpoint.get(app, "none"), HttpError, 404)
    assert (missing.code, bool(missing.detail)) == ("not_found", True)
    wrong = lambda: svix.endpoint.create(app, EndpointIn(url="ftp://a.example"))
    invalid = refused(wrong, HTTPValidationError, 422)
    assert invalid.detail[0].loc == ["body", "url"], invalid


if __name__ == "__main__":
    server = ThreadingHTTPServer(("127.0.0.1", 0), Receiver)
    Thread(target=server.serve_forever, daemon=True).start()
    drive(client(os.environ["SMOKE_TOKEN"]), f"http://127.0.0.1:{server.server_port}/")
    print("all well")
