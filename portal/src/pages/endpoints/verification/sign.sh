# Signs body.json as it would be signed for you, and sends it to your server: it should answer 2xx,
# and 401 once you change a character of the signature.
id=msg_test
timestamp=$(date +%s)
key=$(printf %s "${WEBHOOK_SECRET#whsec_}" | openssl base64 -d -A | od -An -v -tx1 | tr -d ' \n')
signature=$({ printf %s "$id.$timestamp."; cat body.json; } |
  openssl dgst -sha256 -mac HMAC -macopt "hexkey:$key" -binary | openssl base64 -A)

curl -i "$WEBHOOK_URL" -H 'content-type: application/json' --data-binary @body.json \
  -H "webhook-id: $id" -H "webhook-timestamp: $timestamp" -H "webhook-signature: v1,$signature"
