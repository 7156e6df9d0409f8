// Times Meta's PDQ (pdq/cpp of ThreatExchange) on a synthetic picture: ./a.out WIDTH HEIGHT ROUNDS
//   g++ -O3 -std=c++17 -I$THREATEXCHANGE meta_pdq.cpp $THREATEXCHANGE/pdq/cpp/{hashing,downscaling}/*.cpp
//       $THREATEXCHANGE/pdq/cpp/common/{pdqhashtypes,pdqhamming}.cpp
// One JSON line: median milliseconds of processor time from RGB pixels to hash and quality.
#include <pdq/cpp/common/pdqhashtypes.h>
#include <pdq/cpp/hashing/pdqhashing.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <vector>

using namespace facebook::pdq::hashing;

static double milliseconds() {
  timespec now;
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
  return now.tv_sec * 1e3 + now.tv_nsec / 1e6;
}

int main(int, char** given) {
  const int width = std::atoi(given[1]), height = std::atoi(given[2]), rounds = std::atoi(given[3]);
  std::vector<uint8_t> pixels(static_cast<size_t>(width) * height * 3);
  for (int y = 0; y < height; y++) {
    for (int x = 0; x < width; x++) {
      uint8_t* pixel = &pixels[(static_cast<size_t>(y) * width + x) * 3];
      pixel[0] = 7 * x + 13 * y;
      pixel[1] = static_cast<unsigned>(x) * y;
      pixel[2] = x ^ y;
    }
  }
  std::vector<float> luma(static_cast<size_t>(width) * height), spare(luma.size());
  static float block64[64][64], block16[16][64], output[16][16];
  std::vector<double> times;
  Hash256 hash;
  int quality = 0;
  for (int round = 0; round < rounds; round++) {
    const double begun = milliseconds();
    fillFloatLumaFromRGB(&pixels[0], &pixels[1], &pixels[2], height, width, 3 * width, 3, luma.data());
    pdqHash256FromFloatLuma(luma.data(), spare.data(), height, width, block64, block16, output, hash, quality);
    times.push_back(milliseconds() - begun);
  }
  std::sort(times.begin(), times.end());
  std::printf("{\"median\": %f, \"hash\": \"%s\", \"quality\": %d}\n", times[times.size() / 2], hash.format().c_str(),
              quality);
}
