import base64, json, os, urllib.parse, urllib.request

KEY, SECRET = os.environ["API_KEY"], os.environ["API_SECRET"]

request = urllib.request.Request("{{origin}}/oauth/token")
request.data = urllib.parse.urlencode({
    "grant_type": "client_credentials",
    "scope": "payments:write payments:read",
}).encode()
basic = base64.b64encode(f"{KEY}:{SECRET}".encode()).decode()
request.add_header("Authorization", f"Basic {basic}")

with urllib.request.urlopen(request) as answer:
    print(json.load(answer))
