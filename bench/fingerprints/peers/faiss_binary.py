"""Times FAISS on the files that the bench wrote: python3 faiss_binary.py HASHES QUERIES RADIUS KIND ASKED

One JSON line: microseconds of processor time a query, hits, version. KIND is flat or multihash.
"""
import json
import os
import sys

import faiss
import numpy

hashes, queries, radius, kind, asked = sys.argv[1], sys.argv[2], int(sys.argv[3]), sys.argv[4], int(sys.argv[5])
faiss.omp_set_num_threads(1)
listed = numpy.fromfile(hashes, dtype=numpy.uint8).reshape(-1, 32)
wanted = numpy.fromfile(queries, dtype=numpy.uint8).reshape(-1, 32)[:asked]


def processor_seconds():
    times = os.times()
    return times.user + times.system


begun = processor_seconds()
if kind == 'flat':
    index = faiss.IndexBinaryFlat(256)
else:
    # As Hasher-Matcher-Actioner sets it up: sixteen tables of sixteen bits, one flip.
    index = faiss.IndexBinaryMultiHash(256, 16, 16)
    index.nflip = 1
index.add(listed)
build = processor_seconds() - begun

best, hits = None, 0
for _ in range(3):
    begun = processor_seconds()
    # range_search takes distances strictly below its radius.
    limits, distances, _ = index.range_search(wanted, radius + 1)
    used = processor_seconds() - begun
    best = used if best is None else min(best, used)
    hits = int(limits[-1])
print(json.dumps({'microseconds': best / len(wanted) * 1e6, 'hits': hits, 'build': build, 'version': faiss.__version__}))
