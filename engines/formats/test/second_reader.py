"""A second reader of what the writers write, in another language and from the specifications alone, by nothing but Python's
standard library. Takes JSON lines {"format", "text"}; gives for each the records as [reference, time, [what each holds]].
"""
import json
import sys

DIGESTS = {"md5", "sha1", "sha224", "sha256", "sha384", "sha512"}


def hold(kind, value):
    return f"{kind} {value}"


def digest(name, kind, value):
    return f"{'null' if name is None else name} {kind} {value.lower()}"


def account(platform, by, handle):
    platform = platform.replace("%", "%25").replace("|", "%7C")
    return hold("account", f"{platform}|{by}/{handle}")


def misp(text):
    """MISP core format (draft-dulaunoy-misp-core-format): an event with objects, each with attributes."""
    event = json.loads(text)["Event"]
    total = 0
    for thing in event["Object"]:
        holds = []
        for attribute in thing["Attribute"]:
            total += 1
            kind, value = attribute["type"], attribute["value"]
            assert attribute["to_ids"] is False and attribute["deleted"] is False
            if kind in DIGESTS:
                holds.append(digest(None, kind, value))
            elif kind.startswith("filename|"):
                name, _, last = value.rpartition("|")
                holds.append(digest(name, kind.partition("|")[2], last))
            else:
                names = {"email": "email", "ip-src": "ip", "url": "url", "phone-number": "phone", "text": "account"}
                holds.append(hold(names[kind], value))
        yield thing.get("comment") or None, thing.get("first_seen"), holds
    assert str(total) == event["attribute_count"], "an event counts its attributes"


def expanded(node, context):
    """JSON-LD 1.1, as far as compact IRIs go: every prefix must be declared."""
    if isinstance(node, list):
        return [expanded(each, context) for each in node]
    if not isinstance(node, dict):
        return node

    def iri(name):
        prefix, _, rest = name.partition(":")
        assert prefix in context, f"{name}: the prefix is not declared"
        return context[prefix] + rest

    out = {}
    for key, value in node.items():
        if key == "@value":
            out[key] = value
        elif key in ("@id", "@type"):
            out[key] = [iri(each) for each in value] if isinstance(value, list) else iri(value)
        else:
            out[iri(key)] = expanded(value, context)
    return out


UCO = "https://ontology.unifiedcyberontology.org/uco/"
CASE = "https://ontology.caseontology.org/case/investigation/"


def plain(value):
    return value["@value"] if isinstance(value, dict) else value


def case(text):
    """CASE / UCO 1.4: provenance records over observables with facets."""
    document = json.loads(text)
    graph = expanded(document["@graph"], document["@context"])
    by_id = {node["@id"]: node for node in graph}
    assert len(by_id) == len(graph), "an id stands once"
    observable = UCO + "observable/"
    for node in graph:
        if node["@type"] != CASE + "ProvenanceRecord":
            continue
        holds = []
        for part in node[UCO + "core/object"]:
            facets = by_id[part["@id"]][UCO + "core/hasFacet"]
            value = {key[len(observable):]: each for facet in facets for key, each in facet.items() if key.startswith(observable)}
            kind = by_id[part["@id"]]["@type"][len(observable):]
            if kind == "File":
                for each in value.get("hash", []):
                    method = plain(each[UCO + "types/hashMethod"]).lower()
                    holds.append(digest(value.get("fileName"), method, plain(each[UCO + "types/hashValue"])))
            elif kind == "DigitalAccount":
                by = "id" if "accountIdentifier" in value else "username"
                holds.append(account(value["accountType"], by, value.get("accountIdentifier") or value["accountLogin"]))
            else:
                names = {"EmailAddress": "email", "IPv4Address": "ip", "IPv6Address": "ip", "URL": "url", "PhoneAccount": "phone"}
                holds.append(hold(names[kind], value.get("addressValue") or value.get("fullValue") or value["phoneNumber"]))
        yield node.get(CASE + "exhibitNumber"), plain(node[UCO + "core/objectCreatedTime"]), holds


def vics(text):
    """VICS 2.0, #Media: an entry is its own record."""
    flags = {"VictimIdentified": "victimIdentified", "IsDistributed": "isDistributed"}
    for media in json.loads(text)["value"]:
        holds = [digest(None, kind, media[kind.upper()]) for kind in ("md5", "sha1", "sha256") if kind.upper() in media]
        holds += [digest(None, each["HashName"], each["HashValue"]) for each in media.get("AlternativeHashes", [])]
        holds += [f"{flags[name]} {'not said' if said is None else 'yes' if said else 'no'}" for name, said in media.items() if name in flags]
        holds.append(f"category {media['Category'] if media['Category'] is not None else 'null'}")
        identifier = media.get("MediaID")
        yield None if identifier is None else str(identifier), None, holds


def stix(text):
    """STIX 2.1: observed data, or a grouping where no time is known, over cyber observables."""
    objects = {each["id"]: each for each in json.loads(text)["objects"]}
    for each in objects.values():
        if each["type"] not in ("observed-data", "grouping"):
            continue
        holds = []
        for reference in each["object_refs"]:
            seen = objects[reference]
            kind = seen["type"]
            if kind == "file":
                names = {"MD5": "md5", "SHA-1": "sha1", "SHA-256": "sha256"}
                holds += [digest(seen.get("name"), names[name], value) for name, value in seen.get("hashes", {}).items()]
            elif kind == "user-account" and seen["account_type"] == "phone":
                holds.append(hold("phone", seen["account_login"]))
            elif kind == "user-account":
                by = "id" if "user_id" in seen else "username"
                holds.append(account(seen["account_type"], by, seen.get("user_id") or seen["account_login"]))
            else:
                names = {"email-addr": "email", "ipv4-addr": "ip", "ipv6-addr": "ip", "url": "url"}
                holds.append(hold(names[kind], seen["value"]))
        references = each.get("external_references") or [{}]
        yield references[0].get("external_id"), each.get("first_observed"), holds


READERS = {"misp": misp, "case": case, "vics": vics, "stix": stix}

for line in sys.stdin:
    asked = json.loads(line)
    records = [[reference, time, sorted(set(holds))] for reference, time, holds in READERS[asked["format"]](asked["text"])]
    print(json.dumps(records))
