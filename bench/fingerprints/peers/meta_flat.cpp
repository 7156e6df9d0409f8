// Times Meta's linear scan (pdq/cpp/index/flat.h of ThreatExchange) on the files that the bench wrote:
//   g++ -O3 -march=native -std=c++20 -I$THREATEXCHANGE meta_flat.cpp $THREATEXCHANGE/pdq/cpp/common/*.cpp
//   ./a.out HASHES QUERIES RADIUS ASKED
// One JSON line. Eight queries a pass, as it is made for; the time a query is an eighth of a pass.
#include <pdq/cpp/index/flat.h>

#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <ctime>
#include <fstream>
#include <iterator>

using facebook::pdq::hashing::Hash256;
using facebook::pdq::index::Flat;

static std::vector<Hash256> read(const char* path) {
  std::ifstream file(path, std::ios::binary);
  std::vector<char> bytes((std::istreambuf_iterator<char>(file)), std::istreambuf_iterator<char>());
  std::vector<Hash256> hashes(bytes.size() / 32);
  for (size_t at = 0; at < hashes.size(); at++) std::memcpy(hashes[at].w, &bytes[at * 32], 32);
  return hashes;
}

static double seconds() {
  timespec now;
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
  return now.tv_sec + now.tv_nsec * 1e-9;
}

int main(int, char** given) {
  const auto listed = read(given[1]);
  const auto wanted = read(given[2]);
  const int radius = std::atoi(given[3]);
  const size_t asked = std::min<size_t>(std::atoi(given[4]), wanted.size()) / 8 * 8;
  double best = 1e9;
  size_t hits = 0;
  for (int round = 0; round < 3; round++) {
    hits = 0;
    const double begun = seconds();
    for (size_t at = 0; at < asked; at += 8) {
      std::array<Hash256, 8> eight;
      for (size_t each = 0; each < 8; each++) eight[each] = wanted[at + each];
      std::vector<std::pair<size_t, size_t>> matches;
      Flat(eight).queryAll(listed.data(), listed.size(), radius, matches);
      hits += matches.size();
    }
    best = std::min(best, seconds() - begun);
  }
  std::printf("{\"microseconds\": %f, \"hits\": %zu, \"simd\": %s}\n", best / asked * 1e6, hits,
              Flat::SIMD_ACCELERATED ? "true" : "false");
}
