// What TestRealGoogleBenchmark measures.
#include <benchmark/benchmark.h>

#include <chrono>
#include <thread>

static void BM_Sleep(benchmark::State& state) {
  for (auto _ : state) {
    std::this_thread::sleep_for(std::chrono::milliseconds(state.range(0)));
  }
  state.counters["twice"] = 2 * state.range(0);
}
BENCHMARK(BM_Sleep)->Arg(2)->UseRealTime()->Unit(benchmark::kMillisecond);

static void BM_Fails(benchmark::State& state) {
  state.SkipWithError("no device");
  for (auto _ : state) {
  }
}
BENCHMARK(BM_Fails);

BENCHMARK_MAIN();
