"""Opens raw mails with Python's email package and prints what a reader sees."""

import base64
import email
import email.policy
import json
import sys

opened = []
for raw in json.load(sys.stdin):
    message = email.message_from_bytes(base64.b64decode(raw), policy=email.policy.default)
    body = message.get_body(preferencelist=("plain",))
    opened.append(
        {
            "subject": message["subject"],
            "to": message["to"],
            "type": message.get_content_type(),
            "parts": message.is_multipart(),
            "defects": [str(defect) for defect in message.defects],
            "text": body.get_content(),
        }
    )
json.dump(opened, sys.stdout)
