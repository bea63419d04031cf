"""What makes schemathesis' requests reach the code behind the 404s, and stay on this machine."""

import atexit
import collections
import json
import os
import re
import zlib

import schemathesis

WORLD = json.loads(os.environ["FUZZ_WORLD"])
"""ids: real ones by path parameter. victims: those that may be deleted. receiver: a URL.
tokens: which may be revoked."""

INVENTED_ONE_IN = 8
STATUSES = collections.defaultdict(collections.Counter)
ENDS_TOKENS = ("/auth/logout",)
WEB_ADDRESS = re.compile(r"\s*https?:", re.IGNORECASE)


@schemathesis.hook
def before_call(context, case, kwargs):
    deletes = case.method.upper() == "DELETE"
    last = re.search(r"\{(\w+)\}$", case.operation.path)
    for name, value in (case.path_parameters or {}).items():
        is_deleted = deletes and last is not None and last.group(1) == name
        ids = WORLD["victims" if is_deleted else "ids"].get(name)
        if ids:
            case.path_parameters[name] = real_or_invented(ids, value)

    if isinstance(case.body, (dict, list)):
        case.body = without_strangers(case.body)

    if case.operation.path.endswith(ENDS_TOKENS):
        token = chosen(WORLD["tokens"], case.body)
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


def real_or_invented(ids, value):
    """Depends on nothing but the value, so that a failure can be repeated and made smaller."""
    if checksum(value) % INVENTED_ONE_IN == 0:
        return value
    return chosen(ids, value)


def chosen(values, by):
    return values[checksum(by) // INVENTED_ONE_IN % len(values)]


def checksum(value):
    return zlib.crc32(repr(value).encode("utf-8", "surrogatepass"))


def without_strangers(body):
    """No request is ever made to an address that schemathesis made up."""
    if isinstance(body, list):
        return [without_strangers(item) for item in body]
    if isinstance(body, dict):
        return {name: without_strangers(value) for name, value in body.items()}
    if isinstance(body, str) and WEB_ADDRESS.match(body):
        return WORLD["receiver"]
    return body
