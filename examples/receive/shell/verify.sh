#!/bin/sh
# Whether a request that you have kept is genuine: says so, and ends with 0 or 1.
#   WEBHOOK_SECRET=whsec_… ./verify.sh "$webhook_id" "$webhook_timestamp" "$webhook_signature" body
# For looking into a request, not for a server: other users see the key in the list of processes,
# the comparison takes longer the more is right, and the age of the timestamp is only told.
set -euf
id=$1 timestamp=$2 signatures=$3 body=$4
case $timestamp in '' | *[!0-9]*) echo "not genuine" && exit 1 ;; esac
key=$(printf %s "${WEBHOOK_SECRET#whsec_}" | openssl base64 -d -A | od -An -v -tx1 | tr -d ' \n')
expected=v1,$({ printf %s "$id.$timestamp."; cat "$body"; } |
  openssl dgst -sha256 -mac HMAC -macopt "hexkey:$key" -binary | openssl base64 -A)

echo "signed $(($(date +%s) - timestamp)) s ago"
for given in $signatures; do
  if [ "$given" = "$expected" ]; then
    echo genuine
    exit 0
  fi
done
echo "not genuine"
exit 1
