"""Reads messages with Python's email package: JSON lines of base64 on stdin, JSON lines on stdout."""

import base64
import json
import sys
from email import message_from_bytes, policy

# Header objects decode themselves; max_line_length matters for writing only.
POLICY = policy.default.clone(max_line_length=998)


def mailboxes(message, name):
    field = message[name]
    if field is None:
        return []
    return [
        {"name": address.display_name, "address": address.addr_spec} for address in field.addresses
    ]


def text_of(part):
    return part.get_payload(decode=True).decode("utf-8")


def read(raw):
    message = message_from_bytes(raw, policy=POLICY)
    found = {
        "from": mailboxes(message, "From"),
        "to": mailboxes(message, "To"),
        "cc": mailboxes(message, "Cc"),
        "bcc": mailboxes(message, "Bcc"),
        "replyTo": mailboxes(message, "Reply-To"),
        "subject": str(message["Subject"]),
        "messageId": message["Message-ID"],
        "inReplyTo": message["In-Reply-To"],
        "references": (message["References"] or "").split(),
        "dateAt": int(message["Date"].datetime.timestamp() * 1000),
        "text": "",
        "html": None,
        "files": [],
        "defects": [],
    }
    for part in message.walk():
        found["defects"] += [type(defect).__name__ for defect in part.defects]
        for name in part.keys():
            for header in part.get_all(name):
                found["defects"] += [
                    name + " " + type(defect).__name__ for defect in getattr(header, "defects", ())
                ]
        if part.is_multipart():
            continue
        disposition = part.get_content_disposition()
        if disposition is None and part.get_content_type() == "text/plain":
            found["text"] = text_of(part)
        elif disposition is None and part.get_content_type() == "text/html":
            found["html"] = text_of(part)
        else:
            content_id = part["Content-ID"]
            found["files"].append(
                {
                    "fileName": part.get_filename() or "",
                    "mediaType": part.get_content_type(),
                    "contentId": None if content_id is None else content_id.strip().strip("<>"),
                    "bytes": base64.b64encode(part.get_payload(decode=True)).decode("ascii"),
                }
            )
    return found


for line in sys.stdin:
    try:
        print(json.dumps(read(base64.b64decode(line))))
    except Exception as error:  # A message that Python can't read is a finding, not the end of the run.
        print(json.dumps({"error": repr(error)}))
