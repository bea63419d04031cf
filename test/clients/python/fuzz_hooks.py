"""What makes schemathesis' requests reach the code behind the 404s, and stay on this machine."""

import atexit
import collections
import json
import os
import random
import re

import schemathesis

WORLD = json.loads(os.environ["FUZZ_WORLD"])
"""ids: real ones by path parameter. victims: those that may be deleted. receiver: a URL.
tokens: which may be revoked. oneTimeTokens: each can be exchanged once."""

INVENTED_ONE_IN = 8
# Always the same choices, so that a seed means something. There is only one worker.
RANDOM = random.Random(0)
NEEDED = {id for ids in WORLD["ids"].values() for id in ids}
STATUSES = collections.defaultdict(collections.Counter)
ENDS_TOKENS = ("/auth/logout",)
WEB_ADDRESS = re.compile(r"\s*https?:", re.IGNORECASE)


@schemathesis.hook
def before_call(context, case, kwargs):
    ruined = ruins(case)
    for name, value in (case.path_parameters or {}).items():
        kind = kind_of(name, case.operation.path)
        victims = WORLD["victims"].get(kind) if name == ruined else None
        ids = victims or WORLD["ids"].get(kind)
        if ids:
            case.path_parameters[name] = real_or_invented(ids, spared(value, victims))

    if case.operation.path.startswith("/v1/"):
        case.query = {**(case.query or {}), "application": RANDOM.choice(WORLD["ids"]["app_id"])}
        if isinstance(case.body, dict) and isinstance(case.body.get("event"), str):
            case.body["event"] = RANDOM.choice(WORLD["ids"]["event_type_name"])

    if isinstance(case.body, (dict, list)):
        case.body = without_strangers(case.body)
    if isinstance(case.body, dict):
        if isinstance(case.body.get("eventType"), str):
            names = WORLD["ids"]["event_type_name"]
            case.body["eventType"] = real_or_invented(names, case.body["eventType"])
        if isinstance(case.body.get("ids"), list):
            case.body["ids"] = [spared(id, WORLD["victims"]["msg_id"]) for id in case.body["ids"]]
        if isinstance(case.body.get("oneTimeToken"), str) and WORLD["oneTimeTokens"]:
            case.body["oneTimeToken"] = WORLD["oneTimeTokens"].pop()

    if case.operation.path.endswith(ENDS_TOKENS):
        token = RANDOM.choice(WORLD["tokens"])
        case.headers = {**(case.headers or {}), "Authorization": f"Bearer {token}"}


@schemathesis.hook
def after_call(context, case, response):
    if is_the_operations_own(case, response):
        STATUSES[case.operation.label][response.status_code] += 1


@atexit.register
def write_statuses():
    with open(os.environ["FUZZ_STATUSES"], "w") as file:
        json.dump(STATUSES, file)


@schemathesis.check
def reserved_status(ctx, response, case):
    """Statuses that are documented as never answered are only there for generated clients."""
    if not is_the_operations_own(case, response):
        return
    responses = case.operation.definition.raw["responses"]
    documented = responses.get(str(response.status_code), {})
    if documented.get("x-reserved"):
        raise AssertionError(f"{response.status_code} is documented as never answered")


def is_the_operations_own(case, response):
    """schemathesis also asks for methods that the document does not have for a path."""
    return response.request.method.upper() == case.operation.method.upper()


def ruins(case):
    """The path parameter that names what is no longer there, or of no use, after the request."""
    if case.operation.path.endswith("/expunge-all-contents"):
        return "app_id"
    if isinstance(case.body, dict) and case.body.get("disabled"):
        return "endpoint_id"
    named = re.findall(r"\{(\w+)\}", case.operation.path)
    return named[-1] if named and case.method.upper() == "DELETE" else None


def kind_of(parameter, path):
    """Not every endpoint is an application's, and not every message had the attempts we know."""
    if parameter == "endpoint_id" and "/operational-webhook/" in path:
        return "operational_endpoint_id"
    if parameter == "msg_id" and "{attempt_id}" in path:
        return "attempted_msg_id"
    return parameter


def spared(value, victims):
    """schemathesis learns ids from answers: what all others need must not be what is ruined."""
    is_needed = isinstance(value, str) and value in NEEDED
    return RANDOM.choice(victims) if victims and is_needed else value


def real_or_invented(ids, invented):
    return invented if RANDOM.randrange(INVENTED_ONE_IN) == 0 else RANDOM.choice(ids)


def without_strangers(body):
    """No request is ever made to an address that schemathesis made up."""
    if isinstance(body, list):
        return [without_strangers(item) for item in body]
    if isinstance(body, dict):
        return {name: without_strangers(value) for name, value in body.items()}
    if isinstance(body, str) and WEB_ADDRESS.match(body):
        return WORLD["receiver"]
    return body
