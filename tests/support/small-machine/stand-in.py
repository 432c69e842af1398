"""What a machine of a small environment finds outside: the cloud's metadata, its storage, and the place of releases.

Usage: stand-in.py CERTIFICATE RELEASE FOLDER    It listens on 169.254.169.254:80 and, with TLS, on 127.0.0.1:443.

Storage refuses what the clouds refuse: a signature of S3, computed here once more, a token, or a checksum that is wrong. What it
takes is a file of FOLDER, which a GET with ?right gives back, as an address with a right to read does.
"""

import base64
import hashlib
import hmac
import http.server
import json
import os
import ssl
import sys
import threading
import urllib.parse

certificate, release, folder = sys.argv[1:]
ROLE = "day-trade-small"
KEYS = {"Code": "Success", "Type": "AWS-HMAC", "AccessKeyId": "ASIAEXAMPLE", "SecretAccessKey": "a/secret+key", "Token": "session/token=="}
ACCESS = "an-access-token"


class Metadata(http.server.BaseHTTPRequestHandler):
    """Version 2 of the service of EC2, and the identity endpoint of Azure."""

    def do_PUT(self):
        answer(self, 200, "a-token") if self.headers["X-aws-ec2-metadata-token-ttl-seconds"] else answer(self, 400)

    def do_GET(self):
        path, _, query = self.path.partition("?")
        if path.startswith("/latest/meta-data/iam/security-credentials/"):
            if self.headers["X-aws-ec2-metadata-token"] != "a-token":
                return answer(self, 401)
            name = path.rsplit("/", 1)[1]
            return answer(self, 200, json.dumps(KEYS, indent=2, separators=(",", " : "))) if name == ROLE else answer(self, 200 if name == "" else 404, ROLE)
        wanted = {"api-version": ["2018-02-01"], "resource": ["https://storage.azure.com/"]}
        if path == "/metadata/identity/oauth2/token" and urllib.parse.parse_qs(query) == wanted and self.headers["Metadata"] == "true":
            return answer(self, 200, json.dumps({"access_token": ACCESS, "expires_in": "86399", "token_type": "Bearer"}))
        return answer(self, 404)


class Outside(http.server.BaseHTTPRequestHandler):
    """Releases, S3 and blobs, told apart by their hosts."""

    def do_GET(self):
        host, path = self.headers["Host"], urllib.parse.urlsplit(self.path)
        if host == "releases.example":
            return send(self, release)
        stored = os.path.join(folder, host, os.path.basename(path.path))
        return send(self, stored) if path.query == "right" and os.path.exists(stored) else answer(self, 403)

    def do_PUT(self):
        if self.headers["Expect"]:
            self.send_response_only(100)
            self.end_headers()
        body = self.rfile.read(int(self.headers["Content-Length"]))
        host = self.headers["Host"]
        refused = (refused_by_s3 if ".s3." in host else refused_by_blobs)(self, body)
        if refused:
            return answer(self, 403, refused)
        os.makedirs(os.path.join(folder, host), exist_ok=True)
        with open(os.path.join(folder, host, os.path.basename(self.path)), "wb") as file:
            file.write(body)
        return answer(self, 200 if ".s3." in host else 201)


def refused_by_s3(request, body):
    headers = {name.lower(): value.strip() for name, value in request.headers.items()}
    if headers.get("x-amz-content-sha256") != hashlib.sha256(body).hexdigest():
        return "XAmzContentSHA256Mismatch"
    fields = dict(part.strip().split("=", 1) for part in headers["authorization"].split(" ", 1)[1].split(","))
    signed = fields["SignedHeaders"].split(";")
    if headers.get("x-amz-security-token") != KEYS["Token"] or [name for name in headers if name.startswith("x-amz-") and name not in signed]:
        return "There were headers present in the request which were not signed"
    lines = [f"{name}:{headers[name]}\n" for name in signed]
    canonical = "\n".join(["PUT", request.path, "", "".join(lines), ";".join(signed), headers["x-amz-content-sha256"]])
    key, _, scope = fields["Credential"].partition("/")
    key_of_day = ("AWS4" + KEYS["SecretAccessKey"]).encode()
    for word in scope.split("/"):
        key_of_day = hmac.new(key_of_day, word.encode(), hashlib.sha256).digest()
    text = "\n".join(["AWS4-HMAC-SHA256", headers["x-amz-date"], scope, hashlib.sha256(canonical.encode()).hexdigest()])
    right = hmac.new(key_of_day, text.encode(), hashlib.sha256).hexdigest()
    return None if key == KEYS["AccessKeyId"] and right == fields["Signature"] else "SignatureDoesNotMatch"


def refused_by_blobs(request, body):
    if request.headers["Authorization"] != f"Bearer {ACCESS}":
        return "InvalidAuthenticationInfo"
    if request.headers["Content-MD5"] != base64.b64encode(hashlib.md5(body).digest()).decode():
        return "Md5Mismatch"
    return None if request.headers["x-ms-blob-type"] == "BlockBlob" and request.headers["x-ms-version"] else "MissingRequiredHeader"


def answer(request, status, text=""):
    request.send_response(status)
    request.send_header("Content-Length", str(len(text)))
    request.end_headers()
    request.wfile.write(text.encode())


def send(request, path):
    request.send_response(200)
    request.send_header("Content-Length", str(os.path.getsize(path)))
    request.end_headers()
    with open(path, "rb") as file:
        while part := file.read(1 << 20):
            request.wfile.write(part)


metadata = http.server.ThreadingHTTPServer(("169.254.169.254", 80), Metadata)
outside = http.server.ThreadingHTTPServer(("127.0.0.1", 443), Outside)
context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
context.load_cert_chain(certificate)
outside.socket = context.wrap_socket(outside.socket, server_side=True)
threading.Thread(target=metadata.serve_forever, daemon=True).start()
print("ready", flush=True)
outside.serve_forever()
