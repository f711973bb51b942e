package webhook_test

import (
	"bytes"
	"compress/gzip"
	"encoding/json"
	"fmt"
	"net/url"
	"strings"
	"unicode/utf16"
)

func (a *attacks) bodyBytes() {
	for i := range len(body) {
		a.about(fmt.Sprintf("bit of byte %d", i), string(flipped([]byte(body), 8*i+i%8)))
		a.about(fmt.Sprintf("without byte %d", i), body[:i]+body[i+1:])
		a.about(fmt.Sprintf("byte %d twice", i), body[:i+1]+body[i:])
		a.about(fmt.Sprintf("a space before byte %d", i), body[:i]+" "+body[i:])
		a.about(fmt.Sprintf("up to byte %d", i), body[:i])
	}
}

// bodyAnew are bodies that say the same in other bytes, and others that say more.
func (a *attacks) bodyAnew() {
	var value map[string]any
	if err := json.Unmarshal([]byte(body), &value); err != nil {
		a.Fatal(err)
	}
	for _, indent := range []string{"", " ", "   ", "    ", "\t"} {
		text, err := json.MarshalIndent(value, "", indent)
		if err != nil {
			a.Fatal(err)
		}
		a.about(fmt.Sprintf("indent %q", indent), string(text))
		var same bytes.Buffer
		if err := json.Indent(&same, []byte(body), "", indent); err != nil {
			a.Fatal(err)
		}
		a.about(fmt.Sprintf("in its order, indent %q", indent), same.String())
	}
	var compact bytes.Buffer
	if err := json.Compact(&compact, []byte(body)); err != nil {
		a.Fatal(err)
	}
	a.about("compact", compact.String())
	var zipped bytes.Buffer
	z := gzip.NewWriter(&zipped)
	_, _ = z.Write([]byte(body))
	_ = z.Close()
	var wide []byte
	for _, unit := range utf16.Encode([]rune(body)) {
		wide = append(wide, byte(unit), byte(unit>>8))
	}
	for name, text := range map[string]string{
		"lines of DOS": strings.ReplaceAll(body, "\n", "\r\n"), "one line": strings.ReplaceAll(body, "\n", ""), "a line more": body + "\n", "a line before": "\n" + body,
		"a mark before": "\ufeff" + body, "wide": string(wide), "wide with a mark": "\xff\xfe" + string(wide), "zipped": zipped.String(), "twice": body + body,
		"in a list": "[" + body + "]", "in an object": `{"webhook":` + body + "}", "as a text": fmt.Sprintf("%q", body), "as a form": "payload=" + url.QueryEscape(body),
		"escaped letters": strings.ReplaceAll(body, "t", `\u0074`), "escaped slash": strings.Replace(body, "item-1", `item\u002d1`, 1),
		"a second Item": strings.Replace(body, "}", ",\n  \"item_id\": \"item-2\"\n}", 1), "another Item before": strings.Replace(body, "{", "{\n  \"item_id\": \"item-2\",", 1),
		"another Item": strings.Replace(body, "item-1", "item-2", 1), "another code": strings.Replace(body, "SYNC_UPDATES_AVAILABLE", "DEFAULT_UPDATE", 1),
		"another kind": strings.Replace(body, "TRANSACTIONS", "ITEM", 1), "production": strings.Replace(body, "sandbox", "production", 1),
		"a field more": strings.Replace(body, "}", ",\n  \"error\": null\n}", 1), "a NUL after": body + "\x00", "a comment after": body + "// end",
		"nothing": "", "null": "null", "an empty object": "{}", "capitals": strings.ToUpper(body), "small letters": strings.ToLower(body),
		"10 MB": body + strings.Repeat(" ", 10<<20), "just too large": body + strings.Repeat(" ", 256<<10+1-len(body)), "as large as may be": body + strings.Repeat(" ", 256<<10-len(body)),
	} {
		a.about(name, text)
	}
}

// change makes a request from the good one. The name is told from what is changed.
func (a *attacks) change(name, old, with string) {
	a.Helper()
	good := a.request(a.good, body)
	if !strings.Contains(good, old) {
		a.Fatalf("no %q in %q", old, good)
	}
	a.add(name, strings.Replace(good, old, with, 1))
}

