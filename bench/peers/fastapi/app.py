"""A plain FastAPI handler on SQLite that makes payments with the writes that Tallyport makes."""

import base64
import hashlib
import hmac
import json
import os
import re
import secrets
import sqlite3
import threading
import time
from pathlib import Path

from fastapi import FastAPI, Request, Response
from fastapi.concurrency import run_in_threadpool

API_KEY = os.environ["PEER_API_KEY"]
API_SECRET = os.environ["PEER_API_SECRET"].encode()
DATABASE = os.environ["PEER_DATABASE"]
COVERED = ("@method", "@authority", "@path", "content-digest", "idempotency-key")
PARAM = {name: re.compile(rf';{name}="([^"]+)"') for name in ("nonce", "keyid")}
CREATED = re.compile(r";created=(\d+)")

app = FastAPI(openapi_url=None)
# One writer at a time is SQLite's own rule; waiting here is cheaper than waiting for the file's lock.
writing = threading.Lock()
connection = sqlite3.connect(DATABASE, isolation_level=None, check_same_thread=False, cached_statements=64)
connection.execute("PRAGMA journal_mode = WAL")
connection.execute("PRAGMA synchronous = FULL")
connection.execute("PRAGMA wal_autocheckpoint = 4000")
connection.executescript((Path(__file__).parent.parent / "schema.sql").read_text())


def verified(request: Request, body: bytes) -> str | None:
    headers = request.headers
    digest = base64.b64encode(hashlib.sha256(body).digest()).decode()
    if headers.get("content-digest") != f"sha-256=:{digest}:":
        return None
    params = headers.get("signature-input", "").partition("=")[2]
    nonce, keyid, created = PARAM["nonce"].search(params), PARAM["keyid"].search(params), CREATED.search(params)
    if not (nonce and keyid and created) or keyid[1] != API_KEY or abs(time.time() - int(created[1])) > 300:
        return None
    values = {"@method": request.method, "@authority": headers["host"], "@path": request.url.path}
    lines = [f'"{name}": {values.get(name) or headers.get(name)}' for name in COVERED]
    base = "\n".join([*lines, f'"@signature-params": {params}'])
    expected = hmac.digest(API_SECRET, base.encode(), "sha256")
    given = base64.b64decode(headers.get("signature", "").split(":")[1])
    return nonce[1] if hmac.compare_digest(expected, given) else None


def pay(nonce: str, key: str, order: dict) -> tuple[int, str]:
    now = int(time.time() * 1000)
    payment = f"pay_{now:x}{secrets.token_hex(10)}"
    amount = int(order["amount"].replace(".", ""))
    answer = json.dumps({"id": payment, "object": "payment", "status": "captured", **order, "created_at_ms": now})
    with writing:
        run = connection.execute
        run("BEGIN IMMEDIATE")
        try:
            run("INSERT INTO nonces VALUES (?, ?, ?)", (API_KEY, nonce, now + 600_000))
            kept = run(
                "INSERT INTO idempotency VALUES (?, ?, 201, ?, ?) ON CONFLICT DO NOTHING",
                (key, json.dumps(order), answer, now),
            )
            if kept.rowcount == 0:
                stored = run("SELECT status, answer FROM idempotency WHERE idempotency_key = ?", (key,)).fetchone()
                run("ROLLBACK")
                return stored
            run(
                "INSERT INTO payments VALUES (?, ?, ?, ?, ?, 'captured', ?, ?, ?)",
                (payment, order["order_id"], amount, order["currency"], order["method"], amount, now, now),
            )
            rows = run(
                "UPDATE accounts SET balance_minor = balance_minor + CASE id WHEN 'acct_clearing' THEN -?1 ELSE ?1 END, "
                "entry_count = entry_count + 1 RETURNING id, balance_minor, entry_count",
                (amount,),
            ).fetchall()
            run(
                "INSERT INTO ledger_entries VALUES (?, ?, 'captured', ?, ?, ?, ?), (?, ?, 'captured', ?, ?, ?, ?)",
                [
                    value
                    for account, balance, count in rows
                    for value in (account, count, payment, -amount if account == "acct_clearing" else amount, balance, now)
                ],
            )
            run(
                "INSERT INTO events VALUES (?, ?, 1, 'payment.created', ?, ?), (?, ?, 2, 'payment.captured', ?, ?)",
                (f"{payment}_1", payment, answer, now, f"{payment}_2", payment, answer, now),
            )
            run("COMMIT")
        except BaseException:
            run("ROLLBACK")
            raise
    return 201, answer


@app.get("/healthz")
async def healthz() -> Response:
    return Response("ok")


@app.post("/v1/payments")
async def create_payment(request: Request) -> Response:
    body = await request.body()
    nonce = verified(request, body)
    if not nonce:
        return Response('{"code":"signature_invalid"}', 401)
    order = json.loads(body)
    if not re.fullmatch(r"\d{1,12}\.\d{2}", order["amount"]) or not re.fullmatch("[A-Z]{3}", order["currency"]):
        return Response('{"code":"parameter_invalid"}', 400)
    status, answer = await run_in_threadpool(pay, nonce, request.headers["idempotency-key"], order)
    return Response(answer, status, media_type="application/json")
