import json, os, urllib.request

# A token that an account holder consented to.
request = urllib.request.Request("{{origin}}/v1/userinfo")
request.add_header("Authorization", "Bearer " + os.environ["TOKEN"])

with urllib.request.urlopen(request) as answer:
    print(json.load(answer))
