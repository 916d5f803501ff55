#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""A stand-in for WeCom's server API on 127.0.0.1, as documented (91039, 92132, 92133, 92571, 90313), failing as told.

wecom_server.py FOLDER [--now 2026-03-20T10:00] [--member ID]... [--token-calls N] [--limit N]
                [--do CALL:N:ACTION]... [--certificate FILE --key FILE]

It says its port on the first line and goes when its input ends. Its clock is Beijing's, stands still at --now, or at what
FOLDER/now says, and is in the Date of every answer. The company is `ww-tests`, its secret `the-secret/1`; `zhang` and `li`
use customer contact unless --member says who does, and `zhang` owns groups. A token is good for --token-calls calls;
after --limit calls every one is too many. FOLDER/late is added to the new contacts of the last two days.

CALL is gettoken, members, guide or group; its Nth call (`*`: each) meets the action: `errcode=N`, `http=N`, `redirect`,
`close` (no answer), `cut` (half of one), `silent`, `text`, `broken` (no good JSON), `echo` (an error that names secret and
token), `zeros` (yesterday is nothing but zeros), `without=FIELD`, `null=FIELD`, `texts` (numbers as texts), `odd=FIELD` (a
value that is none), `no_rows` (none for yesterday), `other_day` (a day that was not asked for).
FOLDER/log has a line for each call: the name, who was asked about, from and to.
"""
import argparse
import datetime
import http.server
import json
import pathlib
import ssl
import sys
import threading
import time
import urllib.parse

BEIJING = datetime.timezone(datetime.timedelta(hours=8))
CORP, SECRET = "ww-tests", "the-secret/1"
CALLS = {"/cgi-bin/gettoken": "gettoken",
         "/cgi-bin/externalcontact/get_follow_user_list": "members",
         "/cgi-bin/externalcontact/get_user_behavior_data": "guide",
         "/cgi-bin/externalcontact/groupchat/statistic_group_by_day": "group"}


class Refused(Exception):
    def __init__(self, errcode, errmsg):
        super().__init__(errmsg)
        self.answer = {"errcode": errcode, "errmsg": errmsg}


def midnight(day):
    return int(datetime.datetime(day.year, day.month, day.day, tzinfo=BEIJING).timestamp())


def chats(member, day):
    """Nobody chats on the 13th; else as many as the day of the month, `li` a hundred more."""
    return 0 if day.day == 13 else day.day + (100 if member == "li" else 0)


def behaviour(members, day, late):
    """One row, for several members their total (92132)."""
    counts = [chats(member, day) for member in members]
    row = {"stat_time": midnight(day), "chat_cnt": sum(counts), "message_cnt": 2 * sum(counts),
           "negative_feedback_cnt": sum(counts) % 3, "new_apply_cnt": 1 if sum(counts) else 0,
           "new_contact_cnt": (sum(counts) % 5 + late) if sum(counts) else 0}
    if sum(counts):
        row |= {"reply_percentage": 60.25, "avg_reply_time": 1}
    return row


def group_total(members, day):
    """Counted up to the day, except for what is new; the messages of a day are its day of the month."""
    if "zhang" not in members:
        return {name: 0 for name in ("new_chat_cnt", "chat_total", "chat_has_msg", "new_member_cnt", "member_total",
                                     "member_has_msg", "msg_total")}
    ahead = (day - datetime.date(2025, 1, 1)).days
    messages = sum((datetime.date(2025, 1, 1) + datetime.timedelta(days=i)).day for i in range(ahead + 1))
    return {"new_chat_cnt": 0, "chat_total": 2, "chat_has_msg": 2, "new_member_cnt": day.day % 4, "member_total": 100 + ahead,
            "member_has_msg": 50 + ahead, "msg_total": messages}


class Wecom:
    def __init__(self, order):
        self.order = order
        self.lock = threading.Lock()
        self.counts = {}
        self.tokens = 0
        self.token_calls = 0
        self.calls = 0

    def now(self):
        told = self.order.folder / "now"
        text = told.read_text().strip() if told.exists() else self.order.now
        return datetime.datetime.fromisoformat(text).replace(tzinfo=BEIJING)

    def late(self):
        told = self.order.folder / "late"
        return int(told.read_text()) if told.exists() else 0

    def log(self, *words):
        with (self.order.folder / "log").open("a") as log:
            print(*words, file=log)

    def action_for(self, call):
        self.counts[call] = self.counts.get(call, 0) + 1
        for told in self.order.do:
            name, number, action = told.split(":", 2)
            if name == call and number in ("*", str(self.counts[call])):
                return action
        return ""

    def token(self):
        return f"the-token-{self.tokens}"

    def sign_in(self, query):
        self.log("gettoken")
        if query.get("corpid") != CORP:
            raise Refused(40013, "invalid corpid")
        if query.get("corpsecret") != SECRET:
            raise Refused(40001, f"invalid credential {query.get('corpsecret')}")
        if self.tokens == 0 or self.spent():
            self.tokens += 1
            self.token_calls = 0
        return {"errcode": 0, "errmsg": "ok", "access_token": self.token(), "expires_in": 7200}

    def spent(self):
        return self.order.token_calls and self.token_calls >= self.order.token_calls

    def check(self, query):
        if "access_token" not in query:
            raise Refused(41001, "access_token missing")
        if query["access_token"] != self.token() or self.tokens == 0:
            raise Refused(40014, "invalid access_token")
        if self.spent():
            raise Refused(42001, "access_token expired")
        self.token_calls += 1
        self.calls += 1
        if self.order.limit and self.calls > self.order.limit:
            raise Refused(45009, "api freq out of limit")

    def days(self, start, end, last):
        """Both floored to midnight and included; at most 30 days, of the last 180."""
        if not isinstance(start, int) or not isinstance(end, int):
            raise Refused(40058, "invalid time")
        first, until = (datetime.datetime.fromtimestamp(t, BEIJING).date() for t in (start, end))
        today = self.now().date()
        if until < first or (until - first).days >= 30 or first < today - datetime.timedelta(days=180) or until > last:
            raise Refused(600018, "invalid start endtime")
        return [first + datetime.timedelta(days=i) for i in range((until - first).days + 1)]

    def known(self, members):
        if not isinstance(members, list) or len(members) > 100:
            raise Refused(40058, "invalid userid list")
        for member in members:
            if member not in self.order.member:
                raise Refused(60111, f"userid not found: {member}")

    def answer(self, call, query, body, action):
        if call == "gettoken":
            return self.sign_in(query)
        self.check(query)
        if call == "members":
            self.log("members")
            return {"errcode": 0, "errmsg": "ok", "follow_user": self.order.member}
        today = self.now().date()
        yesterday = today - datetime.timedelta(days=1)
        not_there = self.now().hour < 6 or action == "zeros"
        if call == "guide":
            members = body.get("userid") or []
            if not members and not body.get("partyid"):
                raise Refused(41009, "missing userid")
            self.known(members)
            days = self.days(body.get("start_time"), body.get("end_time"), today)
            self.log("guide", "+".join(members), days[0], days[-1])
            rows = [behaviour([] if day >= yesterday and not_there else members, day,
                              self.late() if (today - day).days in (2, 3) else 0)
                    for day in days]
            return {"errcode": 0, "errmsg": "ok", "behavior_data": rows}
        owners = (body.get("owner_filter") or {}).get("userid_list")
        self.known(owners)
        days = self.days(body.get("day_begin_time"), body.get("day_end_time", body.get("day_begin_time")), yesterday)
        self.log("group", "+".join(owners), days[0], days[-1])
        rows = [{"stat_time": midnight(day), "data": group_total([] if day >= yesterday and not_there else owners, day)}
                for day in days]
        return {"errcode": 0, "errmsg": "ok", "items": rows}

    def spoil(self, action, answer):
        """What an answer looks like that is not as it should be."""
        name, _, field = action.partition("=")
        rows = answer.get("behavior_data", answer.get("items", []))
        yesterday = midnight(self.now().date() - datetime.timedelta(days=1))
        if name == "no_rows":
            rows[:] = [row for row in rows if row["stat_time"] != yesterday]
        if name == "other_day":
            rows[0]["stat_time"] -= 86400
        if name == "without":
            answer.pop(field, None)
        for row in rows:
            for place in (row, row.get("data", {})):
                if name == "without":
                    place.pop(field, None)
                elif name == "null" and field in place:
                    place[field] = None
                elif name == "odd" and field in place:
                    place[field] = -1
                elif name == "texts":
                    place.update({key: str(value) for key, value in place.items() if isinstance(value, (int, float))})


class Talk(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def date_time_string(self, timestamp=None):
        return super().date_time_string(self.server.wecom.now().timestamp())

    def do_GET(self):
        self.meet(None)

    def do_POST(self):
        self.meet(self.rfile.read(int(self.headers["Content-Length"])))

    def meet(self, sent):
        wecom = self.server.wecom
        url = urllib.parse.urlsplit(self.path)
        query = dict(urllib.parse.parse_qsl(url.query))
        call = CALLS.get(url.path)
        if call is None:
            return self.give(404, b"")
        with wecom.lock:
            action = wecom.action_for(call)
            name, _, number = action.partition("=")
            if name == "silent":
                time.sleep(3600)
            if name == "close":
                self.close_connection = True
                return None
            if name == "http":
                return self.give(int(number), f"the secret was {SECRET}".encode())
            if name == "redirect":
                return self.give(302, b"", {"Location": f"https://other.example{self.path}"})
            if name == "text":
                return self.give(200, b"<html>log in to the network first</html>")
            try:
                if name == "errcode":
                    raise Refused(int(number), f"told to fail, from ip: 127.0.0.1\r\n{query}")
                if name == "echo":
                    raise Refused(48002, f"{query} {self.path} {urllib.parse.quote(SECRET, safe='')}")
                if (call in ("guide", "group")) != (sent is not None):
                    raise Refused(43002 if sent is None else 43001, "wrong method")
                answer = wecom.answer(call, query, json.loads(sent) if sent is not None else {}, action)
                wecom.spoil(action, answer)
            except Refused as refused:
                answer = refused.answer
        body = json.dumps(answer).encode()
        if name == "broken":
            body = body[:len(body) // 2]
        return self.give(200, body, {}, len(body) // 2 if name == "cut" else len(body))

    def give(self, status, body, headers=None, sent=None):
        self.send_response(status)
        for name, value in (headers or {}).items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body[:sent])
        if sent is not None and sent < len(body):
            self.close_connection = True

    def log_message(self, *words):
        pass


class Server(http.server.ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, request, client_address):
        pass  # those who do not trust our certificate hang up


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("folder", type=pathlib.Path)
    parser.add_argument("--now", default="2026-03-20T10:00")
    parser.add_argument("--member", action="append")
    parser.add_argument("--token-calls", type=int, default=0)
    parser.add_argument("--limit", type=int, default=0)
    parser.add_argument("--do", action="append", default=[])
    parser.add_argument("--certificate")
    parser.add_argument("--key")
    order = parser.parse_args()
    order.member = order.member or ["zhang", "li"]
    server = Server(("127.0.0.1", 0), Talk)
    server.wecom = Wecom(order)
    if order.certificate:
        tls = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        tls.load_cert_chain(order.certificate, order.key)
        server.socket = tls.wrap_socket(server.socket, server_side=True, do_handshake_on_connect=False)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    print(server.server_address[1], flush=True)
    sys.stdin.buffer.read()


if __name__ == "__main__":
    main()
