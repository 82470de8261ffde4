import base64, json, os, sys, urllib.request

ORIGIN = "{{origin}}"
KEY, SECRET = os.environ["API_KEY"], os.environ["API_SECRET"]

def call(path, body, authorization):
    request = urllib.request.Request(ORIGIN + path, body, {"Authorization": authorization})
    with urllib.request.urlopen(request) as answer:
        return json.load(answer)

basic = base64.b64encode(f"{KEY}:{SECRET}".encode()).decode()
token = call("/oauth/token", b"grant_type=client_credentials", f"Basic {basic}")["access_token"]

payment_id = sys.argv[1]  # such as pay_01k…
print(call(f"/v1/payments/{payment_id}", None, f"Bearer {token}"))
