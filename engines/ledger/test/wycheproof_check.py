"""Decides the vectors of fixtures/crypto-vectors with tools/verify.py; prints how many it decided rightly."""

import gzip
import importlib.util
import json
import pathlib

root = pathlib.Path(__file__).resolve().parents[3]
spec = importlib.util.spec_from_file_location("verify", root / "tools" / "verify.py")
verify = importlib.util.module_from_spec(spec)
spec.loader.exec_module(verify)


def vectors(file):
    packed = root / "fixtures" / "crypto-vectors" / "wycheproof" / f"{file}.gz"
    return json.loads(gzip.decompress(packed.read_bytes()))


def decide(file, check):
    right = total = 0
    for group in vectors(file)["testGroups"]:
        key = group["publicKey"]
        key = bytes.fromhex(key if isinstance(key, str) else key["pk"])
        for case in group["tests"]:
            message, signature = bytes.fromhex(case["msg"]), bytes.fromhex(case["sig"])
            context = bytes.fromhex(case.get("ctx", ""))
            total += 1
            right += check(key, message, signature, context) == (case["result"] == "valid")
    return right, total


def merkle():
    right = total = 0
    for case in json.loads((root / "fixtures" / "merkle" / "inclusion.json").read_text()):
        proof = [verify.base64.b64decode(each) for each in case["proof"] or []]
        leaf, tree = verify.base64.b64decode(case["leafHash"]), verify.base64.b64decode(case["root"])
        good = len(leaf) == 32 and verify.is_included(case["leafIdx"], case["treeSize"], leaf, tree, proof)
        total += 1
        right += good == (not case["wantErr"])
    return right, total


ed25519 = decide("ed25519_test.json", lambda k, m, s, c: verify.ed25519_verify(k, m, s))
ml_dsa = decide("mldsa_44_verify_test.json", verify.ml_dsa_44_verify)
print(json.dumps({"ed25519": ed25519, "mlDsa44": ml_dsa, "inclusion": merkle()}))