// signatureHeaders are other ways to bring a good signature along.
func (a *attacks) signatureHeaders() {
	const name = "Plaid-Verification"
	line := name + ": " + a.good + "\r\n"
	forged := name + ": " + a.seal(strangers, usualHeader, usualClaims(a.clock().Unix())) + "\r\n"
	for what, lines := range map[string]string{
		"none": "", "empty": name + ":\r\n", "blank": name + ":   \r\n", "twice": line + line, "thrice": line + line + line, "good and forged": line + forged,
		"forged and good": forged + line, "forged": forged, "empty and good": name + ":\r\n" + line, "good and empty": line + name + ":\r\n",
		"twice in other letters": line + strings.ToLower(name) + ": " + a.good + "\r\n", "twice in capitals": strings.ToUpper(name) + ": " + a.good + "\r\n" + line,
		"joined": name + ": " + a.good + "," + a.good + "\r\n", "folded": name + ": " + a.good[:100] + "\r\n " + a.good[100:] + "\r\n",
		"a blank before the colon": name + " : " + a.good + "\r\n", "no colon": name + " " + a.good + "\r\n", "a blank before the name": "X: y\r\n " + line,
		"a NUL in the name": "Plaid-Verification\x00: " + a.good + "\r\n", "a bare line end": "X: y\nZ\r" + line,
		"huge": name + ": " + strings.Repeat("A", 1<<20) + "\r\n", "a little too long": name + ": " + strings.Repeat("A", 4<<10+1) + "\r\n",
		"too long and good": name + ": " + a.good + strings.Repeat("=", 4<<10) + "\r\n", "many others": strings.Repeat("X-Other: y\r\n", 3000) + line,
	} {
		a.change(what, line, lines)
	}
	for _, other := range []string{"Plaid_Verification", "X-Plaid-Verification", "Plaid-Verification-Key", "PlaidVerification", "Plaid-Signature", "Plaid-Verificatión",
		"Authorization", "Cookie", "Signature", "X-Forwarded-Plaid-Verification", "Trailer", "X-HTTP-Method-Override"} {
		a.change("as "+other, name, other)
	}
	a.change("in the address", "/hook HTTP/1.1\r\n", "/hook?Plaid-Verification="+a.good+" HTTP/1.1\r\nX-"+line+"Y: ")
	chunks := fmt.Sprintf("Transfer-Encoding: chunked\r\nTrailer: %s\r\n\r\n%x\r\n%s\r\n0\r\n%s\r\n", name, len(body), body, line)
	a.add("in the trailer", "POST /hook HTTP/1.1\r\nHost: example.org\r\nContent-Type: application/json\r\n"+chunks)
}

// requests are attacks around a signature that is good.
func (a *attacks) requests() {
	const kind, length = "Content-Type: application/json\r\n", "Content-Length"
	head := strings.Split(strings.Replace(a.request(a.good, body), length, "Transfer-Encoding: chunked\r\nX", 1), "\r\n\r\n")[0] + "\r\n\r\n"
	chunk := fmt.Sprintf("%x\r\n%s\r\n", len(body), body)
	for name, request := range map[string]string{
		"endless chunks": head + strings.Repeat("10000\r\n"+strings.Repeat(" ", 1<<16)+"\r\n", 8), "chunk that lies": head + "zz\r\n" + body,
		"chunk too long for its size": head + fmt.Sprintf("%x\r\n%s\r\n0\r\n\r\n", len(body)-1, body), "negative chunk": head + "-1\r\n" + body + "\r\n0\r\n\r\n",
		"chunk of a huge size": head + "fffffffffffffffff\r\n" + body, "chunk and then more": head + chunk + "1\r\n \r\n0\r\n\r\n",
		"TLS": "\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\r\n\r\n", "HTTP/2": "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", "SSH": "SSH-2.0-OpenSSH_9.6\r\n\r\n", "nothing": "\r\n\r\n\r\n",
		"no HTTP": body,
	} {
		a.add(name, request)
	}
	a.change("length and chunks", length, "Transfer-Encoding: chunked\r\n"+length)
	a.change("chunks and gzip", length, "Transfer-Encoding: gzip, chunked\r\nX")
	a.change("two lengths", length, "Content-Length: 5\r\nContent-Length")
	a.change("a shorter length", fmt.Sprintf("%s: %d", length, len(body)), fmt.Sprintf("%s: %d", length, len(body)-1))
	for _, n := range []string{"-1", "0", "1e3", "0x10", "+5", "5 5", "99999999999999999999", "9223372036854775807", ""} {
		a.change("length "+n, fmt.Sprintf("%s: %d", length, len(body)), length+": "+n)
	}
	for _, t := range []string{"text/plain", "application/x-www-form-urlencoded", "multipart/form-data", "text/json", "application/jsonx", "application/json+xml", "json",
		"application/json, text/plain", "application/json;", "application/json; charset", "*/*", "application/xml", "APPLICATION", "application/json/x", ""} {
		if t == "application/json;" { // means the same
			continue
		}
		a.change("type "+t, kind, "Content-Type: "+t+"\r\n")
	}
	a.change("no type", kind, "")
	a.change("no host", "Host: example.org\r\n", "")
	a.change("two hosts", "Host: example.org\r\n", "Host: example.org\r\nHost: example.com\r\n")
	a.change("HTTP/1.9", "HTTP/1.1", "HTTP/1.9x")
	a.change("HTTP/3.0", "HTTP/1.1", "HTTP/3.0")
	a.change("what is expected is nothing known", "Host:", "Expect: everything\r\nHost:")
	for _, method := range []string{"GET", "PUT", "PATCH", "HEAD", "DELETE", "OPTIONS", "TRACE", "CONNECT", "PROPFIND", "post", "Post", "POST POST", "P(ST", ""} {
		a.change("method "+method, "POST", method)
	}
}
