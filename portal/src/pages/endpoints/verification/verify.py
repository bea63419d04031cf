import base64, hashlib, hmac, time

# Flask: is_genuine(os.environ["WEBHOOK_SECRET"], request.headers, request.get_data())
# Django: is_genuine(settings.WEBHOOK_SECRET, request.headers, request.body)
def is_genuine(secret: str, headers, body: bytes) -> bool:
    timestamp = headers.get("webhook-timestamp", "")
    if not timestamp.isdigit() or abs(time.time() - int(timestamp)) > 300:
        return False
    key = base64.b64decode(secret.removeprefix("whsec_"))
    signed = f"{headers.get('webhook-id')}.{timestamp}.".encode() + body
    digest = hmac.new(key, signed, hashlib.sha256).digest()
    expected = b"v1," + base64.b64encode(digest)
    given = headers.get("webhook-signature", "").encode().split(b" ")
    return any(hmac.compare_digest(expected, one) for one in given)
