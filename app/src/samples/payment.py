import base64, hashlib, hmac, json, os, sys, time, uuid
import urllib.error, urllib.request

ORIGIN = "{{origin}}"
KEY, SECRET = os.environ["API_KEY"], os.environ["API_SECRET"]

def b64(data):
    return base64.b64encode(data).decode()

def post(path, body, headers):
    request = urllib.request.Request(ORIGIN + path, body.encode(), headers)
    try:
        with urllib.request.urlopen(request) as answer:
            return json.load(answer)
    except urllib.error.HTTPError as refused:
        sys.exit(refused.read().decode())

token = post("/oauth/token", "grant_type=client_credentials", {
    "Authorization": "Basic " + b64(f"{KEY}:{SECRET}".encode()),
    "Content-Type": "application/x-www-form-urlencoded",
})["access_token"]

body = json.dumps({
    "order_id": f"A-{int(time.time())}",
    "amount": "100.00",
    "currency": "USD",
    "method": "card_ok",
})
covered = {
    "@method": "POST",
    "@authority": ORIGIN.split("://")[1],
    "@path": "/v1/payments",
    "content-digest": f"sha-256=:{b64(hashlib.sha256(body.encode()).digest())}:",
    "idempotency-key": str(uuid.uuid4()),
}
params = "(" + " ".join(f'"{name}"' for name in covered) + ")"
params += f';created={int(time.time())};nonce="{uuid.uuid4()}"'
params += f';keyid="{KEY}";alg="hmac-sha256";tag="tallyport"'
lines = [f'"{name}": {value}' for name, value in covered.items()]
base = "\n".join(lines + [f'"@signature-params": {params}'])
mac = hmac.digest(SECRET.encode(), base.encode(), "sha256")

payment = post("/v1/payments", body, {
    "Content-Type": "application/json",
    "Authorization": f"Bearer {token}",
    "Idempotency-Key": covered["idempotency-key"],
    "Content-Digest": covered["content-digest"],
    "Signature-Input": f"sig1={params}",
    "Signature": f"sig1=:{b64(mac)}:",
})
print(payment["id"], payment["status"])
