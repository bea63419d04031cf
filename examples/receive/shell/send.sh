#!/bin/sh
# Signs a body as it would be signed for you, and sends it to your server: it should answer 2xx,
# and 401 once you change a character of the secret.
#   WEBHOOK_SECRET=whsec_… ./send.sh http://127.0.0.1:9000/webhooks body.json
set -eu
id=msg_test_$$
timestamp=$(date +%s)
key=$(printf %s "${WEBHOOK_SECRET#whsec_}" | openssl base64 -d -A | od -An -v -tx1 | tr -d ' \n')
signature=$({ printf %s "$id.$timestamp."; cat "$2"; } |
  openssl dgst -sha256 -mac HMAC -macopt "hexkey:$key" -binary | openssl base64 -A)

curl -sS -i "$1" -H 'content-type: application/json' --data-binary "@$2" \
  -H "webhook-id: $id" -H "webhook-timestamp: $timestamp" -H "webhook-signature: v1,$signature"
