"""requests-http-signature (RFC 9421) signs what the open API takes, and checks what the platform answers."""

import json
import unittest
import uuid

import requests
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, PublicFormat
from joserfc.jwk import ECKey
from requests_http_signature import HTTPSignatureAuth, InvalidSignature, algorithms
from http_message_signatures import MappingKeyResolver

from server import Server, add_public_key, developer

COVERED = ("@method", "@authority", "@path", "idempotency-key")
ANSWER_COVERS = ("@status", "content-digest", '"@method";req', '"@path";req')


class Signatures(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.server = Server()
        cls.addClassCleanup(cls.server.stop)
        portal = developer(cls.server)
        cls.addClassCleanup(portal.close)
        sandbox = cls.server.seeded["sandbox"]

        def registered(key):
            pem = key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo).decode()
            private = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
            return add_public_key(cls.server, portal, pem), private

        rsa_key = registered(rsa.generate_private_key(65537, 2048))
        cls.keys = {
            algorithms.HMAC_SHA256: (sandbox["api_key"], sandbox["api_secret"].encode()),
            algorithms.RSA_V1_5_SHA256: rsa_key,
            algorithms.RSA_PSS_SHA512: rsa_key,
            algorithms.ECDSA_P256_SHA256: registered(ec.generate_private_key(ec.SECP256R1())),
            algorithms.ED25519: registered(ed25519.Ed25519PrivateKey.generate()),
        }
        answer = requests.post(
            f"{cls.server.url}/oauth/token",
            data={"grant_type": "client_credentials"},
            auth=(sandbox["api_key"], sandbox["api_secret"]),
            timeout=10,
        )
        cls.token = answer.json()["access_token"]

    def signed(self, algorithm, key=None, path="/v1/payments", covered=COVERED):
        key_id, private = key or self.keys[algorithm]
        order = str(uuid.uuid4())
        auth = HTTPSignatureAuth(
            signature_algorithm=algorithm,
            key_id=key_id,
            key=private,
            covered_component_ids=covered,
            use_nonce=True,
            tag="tallyport",
        )
        request = requests.Request(
            "POST",
            f"{self.server.url}{path}",
            headers={
                "authorization": f"Bearer {self.token}",
                "content-type": "application/json",
                "idempotency-key": order,
            },
            data=json.dumps({"order_id": order, "amount": "100.00", "currency": "USD", "method": "card_ok"}),
            auth=auth,
        )
        return request.prepare()

    def send(self, request):
        with requests.Session() as session:
            return session.send(request, timeout=10)

    def assert_refused(self, request):
        answer = self.send(request)
        self.assertEqual((answer.status_code, answer.json()["code"]), (401, "signature_invalid"))

    def verify(self, answer):
        keys = requests.get(f"{self.server.url}/.well-known/jwks.json", timeout=10).json()["keys"]
        pems = {key["kid"]: ECKey.import_key(key).as_pem(private=False) for key in keys if key["kty"] == "EC"}
        return HTTPSignatureAuth.verify(
            answer,
            signature_algorithm=algorithms.ECDSA_P256_SHA256,
            key_resolver=MappingKeyResolver(public_keys=pems, private_keys={}),
            require_components=ANSWER_COVERS,
            expect_tag="tallyport",
        )

    def test_each_algorithm_pays_once_and_the_answer_is_authentic(self):
        for algorithm in self.keys:
            with self.subTest(algorithm.algorithm_id):
                request = self.signed(algorithm)
                answer = self.send(request)
                self.assertEqual((answer.status_code, answer.json()["status"]), (201, "captured"))
                self.assertEqual(self.verify(answer).body, answer.content)
                self.assert_refused(request)

    def test_what_was_changed_on_the_way_is_refused(self):
        for algorithm in self.keys:
            with self.subTest(algorithm.algorithm_id):
                richer = self.signed(algorithm)
                richer.body = richer.body.replace(b"100.00", b"900.00")
                self.assert_refused(richer)
                elsewhere = self.signed(algorithm)
                elsewhere.url += "?x=1"
                self.assert_refused(elsewhere)
                renamed = self.signed(algorithm)
                renamed.headers["idempotency-key"] = "another"
                self.assert_refused(renamed)

    def test_keys_of_others_and_uncovered_parts_are_refused(self):
        stranger = ed25519.Ed25519PrivateKey.generate()
        pem = stranger.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
        self.assert_refused(self.signed(algorithms.ED25519, (self.keys[algorithms.ED25519][0], pem)))
        key_id, _ = self.keys[algorithms.RSA_PSS_SHA512]
        self.assert_refused(self.signed(algorithms.ECDSA_P256_SHA256, (key_id, self.keys[algorithms.ECDSA_P256_SHA256][1])))
        self.assert_refused(self.signed(algorithms.HMAC_SHA256, (key_id, self.keys[algorithms.HMAC_SHA256][1])))
        for left in COVERED:
            covered = tuple(name for name in COVERED if name != left)
            self.assert_refused(self.signed(algorithms.ED25519, covered=covered))

    def test_an_answer_that_was_changed_on_the_way_is_found_out(self):
        def tampered(change):
            answer = self.send(self.signed(algorithms.HMAC_SHA256))
            self.verify(answer)
            change(answer)
            with self.assertRaises(InvalidSignature):
                self.verify(answer)

        def other_body(answer):
            answer._content = answer.content.replace(b"100.00", b"900.00")

        def other_status(answer):
            answer.status_code = 200

        def other_request(answer):
            answer.request.url = f"{self.server.url}/v1/refunds"

        for change in (other_body, other_status, other_request):
            with self.subTest(change.__name__):
                tampered(change)


if __name__ == "__main__":
    unittest.main()
