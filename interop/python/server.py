"""A Tallyport on an empty database with one application, and the browsers of its people."""

import json
import os
import re
import shutil
import subprocess
import tempfile
import threading
import uuid
from collections import deque
from urllib.parse import parse_qs, urljoin, urlparse

import requests

REDIRECT_URI = "https://shop.example/callback"


class Server:
    def __init__(self):
        binary = os.environ.get("TALLYPORT_BIN")
        if not binary:
            raise RuntimeError('TALLYPORT_BIN is not set: run these tests by "cargo xtask test clients"')
        self._folder = tempfile.mkdtemp(prefix="tallyport-interop-")
        environment = {name: value for name, value in os.environ.items() if not name.startswith("TALLYPORT_")}
        arguments = ["serve", "--listen", "127.0.0.1:0", "--metrics-listen", "off", "--data-dir", self._folder]
        self._process = subprocess.Popen(
            [binary, *arguments], env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
        )
        try:
            self.url = self._address()
            seed = [binary, "seed", "--json", "--public-url", self.url, "--data-dir", self._folder]
            self.seeded = json.loads(subprocess.check_output(seed, env=environment))
        except BaseException:
            self.stop()
            raise

    def _address(self):
        said = ""
        for line in self._process.stdout:
            said += line
            if found := re.search(r"is at (\S+)", line):
                # Whoever reads no more lets the server wait for them, once the pipe is full.
                threading.Thread(target=deque, args=(self._process.stdout, 0), daemon=True).start()
                return found[1]
        raise RuntimeError(f"the server ended:\n{said}")

    def stop(self):
        self._process.terminate()
        self._process.wait()
        self._process.stdout.close()
        shutil.rmtree(self._folder, ignore_errors=True)


class Browser:
    """Keeps cookies, says where a form comes from, follows nothing by itself."""

    def __init__(self, server):
        self._server = server
        self._session = requests.Session()

    def get(self, address):
        return self._session.get(urljoin(self._server.url, address), headers={"accept": "text/html"}, allow_redirects=False)

    def post(self, address, fields):
        headers = {"accept": "text/html", "origin": self._server.url}
        return self._session.post(
            urljoin(self._server.url, address), data=fields, headers=headers, allow_redirects=False
        )

    def close(self):
        self._session.close()

    def allow(self, authorization_url):
        """Lets the account holder say yes, and returns where they are sent."""
        asked = self.get(authorization_url).headers["location"]
        request = parse_qs(urlparse(asked).query)["request"][0]
        return self.post("/ui/decide_consent", {"request": request, "decision": "allow"}).headers["location"]


def developer(server):
    browser = Browser(server)
    person = server.seeded["developer"]
    answer = browser.post("/ui/sign_in", {"email": person["email"], "password": person["password"]})
    assert answer.headers["location"].endswith("/console"), answer.headers["location"]
    return browser


def add_public_key(server, browser, pem):
    """Registers the public half of a key, and returns the id that it has from then on."""
    name = f"Interop {uuid.uuid4()}"
    fields = {"application": server.seeded["application"]["id"], "environment": "sandbox", "name": name, "pem": pem}
    answer = browser.post("/ui/add_public_key", {**fields, "lifetime": "", "networks": ""})
    page = browser.get(answer.headers["location"]).text
    return re.search(rf"/public-keys/(pk_[0-9a-z]+)[^<]*>{name}", page)[1]


def buyer(server):
    browser = Browser(server)
    person = server.seeded["sandbox"]["buyer"]
    fields = {"email": person["email"], "password": person["password"], "return_to": "/holder"}
    answer = browser.post("/ui/holder_sign_in", fields)
    assert answer.headers["location"] == "/holder", answer.headers["location"]
    return browser
