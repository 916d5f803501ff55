# SPDX-License-Identifier: Apache-2.0
"""No mail is cut off by who shows it or refused by who carries it: size.py OUT."""
import sys

from mails import conclude, mails

KIB = 1024
faults, every = [], mails(sys.argv[1])
for mail in every:
    html, whole = len(mail.html.encode()), mail.path.stat().st_size
    if html >= 80 * KIB:
        faults.append(f"{mail.name}: HTML of {html} bytes")
    elif html >= 60 * KIB:
        print(f"{mail.name}: HTML of {html} bytes is much")
    if whole >= 10_000_000:
        faults.append(f"{mail.name}: {whole} bytes")
print("largest HTML", max(len(mail.html.encode()) for mail in every), "bytes")
conclude(faults, len(every))
