"""Sends one mail with Google's Python client (Debian: python3-googleapi), as a program of its own.

Reads a JSON object from standard input, writes one to standard output:
  in:  port, ca (file), access_token, refresh_token, client_id, client_secret, mail (file),
       chunk (bytes; 0 sends without a session), thread (or null)
  out: id, thread, interruptions (the errors that came in between: names or statuses), progress (bytes stored, per
       answer), or error, status, reason
"""

import inspect
import io
import json
import socket
import sys

import google_auth_httplib2
import httplib2
from google.oauth2.credentials import Credentials
from googleapiclient.discovery import build
from googleapiclient.errors import HttpError
from googleapiclient.http import MediaIoBaseUpload

given = json.load(sys.stdin)
connect = socket.socket.connect


def to_the_door(sock, address):
    """Every host is at the door on loopback; names and certificates are checked as usual."""
    del address
    connect(sock, ("127.0.0.1", given["port"]))


# httplib2 looks the name up and then connects by name all the same.
socket.getaddrinfo = lambda *asked, **named: [
    (socket.AF_INET, socket.SOCK_STREAM, 6, "", ("127.0.0.1", given["port"]))
]
socket.socket.connect = to_the_door


def send():
    # httplib2 tries a broken request again by itself, with a body that has been read already, so that it
    # waits for the answer until this many seconds have passed.
    http = httplib2.Http(ca_certs=given["ca"], proxy_info=None, timeout=5)
    # As googleapiclient.http.build_http does: 308 is no redirect here.
    http.redirect_codes = set(http.redirect_codes) - {308}
    credentials = Credentials(
        token=given["access_token"],
        refresh_token=given["refresh_token"],
        client_id=given["client_id"],
        client_secret=given["client_secret"],
        token_uri="https://oauth2.googleapis.com/token",
    )
    authorized = google_auth_httplib2.AuthorizedHttp(credentials, http=http)
    options = {"http": authorized, "cache_discovery": False}
    # Version 2 has a copy of the discovery document in the package; version 1 always asks for it.
    if "static_discovery" in inspect.signature(build).parameters:
        options["static_discovery"] = False
    service = build("gmail", "v1", **options)
    with open(given["mail"], "rb") as file:
        mail = io.BytesIO(file.read())
    resumable = given["chunk"] > 0
    media = MediaIoBaseUpload(
        mail,
        mimetype="message/rfc822",
        chunksize=given["chunk"] if resumable else 1024 * 1024,
        resumable=resumable,
    )
    body = {} if given["thread"] is None else {"threadId": given["thread"]}
    request = service.users().messages().send(userId="me", body=body, media_body=media)
    interruptions, progress, answer = [], [], None
    if not resumable:
        answer = request.execute()
    while answer is None:
        try:
            status, answer = request.next_chunk()
            if status:
                progress.append(status.resumable_progress)
        except (OSError, httplib2.HttpLib2Error) as error:
            interruptions.append(type(error).__name__)
            if len(interruptions) > 5:
                raise
        except HttpError as error:
            # Of a chunk that is tried again inside the client the body has been read already (1.7.12):
            # so the trying again happens here, after it has asked the session.
            interruptions.append(str(error.resp.status))
            if error.resp.status < 500 or len(interruptions) > 5:
                raise
    return {
        "id": answer["id"],
        "thread": answer["threadId"],
        "interruptions": interruptions,
        "progress": progress,
    }


try:
    outcome = send()
except HttpError as error:
    said = json.loads(error.content) if error.content[:1] == b"{" else {}
    reason = said.get("error", {}).get("message", "")
    outcome = {"error": "HttpError", "status": error.resp.status, "reason": reason}
except Exception as error:  # pylint: disable=broad-except
    outcome = {"error": type(error).__name__, "status": None, "reason": str(error)}
json.dump(outcome, sys.stdout)
