#!/usr/bin/env python3
"""Second verifier of Tandem bundles, independent of the first: Python's standard library and nothing else.

    python3 tools/verify.py BUNDLE [--trust FILE] [--json]
    python3 tools/verify.py --batch            lines of {"bundle": text, "trust": text or null} on standard input

Exit code 0: proved with the keys given by --trust. 5: whole in itself, but there were no keys of your own. 1: refused.
2: wrong use.

Written from the specifications: RFC 9162 (Merkle trees), C2SP signed-note, tlog-checkpoint, tlog-cosignature,
tlog-policy and tlog-proof, RFC 8032 (Ed25519), FIPS 204 (ML-DSA-44), RFC 8785 (canonical JSON), RFC 3161 with RFC 5652
and RFC 5280 (timestamps), FIPS 186-5 and RFC 8017 (ECDSA on P-256 and P-384, RSA PKCS #1 v1.5).
Verification only: nothing here is fit to sign with, nothing runs in constant time, and nothing needs to.
"""

import base64
import binascii
import datetime
import hashlib
import hmac
import json
import re
import sys
from functools import lru_cache


class Refused(Exception):
    def __init__(self, code, says):
        super().__init__(says)
        self.code = code
        self.says = says


def sha256(data):
    return hashlib.sha256(data).digest()


# --- Ed25519, RFC 8032 section 5.1 -----------------------------------------------------------------------------------

