"""A device that keeps passkeys, as WebAuthn asks it: it makes keys and signs, honestly or not."""

import hashlib
import json
import secrets

import cbor2
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from webauthn.helpers import base64url_to_bytes, bytes_to_base64url

from tests.house import PUBLIC_URL

PRESENT, VERIFIED, ATTESTED = 0x01, 0x04, 0x40


class Device:
    """`flags` say what its owner did; `origin` is the page that its browser is on. It counts unless told not to."""

    def __init__(self, origin=PUBLIC_URL, flags=PRESENT | VERIFIED, counts=True):
        self.origin, self.flags, self.step, self.count = origin, flags, int(counts), 0
        self.key = ec.generate_private_key(ec.SECP256R1())
        self.id = secrets.token_bytes(32)
        self.owner = ""

    def make(self, options):
        """A new passkey, as `navigator.credentials.create` gives it."""
        self.owner = options["user"]["id"]
        numbers = self.key.public_key().public_numbers()
        x, y = (number.to_bytes(32, "big") for number in (numbers.x, numbers.y))
        public = cbor2.dumps({1: 2, 3: -7, -1: 1, -2: x, -3: y})
        attested = bytes(16) + len(self.id).to_bytes(2, "big") + self.id + public
        data = self._data(options["rp"]["id"], ATTESTED) + attested
        statement = cbor2.dumps({"fmt": "none", "attStmt": {}, "authData": data})
        return self._answer("webauthn.create", options, attestationObject=bytes_to_base64url(statement))

    def sign(self, options):
        """What `navigator.credentials.get` gives."""
        self.count += self.step
        data = self._data(options["rpId"])
        signed = data + hashlib.sha256(self._said("webauthn.get", options)).digest()
        signature = self.key.sign(signed, ec.ECDSA(SHA256()))
        parts = {"authenticatorData": data, "signature": signature}
        written = {name: bytes_to_base64url(part) for name, part in parts.items()}
        return self._answer("webauthn.get", options, **written, userHandle=self.owner or None)

    def _data(self, domain, more=0):
        return hashlib.sha256(domain.encode()).digest() + bytes([self.flags | more]) + self.count.to_bytes(4, "big")

    def _said(self, what, options):
        return json.dumps({"type": what, "challenge": options["challenge"], "origin": self.origin}).encode()

    def _answer(self, what, options, **response):
        known = bytes_to_base64url(self.id)
        said = {"clientDataJSON": bytes_to_base64url(self._said(what, options))}
        return {"id": known, "rawId": known, "type": "public-key", "response": said | response}


def changed(text, at):
    """The bytes that are written so, one of them another."""
    known = bytearray(base64url_to_bytes(text))
    known[at] ^= 1
    return bytes_to_base64url(bytes(known))
