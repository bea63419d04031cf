import base64
import hashlib
import hmac
import re
import time

TOLERANCE_S = 300


# Flask: is_genuine(os.environ["WEBHOOK_SECRET"], request.headers, request.get_data())
# Django: is_genuine(settings.WEBHOOK_SECRET, request.headers, request.body)
def is_genuine(secret: str, headers, body: bytes) -> bool:
    def header(name: str) -> str:
        return headers.get(f"webhook-{name}") or headers.get(f"svix-{name}") or ""

    timestamp = header("timestamp")
    if not re.fullmatch("[0-9]{1,12}", timestamp):
        return False
    if abs(time.time() - int(timestamp)) > TOLERANCE_S:
        return False
    key = base64.b64decode(secret.removeprefix("whsec_"))
    signed = f"{header('id')}.{timestamp}.".encode() + body
    digest = hmac.new(key, signed, hashlib.sha256).digest()
    expected = b"v1," + base64.b64encode(digest)
    given = header("signature").encode().split(b" ")
    return any(hmac.compare_digest(expected, one) for one in given)