P = 2**255 - 19
L = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, P - 2, P) % P
SQRT_M1 = pow(2, (P - 1) // 4, P)


def point_add(a, b):
    x1, y1, z1, t1 = a
    x2, y2, z2, t2 = b
    e1 = (y1 - x1) * (y2 - x2) % P
    e2 = (y1 + x1) * (y2 + x2) % P
    e3 = 2 * t1 * t2 * D % P
    e4 = 2 * z1 * z2 % P
    e, f, g, h = e2 - e1, e4 - e3, e4 + e3, e2 + e1
    return (e * f % P, g * h % P, f * g % P, e * h % P)


def point_multiply(scalar, point):
    total = (0, 1, 1, 0)
    while scalar > 0:
        if scalar & 1:
            total = point_add(total, point)
        point = point_add(point, point)
        scalar >>= 1
    return total


@lru_cache(maxsize=256)
def point_decode(encoded):
    value = int.from_bytes(encoded, "little")
    sign = value >> 255
    y = value & (2**255 - 1)
    if y >= P:
        return None
    x2 = (y * y - 1) * pow(D * y * y + 1, P - 2, P) % P
    if x2 == 0:
        return None if sign else (0, y, 1, 0)
    x = pow(x2, (P + 3) // 8, P)
    if (x * x - x2) % P != 0:
        x = x * SQRT_M1 % P
    if (x * x - x2) % P != 0:
        return None
    if x & 1 != sign:
        x = P - x
    return (x, y, 1, x * y % P)


def point_encode(point):
    x, y, z, _ = point
    inverse = pow(z, P - 2, P)
    x, y = x * inverse % P, y * inverse % P
    return (y | (x & 1) << 255).to_bytes(32, "little")


BASE = point_decode((4 * pow(5, P - 2, P) % P).to_bytes(32, "little"))


def ed25519_verify(public_key, message, signature):
    if len(public_key) != 32 or len(signature) != 64:
        return False
    a = point_decode(public_key)
    s = int.from_bytes(signature[32:], "little")
    if a is None or s >= L:
        return False
    k = int.from_bytes(hashlib.sha512(signature[:32] + public_key + message).digest(), "little") % L
    x, y, z, t = a
    minus_a = (P - x, y, z, P - t)
    r = point_add(point_multiply(s, BASE), point_multiply(k, minus_a))
    return point_encode(r) == signature[:32]


# --- ML-DSA-44, FIPS 204: algorithm 3 (verify) and what it calls -----------------------------------------------------

Q = 8380417
K_ROWS, L_COLUMNS, TAU, OMEGA, DROPPED = 4, 4, 39, 80, 13
GAMMA1, GAMMA2, BETA = 1 << 17, (Q - 1) // 88, 78


def reversed_bits(value):
    return int(format(value, "08b")[::-1], 2)


ZETAS = [pow(1753, reversed_bits(i), Q) for i in range(256)]


def ntt(poly):
    w = list(poly)
    m = 0
    length = 128
    while length >= 1:
        for start in range(0, 256, 2 * length):
            m += 1
            zeta = ZETAS[m]
            for j in range(start, start + length):
                t = zeta * w[j + length] % Q
                w[j + length] = (w[j] - t) % Q
                w[j] = (w[j] + t) % Q
        length //= 2
    return w


def inverse_ntt(poly):
    w = list(poly)
    m = 256
    length = 1
    while length < 256:
        for start in range(0, 256, 2 * length):
            m -= 1
            zeta = Q - ZETAS[m]
            for j in range(start, start + length):
                t = w[j]
                w[j] = (t + w[j + length]) % Q
                w[j + length] = zeta * (t - w[j + length]) % Q
        length *= 2
    return [value * 8347681 % Q for value in w]


def unpack(data, bits):
    """Little-endian numbers of so many bits."""
    whole = int.from_bytes(data, "little")
    mask = (1 << bits) - 1
    return [(whole >> (bits * i)) & mask for i in range(8 * len(data) // bits)]


def uniform_poly(seed):
    """Algorithm 30, RejNTTPoly."""
    size = 1024
    while True:
        stream = hashlib.shake_128(seed).digest(size)
        found = []
        for i in range(0, size - 2, 3):
            value = stream[i] | stream[i + 1] << 8 | (stream[i + 2] & 0x7F) << 16
            if value < Q:
                found.append(value)
                if len(found) == 256:
                    return found
        size *= 2


def challenge_poly(seed):
    """Algorithm 29, SampleInBall."""
    stream = hashlib.shake_256(seed).digest(4096)
    signs = int.from_bytes(stream[:8], "little")
    at = 8
    c = [0] * 256
    for i in range(256 - TAU, 256):
        while stream[at] > i:
            at += 1
        j = stream[at]
        at += 1
        c[i] = c[j]
        c[j] = Q - 1 if signs & 1 else 1
        signs >>= 1
    return c


@lru_cache(maxsize=64)
def open_ml_dsa_key(public_key):
    rho = public_key[:32]
    matrix = [[uniform_poly(rho + bytes([s, r])) for s in range(L_COLUMNS)] for r in range(K_ROWS)]
    t1 = [unpack(public_key[32 + 320 * r : 352 + 320 * r], 10) for r in range(K_ROWS)]
    shifted = [ntt([value << DROPPED for value in poly]) for poly in t1]
    return matrix, shifted, hashlib.shake_256(public_key).digest(64)


def unpack_hints(data):
    """Algorithm 21; None when the hints are not written in their one way."""
    hints = []
    index = 0
    for row in range(K_ROWS):
        end = data[OMEGA + row]
        if end < index or end > OMEGA:
            return None
        places = list(data[index:end])
        if any(a >= b for a, b in zip(places, places[1:])):
            return None
        hints.append(set(places))
        index = end
    return None if any(data[index:OMEGA]) else hints


def use_hint(is_set, value):
    """Algorithm 40, with algorithm 36."""
    low = value % (2 * GAMMA2)
    if low > GAMMA2:
        low -= 2 * GAMMA2
    high = 0 if value - low == Q - 1 else (value - low) // (2 * GAMMA2)
    if value - low == Q - 1:
        low -= 1
    if not is_set:
        return high
    return (high + 1) % 44 if low > 0 else (high - 1) % 44


def ml_dsa_44_verify(public_key, message, signature, context=b""):
    if len(public_key) != 1312 or len(signature) != 2420 or len(context) > 255:
        return False
    hints = unpack_hints(signature[32 + 2304 :])
    if hints is None:
        return False
    z = [[GAMMA1 - v for v in unpack(signature[32 + 576 * i : 608 + 576 * i], 18)] for i in range(L_COLUMNS)]
    if any(abs(value) >= GAMMA1 - BETA for poly in z for value in poly):
        return False
    matrix, t1, tr = open_ml_dsa_key(public_key)
    mu = hashlib.shake_256(tr + bytes([0, len(context)]) + context + message).digest(64)
    c = ntt(challenge_poly(signature[:32]))
    z = [ntt(poly) for poly in z]
    packed = b""
    for row in range(K_ROWS):
        a0, a1, a2, a3 = matrix[row]
        t = t1[row]
        product = [
            (a0[i] * z[0][i] + a1[i] * z[1][i] + a2[i] * z[2][i] + a3[i] * z[3][i] - c[i] * t[i]) % Q
            for i in range(256)
        ]
        high = [use_hint(i in hints[row], value) for i, value in enumerate(inverse_ntt(product))]
        whole = 0
        for i, value in enumerate(high):
            whole |= value << (6 * i)
        packed += whole.to_bytes(192, "little")
    return hashlib.shake_256(mu + packed).digest(32) == signature[:32]


# --- ECDSA (FIPS 186-5) and RSA PKCS #1 v1.5 (RFC 8017), for timestamp authorities -----------------------------------

# Curve: prime, b, order, base point (SP 800-186); a is always -3.
CURVES = {
    "1.2.840.10045.3.1.7": (
        2**256 - 2**224 + 2**192 + 2**96 - 1,
        0x5AC635D8AA3A93E7B3EBBD55769886BC651D06B0CC53B0F63BCE3C3E27D2604B,
        0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551,
        0x6B17D1F2E12C4247F8BCE6E563A440F277037D812DEB33A0F4A13945D898C296,
        0x4FE342E2FE1A7F9B8EE7EB4A7C0F9E162BCE33576B315ECECBB6406837BF51F5,
    ),
    "1.3.132.0.34": (
        2**384 - 2**128 - 2**96 + 2**32 - 1,
        0xB3312FA7E23EE7E4988E056BE3F82D19181D9C6EFE8141120314088F5013875AC656398D8A2ED19D2A85C8EDD3EC2AEF,
        0xFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFC7634D81F4372DDF581A0DB248B0A77AECEC196ACCC52973,
        0xAA87CA22BE8B05378EB1C71EF320AD746E1D3B628BA79B9859F741E082542A385502F25DBF55296C3A545E3872760AB7,
        0x3617DE4A96262C6F5D9E98BF9292DC29F8F41DBD289A147CE9DA3113B5F0B8C00A60B1CE1D7E819D7A431D7C90EA0E5F,
    ),
}


def curve_add(p, a, b):
    if a is None or b is None:
        return a or b
    (x1, y1), (x2, y2) = a, b
    if x1 == x2:
        if (y1 + y2) % p == 0:
            return None
        slope = 3 * (x1 * x1 - 1) * pow(2 * y1, -1, p) % p
    else:
        slope = (y2 - y1) * pow(x2 - x1, -1, p) % p
    x = (slope * slope - x1 - x2) % p
    return x, (slope * (x1 - x) - y1) % p


def curve_multiply(p, scalar, point):
    total = None
    while scalar > 0:
        if scalar & 1:
            total = curve_add(p, total, point)
        point = curve_add(p, point, point)
        scalar >>= 1
    return total


def ecdsa_verify(curve, point, digest, signature):
    p, b, n, gx, gy = CURVES[curve]
    size = (p.bit_length() + 7) // 8
    if len(point) != 2 * size + 1 or point[0] != 4:
        return False
    x, y = int.from_bytes(point[1 : size + 1], "big"), int.from_bytes(point[size + 1 :], "big")
    if x >= p or y >= p or (y * y - x * x * x + 3 * x - b) % p != 0:
        return False
    r, s = [der_integer(each) for each in children(only(signature, SEQUENCE))]
    if not 1 <= r < n or not 1 <= s < n:
        return False
    e = int.from_bytes(digest, "big") >> max(0, 8 * len(digest) - n.bit_length())
    w = pow(s, -1, n)
    found = curve_add(p, curve_multiply(p, e * w % n, (gx, gy)), curve_multiply(p, r * w % n, (x, y)))
    return found is not None and found[0] % n == r


DIGEST_INFO = {
    "sha256": bytes.fromhex("3031300d060960864801650304020105000420"),
    "sha384": bytes.fromhex("3041300d060960864801650304020205000430"),
    "sha512": bytes.fromhex("3051300d060960864801650304020305000440"),
}


def rsa_verify(n, e, hash_name, digest, signature):
    size = (n.bit_length() + 7) // 8
    if len(signature) != size or size < 256 or int.from_bytes(signature, "big") >= n:
        return False
    tail = DIGEST_INFO[hash_name] + digest
    expected = b"\x00\x01" + b"\xff" * (size - len(tail) - 3) + b"\x00" + tail
    return pow(int.from_bytes(signature, "big"), e, n).to_bytes(size, "big") == expected


# --- DER, X.690 section 10 -------------------------------------------------------------------------------------------

SEQUENCE, SET, INTEGER, OCTETS, OID = 0x30, 0x31, 0x02, 0x04, 0x06


class Unreadable(Exception):
    pass


class Element:
    def __init__(self, tag, content, whole):
        self.tag, self.content, self.whole = tag, content, whole


def elements(data):
    found, at = [], 0
    while at < len(data):
        if at + 2 > len(data) or data[at] & 0x1F == 0x1F:
            raise Unreadable()
        first = data[at + 1]
        more = 0 if first < 0x80 else first & 0x7F
        start = at + 2 + more
        length = first if more == 0 else int.from_bytes(data[at + 2 : start], "big")
        if first == 0x80 or more > 4 or start + length > len(data):
            raise Unreadable()
        if more > 0 and (length < 0x80 or length < 256 ** (more - 1)):
            raise Unreadable()
        found.append(Element(data[at], data[start : start + length], data[at : start + length]))
        at = start + length
    return found


def only(data, tag):
    found = elements(data)
    if len(found) != 1 or found[0].tag != tag:
        raise Unreadable()
    return found[0]


def children(element, tag=SEQUENCE):
    if element.tag != tag:
        raise Unreadable()
    return elements(element.content)


def der_integer(element):
    if element.tag != INTEGER or not element.content:
        raise Unreadable()
    return int.from_bytes(element.content, "big", signed=True)


def oid(element):
    if element.tag != OID or not element.content:
        raise Unreadable()
    arcs, value = [], 0
    for byte in element.content:
        value = value << 7 | byte & 0x7F
        if byte < 0x80:
            arcs.append(value)
            value = 0
    top = min(2, arcs[0] // 40)
    return ".".join(str(arc) for arc in [top, arcs[0] - 40 * top, *arcs[1:]])


def algorithm(element):
    return oid(children(element)[0])


def der_time(element):
    """Fourteen digits, to be compared as text."""
    text = element.content.decode("ascii")
    if element.tag == 0x17 and re.fullmatch(r"[0-9]{12}Z", text, re.ASCII):
        return ("19" if text[0] >= "5" else "20") + text[:12]
    if element.tag == 0x18 and re.fullmatch(r"[0-9]{14}(\.[0-9]*[1-9])?Z", text, re.ASCII):
        year, month, day = int(text[:4]), int(text[4:6]), int(text[6:8])
        datetime.datetime(year, month, day, int(text[8:10]), int(text[10:12]), int(text[12:14]))
        return text[:14]
    raise Unreadable()


# --- RFC 3161 timestamps ---------------------------------------------------------------------------------------------

HASHES = {
    "2.16.840.1.101.3.4.2.1": "sha256",
    "2.16.840.1.101.3.4.2.2": "sha384",
    "2.16.840.1.101.3.4.2.3": "sha512",
}
SIGNATURES = {
    "1.2.840.10045.4.3.2": "sha256",
    "1.2.840.10045.4.3.3": "sha384",
    "1.2.840.10045.4.3.4": "sha512",
    "1.2.840.113549.1.1.1": None,
    "1.2.840.113549.1.1.11": "sha256",
    "1.2.840.113549.1.1.12": "sha384",
    "1.2.840.113549.1.1.13": "sha512",
}


def digest_of(name, data):
    return hashlib.new(name, data).digest()


class Certificate:
    def __init__(self, raw):
        self.raw = raw
        self.signed, signature_algorithm, signature = children(only(raw, SEQUENCE))
        fields = [each for each in children(self.signed) if each.tag != 0xA0]
        self.serial, _, issuer, validity, subject, key = fields[:6]
        self.issuer, self.subject = issuer.whole, subject.whole
        self.begins, self.ends = [der_time(each) for each in children(validity)]
        self.key_algorithm, bits = children(key)
        self.key = bits.content[1:]
        self.signature_hash = SIGNATURES.get(algorithm(signature_algorithm))
        self.signature = signature.content[1:]
        self.extensions = {}
        for holder in [each for each in fields if each.tag == 0xA3]:
            for extension in children(only(holder.content, SEQUENCE)):
                name, *rest = children(extension)
                is_critical = len(rest) == 2 and rest[0].whole == b"\x01\x01\xff"
                self.extensions[oid(name)] = (is_critical, rest[-1].content)

    def has_signed(self, hash_name, data, signature):
        if hash_name is None:
            return False
        kind, *parameters = [oid(each) for each in children(self.key_algorithm) if each.tag == OID]
        digest = digest_of(hash_name, data)
        if kind == "1.2.840.10045.2.1" and parameters and parameters[0] in CURVES:
            return ecdsa_verify(parameters[0], self.key, digest, signature)
        if kind == "1.2.840.113549.1.1.1":
            n, e = [der_integer(each) for each in children(only(self.key, SEQUENCE))]
            return rsa_verify(n, e, hash_name, digest, signature)
        return False

    def is_authority(self):
        _, value = self.extensions.get("2.5.29.19", (False, b"\x30\x00"))
        return any(each.whole == b"\x01\x01\xff" for each in children(only(value, SEQUENCE)))

    def is_valid_at(self, time):
        return self.begins <= time <= self.ends


def leads_to_root(certificate, others, roots, time):
    current = certificate
    for _ in range(5):
        if not current.is_valid_at(time):
            return False
        if any(root.raw == current.raw for root in roots):
            return True
        for issuer in roots + others:
            if issuer.subject == current.issuer and issuer.raw != current.raw and issuer.is_authority():
                if issuer.has_signed(current.signature_hash, current.signed.whole, current.signature):
                    current = issuer
                    break
        else:
            return False
    return False


def verify_timestamp(token, data, roots):
    """The time; Refused when the token is not a good one for these bytes."""
    try:
        return read_timestamp(token, data, roots)
    except (Unreadable, ValueError, IndexError, KeyError):
        raise Refused("timestamp", "A timestamp cannot be read.")


def read_timestamp(token, data, roots):
    parts = children(only(token, SEQUENCE))
    if parts[0].tag == SEQUENCE:
        need(der_integer(children(parts[0])[0]) in (0, 1), "timestamp", "The authority has refused the timestamp.")
        parts = children(parts[1])
    kind, explicit = parts
    need(oid(kind) == "1.2.840.113549.1.7.2" and explicit.tag == 0xA0, "timestamp", "No signed data.")
    _, _, encapsulated, *rest = children(only(explicit.content, SEQUENCE))
    content_kind, content_holder = children(encapsulated)
    need(oid(content_kind) == "1.2.840.113549.1.9.16.1.4", "timestamp", "The signed data is no timestamp.")
    content = only(content_holder.content, OCTETS).content
    signer = only(children(rest[-1], SET)[0].whole, SEQUENCE)
    need(len(children(rest[-1], SET)) == 1, "timestamp", "There is more than one signer.")

    version, _, imprint, _, time_element, *_ = children(only(content, SEQUENCE))
    imprint_algorithm, imprinted = children(imprint)
    time = der_time(time_element)
    expected = digest_of(HASHES[algorithm(imprint_algorithm)], data)
    need(der_integer(version) == 1 and imprinted.content == expected, "timestamp", "It is for something else.")

    held = [each.whole for holder in rest[:-1] if holder.tag == 0xA0 for each in elements(holder.content)]
    certificates = [Certificate(raw) for raw in held] + roots
    _, who, digest_algorithm, attribute_holder, signature_algorithm, signature = children(signer)[:6]
    issuer, serial = children(who)
    own = next((c for c in certificates if c.issuer == issuer.whole and c.serial.content == serial.content), None)
    need(own is not None, "timestamp", "The certificate of the authority is missing.")
    need(attribute_holder.tag == 0xA0, "timestamp", "The signer has signed no attributes.")
    attributes = {}
    for attribute in elements(attribute_holder.content):
        name, values = children(attribute)
        (value,) = children(values, SET)
        need(oid(name) not in attributes, "timestamp", "An attribute stands there twice.")
        attributes[oid(name)] = value
    hash_name = HASHES[algorithm(digest_algorithm)]
    need(oid(attributes["1.2.840.113549.1.9.3"]) == "1.2.840.113549.1.9.16.1.4", "timestamp", "Of another kind.")
    stated = attributes["1.2.840.113549.1.9.4"].content
    need(stated == digest_of(hash_name, content), "timestamp", "The timestamp was changed.")
    named = children(children(children(attributes["1.2.840.113549.1.9.16.2.47"])[0])[0])
    by = HASHES[algorithm(named.pop(0))] if named[0].tag == SEQUENCE else "sha256"
    need(named[0].content == digest_of(by, own.raw), "timestamp", "It does not name the certificate that signed it.")
    signed = b"\x31" + attribute_holder.whole[1:]
    good = own.has_signed(SIGNATURES[algorithm(signature_algorithm)] or hash_name, signed, signature.content)
    need(good, "timestamp", "The signature of the authority does not hold.")
    is_critical, usage = own.extensions.get("2.5.29.37", (False, b"\x30\x00"))
    purposes = [oid(each) for each in children(only(usage, SEQUENCE))]
    need(is_critical and purposes == ["1.3.6.1.5.5.7.3.8"], "timestamp", "Not made for timestamps alone.")
    need(leads_to_root(own, certificates, roots, time), "timestamp", "No valid certificates lead to a trusted authority.")
    return "%s-%s-%sT%s:%s:%sZ" % (time[:4], time[4:6], time[6:8], time[8:10], time[10:12], time[12:])


# --- Canonical JSON, RFC 8785 ----------------------------------------------------------------------------------------


def number_text(value):
    """ECMA-262 Number::toString; both languages find the shortest digits, they only write them differently."""
    if isinstance(value, int):
        if abs(value) < 2**53:
            return str(value)
        value = float(value)
    if value != value or value in (float("inf"), float("-inf")):
        raise ValueError("a number that is none")
    if value == 0:
        return "0"
    sign = "-" if value < 0 else ""
    mantissa, exponent = format_shortest(abs(value))
    digits = len(mantissa)
    point = exponent
    if digits <= point <= 21:
        return sign + mantissa + "0" * (point - digits)
    if 0 < point <= 21:
        return sign + mantissa[:point] + "." + mantissa[point:]
    if -6 < point <= 0:
        return sign + "0." + "0" * -point + mantissa
    power = point - 1
    tail = "." + mantissa[1:] if digits > 1 else ""
    return "%s%s%se%s%d" % (sign, mantissa[0], tail, "+" if power >= 0 else "-", abs(power))


def format_shortest(value):
    """Digits without zeroes at either end, and where the decimal point stands behind the first of them."""
    text = repr(value)
    mantissa, _, exponent = text.partition("e")
    whole, _, fraction = mantissa.partition(".")
    digits = whole + fraction
    point = len(whole) + int(exponent or 0)
    stripped = digits.lstrip("0")
    point -= len(digits) - len(stripped)
    return stripped.rstrip("0"), point


def canonical(value):
    if value is None:
        return "null"
    if value is True:
        return "true"
    if value is False:
        return "false"
    if isinstance(value, str):
        value.encode("utf-8")
        return json.dumps(value, ensure_ascii=False)
    if isinstance(value, (int, float)):
        return number_text(value)
    if isinstance(value, list):
        return "[" + ",".join(canonical(each) for each in value) + "]"
    keys = sorted(value, key=lambda key: key.encode("utf-16-be"))
    return "{" + ",".join(canonical(key) + ":" + canonical(value[key]) for key in keys) + "}"


# --- Merkle trees, RFC 9162 section 2.1 ------------------------------------------------------------------------------


def leaf_hash(data):
    return sha256(b"\x00" + data)


def is_included(index, size, leaf, root, proof):
    if index >= size:
        return False
    fn, sn, r = index, size - 1, leaf
    for p in proof:
        if sn == 0:
            return False
        if fn & 1 or fn == sn:
            r = sha256(b"\x01" + p + r)
            while not fn & 1 and fn != 0:
                fn >>= 1
                sn >>= 1
        else:
            r = sha256(b"\x01" + r + p)
        fn >>= 1
        sn >>= 1
    return sn == 0 and r == root


# --- C2SP notes, checkpoints, policies, proofs -----------------------------------------------------------------------


def strict_base64(text):
    try:
        data = base64.b64decode(text.encode("ascii"), validate=True)
    except (ValueError, binascii.Error):
        return None
    return data if base64.b64encode(data).decode() == text else None


def count(text):
    if not re.fullmatch(r"0|[1-9][0-9]{0,15}", text, re.ASCII):
        return None
    value = int(text)
    return value if value < 2**53 else None


PLAIN, COSIGNED, ML_DSA = 1, 4, 6
KIND_NAMES = {PLAIN: "Ed25519", COSIGNED: "Ed25519", ML_DSA: "ML-DSA-44"}
KEY_LENGTHS = {PLAIN: 32, COSIGNED: 32, ML_DSA: 1312}


class Key:
    def __init__(self, line):
        name, _, rest = line.partition("+")
        key_id, _, material = rest.partition("+")
        data = strict_base64(material)
        if data is None or not is_key_name(name) or not data or KEY_LENGTHS.get(data[0]) != len(data) - 1:
            raise Refused("trust", "This is no verifier key that can be used here: " + line[:40])
        self.name, self.kind, self.public_key = name, data[0], data[1:]
        self.id = sha256(name.encode() + b"\n" + data)[:4]
        if self.id.hex() != key_id:
            raise Refused("trust", "The id in the key of %s does not fit the key." % name)

    def time_of_good(self, text, signature):
        """The time signed for (None for plain signatures); raises when the signature does not hold."""
        if self.kind == PLAIN:
            if not ed25519_verify(self.public_key, text.encode(), signature):
                raise Refused("signature", "A signature of %s does not hold." % self.name)
            return None
        time, raw = int.from_bytes(signature[:8], "big"), signature[8:]
        good = len(signature) > 8 and time < 2**53
        if good and self.kind == COSIGNED:
            good = ed25519_verify(self.public_key, b"cosignature/v1\ntime %d\n" % time + text.encode(), raw)
        elif good:
            origin, size, root, _ = read_checkpoint(text)
            name, log = self.name.encode(), origin.encode()
            message = b"subtree/v1\n\x00" + bytes([len(name)]) + name + time.to_bytes(8, "big")
            message += bytes([len(log)]) + log + bytes(8) + size.to_bytes(8, "big") + root
            good = ml_dsa_44_verify(self.public_key, message, raw)
        if not good:
            raise Refused("signature", "A signature of %s does not hold." % self.name)
        return time


def is_key_name(name):
    return name != "" and "+" not in name and not any(letter.isspace() or letter == "\ufeff" for letter in name)


def read_note(note):
    bad = Refused("note", "The signed note cannot be read.")
    if any(letter < " " and letter != "\n" for letter in note) or not note.endswith("\n"):
        raise bad
    cut = note.rfind("\n\n")
    lines = note[cut + 2 :].split("\n")[:-1]
    if cut < 0 or not 1 <= len(lines) <= 64:
        raise bad
    signatures = []
    for line in lines:
        parts = line.split(" ")
        data = strict_base64(parts[2]) if len(parts) == 3 and parts[0] == "\u2014" else None
        if data is None or len(data) < 5 or not is_key_name(parts[1]):
            raise bad
        signatures.append((parts[1], data[:4], data[4:]))
    return note[: cut + 1], signatures


def read_checkpoint(text):
    lines = text.split("\n")
    if len(lines) < 4 or lines.pop() != "" or "" in (lines[0], *lines[3:]):
        raise Refused("checkpoint", "The checkpoint cannot be read.")
    size, root = count(lines[1]), strict_base64(lines[2])
    if size is None or root is None or len(root) != 32:
        raise Refused("checkpoint", "The checkpoint has no tree size or no root hash.")
    return lines[0], size, root, lines[3:]


def open_note(note, keys):
    """Text, {key: time}, number of lines by unknown keys, number of lines."""
    text, signatures = read_note(note)
    signed, unknown = {}, 0
    for name, key_id, signature in signatures:
        key = next((each for each in keys if each.name == name and each.id == key_id), None)
        if key is None:
            unknown += 1
        else:
            signed[key] = key.time_of_good(text, signature)
    return text, signed, unknown, len(signatures)


class Policy:
    def __init__(self, text):
        self.logs, self.witnesses, self.groups, self.quorum = [], {}, {}, None
        members, has_quorum = set(), False
        bad = Refused("trust", "A policy cannot be read.")
        if re.search("[^\t\n -~\u0080-\U0010ffff]", text):
            raise bad
        for line in text.split("\n"):
            words = [word for word in re.split("[ \t]+", line) if word]
            if not words or words[0].startswith("#"):
                continue
            verb, *rest = words
            if verb == "log" and 1 <= len(rest) <= 2:
                key = Key(rest[0])
                if key.kind == COSIGNED or any(key.public_key == each.public_key for each in self.logs):
                    raise bad
                self.logs.append(key)
            elif verb == "witness" and 2 <= len(rest) <= 3 and self.is_free(rest[0]):
                key = Key(rest[1])
                if key.kind == PLAIN or any(key.public_key == each.public_key for each in self.witnesses.values()):
                    raise bad
                self.witnesses[rest[0]] = key
            elif verb == "group" and len(rest) >= 3 and self.is_free(rest[0]):
                names = rest[2:]
                limit = re.fullmatch("[1-9][0-9]{0,3}", rest[1], re.ASCII)
                needed = {"all": len(names), "any": 1}.get(rest[1], int(rest[1]) if limit else 0)
                if not 1 <= needed <= len(names) or any(self.is_free(name) or name in members for name in names):
                    raise bad
                if len(set(names)) < len(names):
                    raise bad
                members.update(names)
                self.groups[rest[0]] = (needed, names)
            elif verb == "quorum" and len(rest) == 1 and not has_quorum:
                has_quorum = True
                self.quorum = None if rest[0] == "none" else rest[0]
                if self.quorum is not None and self.is_free(self.quorum):
                    raise bad
            else:
                raise bad
        if not has_quorum:
            raise bad

    def is_free(self, name):
        return name != "none" and name not in self.witnesses and name not in self.groups

    def is_enough(self, signed, name=""):
        name = self.quorum if name == "" else name
        if name is None:
            return True
        if name not in self.groups:
            return name in signed
        needed, names = self.groups[name]
        return sum(self.is_enough(signed, each) for each in names) >= needed


def read_proof(text):
    head, found, checkpoint = text.partition("\n\n")
    lines = head.split("\n")
    bad = Refused("proof", "A proof cannot be read.")
    if not found or len(lines) < 2 or lines[0] != "c2sp.org/tlog-proof@v1" or not lines[1].startswith("index "):
        raise bad
    index = count(lines[1][6:])
    hashes = [strict_base64(line) for line in lines[2:]]
    if index is None or len(hashes) > 63 or any(each is None or len(each) != 32 for each in hashes):
        raise bad
    return index, hashes, checkpoint


# --- The bundle ------------------------------------------------------------------------------------------------------

FIELDS = ("who", "verb", "object", "at", "authority", "purpose")


def members(value, *keys):
    if not isinstance(value, dict) or set(value) != set(keys):
        raise Refused("form", "The file is no bundle of this version: something is missing or too much.")
    return [value[key] for key in keys]


def need(condition, code, says):
    if not condition:
        raise Refused(code, says)


def is_hex(value):
    return isinstance(value, str) and re.fullmatch("[0-9a-f]{64}", value, re.ASCII) is not None


def read_trust(form):
    policies, seals, roots = members(form, "policies", "seals", "timestampRoots")
    for texts in (policies, seals, roots):
        need(isinstance(texts, list) and all(isinstance(each, str) for each in texts), "form", "The keys cannot be read.")
    try:
        certificates = [Certificate(strict_base64(root) or b"") for root in roots]
    except (Unreadable, ValueError, IndexError):
        raise Refused("trust", "A certificate of a timestamp authority cannot be read.")
    return [Policy(text) for text in policies], [Key(line) for line in seals], certificates


@lru_cache(maxsize=8)
def trust_of_file(text):
    try:
        return read_trust(json.loads(text))
    except (ValueError, RecursionError):
        raise Refused("trust", "The file with your keys cannot be read.")


def refuse_constant(_):
    raise ValueError("no number")


def read_file(text):
    try:
        bundle = json.loads(text, parse_constant=refuse_constant)
        is_canonical = canonical(bundle) + "\n" == text
    except (ValueError, RecursionError, OverflowError):
        raise Refused("form", "The file is no JSON in canonical form.")
    need(is_canonical, "form", "The file is not in canonical form: it was changed, or written by something else.")
    return bundle


def verify(text, trust_text):
    """(proved, not proved), or Refused."""
    bundle = read_file(text)
    form, made, logs, trust, seal = members(bundle, "format", "made", "logs", "trust", "seal")
    need(form == "tandem/bundle/v1", "form", "The file is no bundle of this version.")
    need(all(isinstance(each, str) for each in members(made, "at", "by", "about")), "form", "Its maker is not named.")
    need(isinstance(seal, str) and isinstance(logs, list) and logs, "form", "The bundle holds no log.")
    for texts in members(trust, "policies", "seals", "timestampRoots"):
        need(isinstance(texts, list) and all(isinstance(each, str) for each in texts), "form", "Its keys are no texts.")
    policies, seals, roots = read_trust(trust) if trust_text is None else trust_of_file(trust_text)
    proved, not_proved = [], []
    origins = set()
    # What costs least is asked first: a forged record is mostly found before any signature is checked.
    opened = [check_records(log) for log in logs]
    check_seal(bundle, seal, seals, proved)
    for log, records in zip(logs, opened):
        origin = check_log(log, records, policies, roots, proved, not_proved)
        need(origin not in origins, "form", "The same log stands in the bundle twice.")
        origins.add(origin)
    if trust_text is None:
        not_proved.insert(0, "Whose keys these are: they came with the bundle. Give your own with --trust.")
    not_proved += [
        "Whether what was entered was true, complete and lawful.",
        "Whether anything was left out: before it was recorded, or of this selection.",
        "The time inside a record: it is the cell's own clock.",
    ]
    return proved, not_proved


def check_seal(bundle, seal, seals, proved):
    try:
        text, signed, unknown, lines = open_note(seal, seals)
        origin, size, root, extensions = read_checkpoint(text)
    except Refused as refused:
        raise Refused("seal", "The seal: " + refused.says)
    named = [key for key in seals if key.name == origin]
    need(size == 1 and not extensions, "seal", "The seal is no checkpoint of a tree with one leaf.")
    need(
        named and set(named) == set(signed) and unknown == 0 and lines == len(named),
        "seal",
        "The bundle is not sealed with the keys of %s and no others." % origin,
    )
    rest = {key: value for key, value in bundle.items() if key != "seal"}
    need(root == leaf_hash(canonical(rest).encode()), "seal", "The bundle was changed after it had been sealed.")
    kinds = sorted({KIND_NAMES[key.kind] for key in signed})
    proved.append("The bundle is as %s sealed it (%s)." % (origin, " and ".join(kinds)))


def check_records(log):
    """What the records say, against their leaves, and the leaves against the root, before anybody's signature."""
    note, timestamps, records = members(log, "checkpoint", "timestamps", "records")
    need(isinstance(note, str) and isinstance(records, list), "form", "A log of the bundle cannot be read.")
    need(isinstance(timestamps, list) and all(isinstance(t, str) for t in timestamps), "form", "A timestamp is no text.")
    text, _ = read_note(note)
    _, size, root, _ = read_checkpoint(text)
    places, agencies, opened = set(), set(), 0
    for record in records:
        leaf, opening, proof = members(record, "leaf", "opening", "proof")
        version, cell, agency, entry, commitments = members(leaf, "v", "cell", "agency", "entry", "commitments")
        values = members(commitments, *FIELDS)
        is_leaf = version == 1 and not isinstance(version, (bool, float)) and all(map(is_hex, values))
        need(is_leaf and all(isinstance(each, str) for each in (cell, agency, entry, proof)), "form", "No leaf.")
        agencies.add((cell, agency))
        index, hashes, rest = read_proof(proof + "\n" + note)
        need(rest == note, "proof", "A proof holds more than a proof.")
        found = is_included(index, size, leaf_hash(canonical(leaf).encode()), root, hashes)
        need(found, "inclusion", "A record does not stand at place %d of the log." % index)
        need(index not in places, "form", "A record stands in the bundle twice.")
        places.add(index)
        if opening is not None:
            check_opening(opening, commitments)
            opened += 1
    need(len(agencies) <= 1, "form", "The records of one log are of several agencies.")
    return len(records), opened


def check_opening(opening, commitments):
    salt, *values = members(opening, "salt", *FIELDS)
    need(is_hex(salt), "form", "A salt cannot be read.")
    for field, value in zip(FIELDS, values):
        if field in ("who", "verb", "at"):
            need(isinstance(value, str), "form", "An opening cannot be read.")
        if field in ("authority", "purpose"):
            need(value is None or isinstance(value, str), "form", "An opening cannot be read.")
        message = ("tandem/ledger/v1/%s\0%s" % (field, canonical(value))).encode()
        commitment = hmac.new(bytes.fromhex(salt), message, hashlib.sha256).hexdigest()
        need(commitment == commitments[field], "opening", "What a record says was not what was recorded: " + field)


def check_log(log, counted, policies, roots, proved, not_proved):
    note, timestamps = log["checkpoint"], log["timestamps"]
    origin = note.split("\n", 1)[0]
    policy = next((each for each in policies if any(key.name == origin for key in each.logs)), None)
    need(policy is not None, "log", "No trusted policy names a log %s." % origin)
    text, signed, _, _ = open_note(note, policy.logs + list(policy.witnesses.values()))
    _, size, _, _ = read_checkpoint(text)
    keys = [key for key in policy.logs if key.name == origin]
    need(all(key in signed for key in keys), "log", "The log %s has not signed with all of its keys." % origin)
    witnesses = {name: signed[key] for name, key in policy.witnesses.items() if key in signed}
    need(policy.is_enough(set(witnesses)), "quorum", "Too few witnesses have cosigned the log %s." % origin)
    records, opened = counted
    proved.append("%d records stand in the log %s of %d entries, each at its own place." % (records, origin, size))
    proved.append("The log signed this state with %s." % " and ".join(sorted(KIND_NAMES[key.kind] for key in keys)))
    if opened:
        proved.append("Of %d records: what they say is what was recorded." % opened)
    if opened < records:
        proved.append("Of %d records: only that something was recorded." % (records - opened))
    for name, time in witnesses.items():
        moment = datetime.datetime.fromtimestamp(time, datetime.timezone.utc) if time < 2**37 else time
        proved.append("Witness %s saw at %s that the log had only grown." % (name, moment))
    for token in timestamps:
        time = verify_timestamp(strict_base64(token) or b"", text.encode(), roots)
        proved.append("This state of the log existed at %s, says a trusted timestamp authority." % time)
    if not timestamps:
        not_proved.append("An independent time for %s: there is no timestamp." % origin)
    return origin


def report(text, trust_text):
    try:
        proved, not_proved = verify(text, trust_text)
    except Refused as refused:
        failure = {"code": refused.code, "says": refused.says}
        return {"verdict": "refused", "failures": [failure], "proved": [], "notProved": []}
    verdict = "in part" if trust_text is None else "proved"
    return {"verdict": verdict, "failures": [], "proved": proved, "notProved": not_proved}


TITLES = {
    "proved": "PROVED, with the keys you gave.",
    "in part": "HOLDS TOGETHER, by the keys that it brings: see below.",
    "refused": "REFUSED.",
}
EXIT_CODES = {"proved": 0, "in part": 5, "refused": 1}


def batch():
    for line in sys.stdin:
        request = json.loads(line)
        answer = report(request["bundle"], request["trust"])
        print(json.dumps([answer["verdict"], answer["failures"][0]["code"] if answer["failures"] else None]))
    return 0


def read_text(path):
    with open(path, encoding="utf-8", newline="") as file:
        return file.read()


def main(arguments):
    if arguments == ["--batch"]:
        return batch()
    as_json = "--json" in arguments
    arguments = [each for each in arguments if each != "--json"]
    trust = None
    try:
        if "--trust" in arguments:
            at = arguments.index("--trust")
            trust = read_text(arguments[at + 1])
            del arguments[at : at + 2]
        (path,) = arguments
        text = read_text(path)
    except UnicodeDecodeError:
        text = ""
    except (ValueError, IndexError, OSError) as problem:
        print("Use: verify.py BUNDLE [--trust FILE] [--json] (%s)" % problem, file=sys.stderr)
        return 2
    answer = report(text, trust)
    if as_json:
        print(json.dumps(answer, ensure_ascii=False))
        return EXIT_CODES[answer["verdict"]]
    print(TITLES[answer["verdict"]])
    failures = ["%s [%s]" % (each["says"], each["code"]) for each in answer["failures"]]
    for heading, lines in (("Why:", failures), ("Proved:", answer["proved"]), ("Not proved:", answer["notProved"])):
        if lines:
            print("\n" + heading)
        for line in lines:
            # A bundle is somebody else's text: what steers a terminal is not printed.
            print("  - " + "".join(letter if letter.isprintable() else "\ufffd" for letter in line))
    return EXIT_CODES[answer["verdict"]]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
