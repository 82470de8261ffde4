"""schemathesis reads /openapi.json and calls what stands in it, rightly and wrongly, on a server of its own."""

import base64
import hashlib
import json
import os
import secrets
import subprocess
import sys
import tempfile
import unittest
from collections import Counter
from pathlib import Path
from urllib.parse import parse_qs, urlencode, urlparse

import requests

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE.parent / "python"))

from server import REDIRECT_URI, Browser, Server, buyer, developer  # noqa: E402

DEEP = "TALLYPORT_TEST_DEEP" in os.environ
REQUESTS_MIN = 20_000 if DEEP else 500
SEED = 20_261_121
CHECKS = [
    "not_a_server_error",
    "status_code_conformance",
    "content_type_conformance",
    "response_headers_conformance",
    "response_schema_conformance",
    "negative_data_rejection",
    "ignored_auth",
    "unsupported_method",
    "allow_header_conformance",
    "missing_required_header",
]


def lift_limits(server):
    """The limits on calls have tests of their own; here they would end most calls before they were read."""
    browser = Browser(server)
    admin = server.seeded["admin"]
    browser.post("/ui/sign_in", {"email": admin["email"], "password": admin["password"]})
    answer = browser.post("/ui/change_settings", {"reads_per_second": "10000", "writes_per_second": "10000"})
    assert answer.headers["location"].endswith("/admin/settings"), answer.headers["location"]
    browser.close()


def let_tokens_live(server):
    """Makes the application a client whose tokens outlive a run."""
    browser = developer(server)
    application = {"application": server.seeded["application"]["id"]}
    browser.post("/ui/set_redirect_uris", {**application, "redirect_uris": REDIRECT_URI})
    client = {"environment": "sandbox", "profile": "oauth2.1", "kind": "confidential"}
    lifetimes = {"access_token_s": "3600", "refresh_token_h": "720", "consent_h": "2160"}
    answer = browser.post("/ui/save_client_settings", {**application, **client, **lifetimes})
    assert "error" not in answer.headers["location"], answer.headers["location"]
    browser.close()


def holder_token(server):
    """What the application's test buyer lets it know and do."""
    sandbox, verifier = server.seeded["sandbox"], secrets.token_urlsafe(48)
    challenge = base64.urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).decode().rstrip("=")
    asked = {
        "response_type": "code",
        "client_id": sandbox["api_key"],
        "redirect_uri": REDIRECT_URI,
        "scope": "openid profile email phone",
        "code_challenge": challenge,
        "code_challenge_method": "S256",
    }
    browser = buyer(server)
    back = browser.allow(f"/oauth/authorize?{urlencode(asked)}")
    browser.close()
    code = parse_qs(urlparse(back).query)["code"][0]
    form = {"grant_type": "authorization_code", "code": code, "redirect_uri": REDIRECT_URI, "code_verifier": verifier}
    credentials = (sandbox["api_key"], sandbox["api_secret"])
    answer = requests.post(f"{server.url}/oauth/token", form, auth=credentials, timeout=30)
    answer.raise_for_status()
    return answer.json()["access_token"]


class OpenApi(unittest.TestCase):
    """The ground of each test file."""

    @classmethod
    def setUpClass(cls):
        cls.server = Server()
        cls.addClassCleanup(cls.server.stop)
        lift_limits(cls.server)
        let_tokens_live(cls.server)

    def tried(self, phases, examples, seed=SEED, among=".*"):
        """Runs schemathesis; returns how often each operation answered with each status."""
        sandbox, url = self.server.seeded["sandbox"], self.server.url
        with tempfile.TemporaryDirectory() as folder:
            tally = Path(folder) / "tally.json"
            environment = {
                **os.environ,
                "PYTHONPATH": str(HERE),
                "SCHEMATHESIS_HOOKS": "hooks",
                "SERVER_URL": url,
                "API_KEY": sandbox["api_key"],
                "API_SECRET": sandbox["api_secret"],
                "HOLDER_TOKEN": holder_token(self.server),
                "SEED": str(seed),
                "TALLY": str(tally),
            }
            command = [sys.executable, "-B", "-m", "schemathesis.cli", "--config-file", str(HERE / "schemathesis.toml")]
            command += ["run", f"{url}/openapi.json", f"--phases={phases}", f"--max-examples={examples}"]
            command.append(f"--include-path-regex={among}")
            command += [f"--seed={seed}", f"--checks={','.join(CHECKS)}", "--generation-database=none", "--no-color"]
            # The signature is made over what is sent; a made-up one is never sent.
            command.append("--generation-with-security-parameters=false")
            ran = subprocess.run(command, env=environment, cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
            self.assertEqual(ran.returncode, 0, ran.stdout.decode())
            return Counter(json.loads(tally.read_text()))

    def assert_enough(self, tally):
        by_status = Counter()
        for place, count in tally.items():
            by_status[place[:3]] += count
        print(f"{tally.total()} requests: {dict(sorted(by_status.items()))}")
        self.assertGreaterEqual(tally.total(), REQUESTS_MIN)


def succeeded(tally):
    """The operations that did what they were asked, and not only refused it."""
    return {place[4:] for place in tally if place.startswith("2")}


def run():
    """Runs the tests of the file that was started."""
    unittest.main(testRunner=unittest.TextTestRunner(stream=sys.stdout, verbosity=2))
