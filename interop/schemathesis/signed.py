"""A partner's calls: a token, and a signature by RFC 9421 over whatever is about to be sent."""

import base64
import hashlib
import hmac
import secrets
import threading
import time

import requests
from requests.auth import AuthBase


class Partner(AuthBase):
    """Shows who calls: with key and secret at the authorization server, with token and signature at the API, and
    with an account holder's token where there is nothing for any other."""

    def __init__(self, url, api_key, api_secret, holder_token):
        self._url, self._key, self._secret, self._holder_token = url, api_key, api_secret, holder_token
        self._lock, self._token, self._renew_at = threading.Lock(), "", 0.0

    def __call__(self, request):
        if request.path_url.startswith("/oauth/"):
            pair = base64.b64encode(f"{self._key}:{self._secret}".encode()).decode()
            request.headers["Authorization"] = f"Basic {pair}"
            return request
        is_of_holder = request.path_url.startswith("/v1/userinfo")
        token = self._holder_token if is_of_holder else self._fresh_token()
        request.headers["Authorization"] = f"Bearer {token}"
        self._sign(request)
        return request

    def _fresh_token(self):
        with self._lock:
            if time.monotonic() >= self._renew_at:
                form = {"grant_type": "client_credentials"}
                answer = requests.post(f"{self._url}/oauth/token", form, auth=(self._key, self._secret), timeout=30)
                answer.raise_for_status()
                self._token = answer.json()["access_token"]
                self._renew_at = time.monotonic() + answer.json()["expires_in"] / 2
            return self._token

    def _sign(self, request):
        path, mark, query = request.path_url.partition("?")
        covered = {"@method": request.method, "@authority": self._url.split("//")[1], "@path": path}
        if mark:
            covered["@query"] = f"?{query}"
        body = request.body.encode() if isinstance(request.body, str) else request.body
        if body:
            digest = base64.b64encode(hashlib.sha256(body).digest()).decode()
            request.headers["Content-Digest"] = covered["content-digest"] = f"sha-256=:{digest}:"
        if "Idempotency-Key" in request.headers:
            covered["idempotency-key"] = text(request.headers["Idempotency-Key"])
        names = " ".join(f'"{name}"' for name in covered)
        parameters = (
            f'({names});created={int(time.time())};nonce="{secrets.token_urlsafe(16)}"'
            f';keyid="{self._key}";alg="hmac-sha256";tag="tallyport"'
        )
        lines = [f'"{name}": {value}' for name, value in covered.items()]
        base = "\n".join([*lines, f'"@signature-params": {parameters}'])
        mac = hmac.digest(self._secret.encode(), base.encode("latin-1"), "sha256")
        request.headers["Signature-Input"] = f"sig={parameters}"
        request.headers["Signature"] = f"sig=:{base64.b64encode(mac).decode()}:"


def text(value):
    """The value of a field as the other side will see it."""
    return (value.decode("latin-1") if isinstance(value, bytes) else value).strip(" \t")
