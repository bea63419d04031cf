import os
from queue import Queue
from threading import Lock, Thread

from flask import Flask, request

from verify import is_genuine

SECRET = os.environ.get("WEBHOOK_SECRET")
if not SECRET:
    raise SystemExit("WEBHOOK_SECRET is not set")

# For production: a table with the id as its key. It is the queue, too, and survives a restart.
taken = set()
lock = Lock()
waiting = Queue()

app = Flask(__name__)


@app.post("/webhooks")
def receive():
    body = request.get_data()
    if not is_genuine(SECRET, request.headers, body):
        return "", 401

    message_id = request.headers.get("webhook-id") or request.headers["svix-id"]
    with lock:
        is_new = message_id not in taken
        taken.add(message_id)
    if is_new:
        waiting.put((message_id, body))
    return "", 204


def handle(message_id: str, body: bytes):
    print(f"handled {message_id}: {len(body)} bytes", flush=True)


def handle_all():
    while True:
        handle(*waiting.get())


if __name__ == "__main__":
    Thread(target=handle_all, daemon=True).start()
    app.run(host="127.0.0.1", port=int(os.environ.get("PORT", "9000")))
