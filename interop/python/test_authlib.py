"""Authlib, as a web application uses it."""

import os
import unittest

from authlib.common.security import generate_token
from authlib.integrations.base_client.errors import OAuthError
from authlib.integrations.requests_client import OAuth2Session
from authlib.oauth2.rfc7523 import PrivateKeyJWT
from authlib.oidc.core import CodeIDToken
from joserfc import jwt
from joserfc.jwk import KeySet, RSAKey
import requests

from server import REDIRECT_URI, Server, add_public_key, buyer, developer

# Plain HTTP, as on any loopback address.
os.environ["AUTHLIB_INSECURE_TRANSPORT"] = "1"


class Authlib(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.server = Server()
        cls.addClassCleanup(cls.server.stop)
        cls.metadata = requests.get(f"{cls.server.url}/.well-known/openid-configuration", timeout=10).json()
        portal = developer(cls.server)
        cls.addClassCleanup(portal.close)
        application = cls.server.seeded["application"]["id"]
        portal.post("/ui/set_redirect_uris", {"application": application, "redirect_uris": REDIRECT_URI})
        cls.key = RSAKey.generate_key(2048)
        add_public_key(cls.server, portal, cls.key.as_pem(private=False).decode())
        cls.holder = buyer(cls.server)
        cls.addClassCleanup(cls.holder.close)

    def session(self, **more):
        sandbox = self.server.seeded["sandbox"]
        options = {"client_id": sandbox["api_key"], "client_secret": sandbox["api_secret"], **more}
        session = OAuth2Session(
            redirect_uri=REDIRECT_URI,
            code_challenge_method="S256",
            token_endpoint=self.metadata["token_endpoint"],
            **options,
        )
        self.addCleanup(session.close)
        return session

    def code_flow(self, session, scope="openid profile offline_access"):
        verifier, nonce = generate_token(48), generate_token(20)
        url, state = session.create_authorization_url(
            self.metadata["authorization_endpoint"], code_verifier=verifier, nonce=nonce, scope=scope
        )
        back = self.holder.allow(url)
        token = session.fetch_token(authorization_response=back, code_verifier=verifier, state=state)
        return token, nonce

    def test_code_with_pkce_and_an_id_token(self):
        session = self.session()
        token, nonce = self.code_flow(session)
        keys = KeySet.import_key_set(requests.get(self.metadata["jwks_uri"], timeout=10).json())
        decoded = jwt.decode(token["id_token"], keys, algorithms=["ES256"])
        claims = CodeIDToken(decoded.claims, decoded.header, params={"nonce": nonce, "access_token": token["access_token"]})
        claims.validate()
        self.assertEqual(claims["iss"], self.server.url)
        about = session.get(self.metadata["userinfo_endpoint"]).json()
        self.assertEqual(about["sub"], claims["sub"])
        self.assertEqual(about["sub"], self.server.seeded["sandbox"]["buyer"]["id"])

    def test_refresh_introspection_and_revocation(self):
        session = self.session()
        first, _ = self.code_flow(session)
        second = session.refresh_token(refresh_token=first["refresh_token"])
        self.assertNotEqual(second["refresh_token"], first["refresh_token"])
        told = session.introspect_token(self.metadata["introspection_endpoint"], token=second["access_token"])
        self.assertTrue(told.json()["active"])
        session.revoke_token(self.metadata["revocation_endpoint"], token=second["refresh_token"])
        told = session.introspect_token(self.metadata["introspection_endpoint"], token=second["access_token"])
        self.assertFalse(told.json()["active"])
        with self.assertRaises(OAuthError) as refused:
            session.refresh_token(refresh_token=second["refresh_token"])
        self.assertEqual(refused.exception.error, "invalid_grant")

    def test_client_credentials_by_each_method(self):
        for method in ("client_secret_basic", "client_secret_post"):
            token = self.session(token_endpoint_auth_method=method).fetch_token(grant_type="client_credentials")
            self.assertIn("payments:write", token["scope"].split(" "))
        signed = self.session(client_secret=self.key.as_pem(private=True), token_endpoint_auth_method="private_key_jwt")
        signed.register_client_auth_method(PrivateKeyJWT(self.server.url, alg="PS256"))
        self.assertTrue(signed.fetch_token(grant_type="client_credentials")["access_token"])

    def test_a_wrong_secret_is_refused(self):
        with self.assertRaises(OAuthError) as refused:
            self.session(client_secret="sk_sandbox_wrong").fetch_token(grant_type="client_credentials")
        self.assertEqual(refused.exception.error, "invalid_client")


if __name__ == "__main__":
    unittest.main()
