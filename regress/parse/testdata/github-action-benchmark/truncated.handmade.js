window.BENCHMARK_DATA = {
  "lastUpdate": 1768300000000,
  "repoUrl": "https://example.com/repo",
  "entries": {
    "Go Benchmark": [
      {
        "commit": {
          "author": {
            "name": "ci",
            "username": "ci"
          },
          "committer": {
            "name": "ci",
            "username": "ci"
          },
          "id": "000000000000000000000000000000000abc0000",
          "message": "change 0",
          "timestamp": "2026-01-01T10:00:00Z",
          "url": "https://example.com/commit/0"
        },
        "date": 1767261600000,
        "tool": "go",
        "benches": [
          {
            "name": "BenchmarkFib/n=10",
            "value": 325.1,
            "unit": "ns/op\t     512 B/op\t       8 allocs/op",
            "extra": "300000 times\n8 procs"
          },
          {
            "name": "BenchmarkFib/n=10 - ns/op",
            "value": 325.1,
            "unit": "ns/op",
            "extra": "300000 times\n8 procs"
          },
          {
            "name": "BenchmarkFib/n=10 - B/op",
            "value": 512,
            "unit": "B/op",
            "extra": "300000 times\n8 procs"
          },
          {
            "name": "BenchmarkFib/n=10 - allocs/op",
            "value": 8,
            "unit": "allocs/op",
            "extra": "300000 times\n8 procs"
          },
          {
            "name": "BenchmarkEncode",
            "value": 1205.6,
            "unit": "ns/op\t     512 B/op\t       8 allocs/op",
            "extra": "300000 times\n8 procs"
          },
          {
            "name": "BenchmarkEncode - ns/op",
            "value": 1205.6,
            "unit": "ns/op",
            "extra": "300000 times\n8 procs"
          },
          {
            "name": "BenchmarkEncode - B/op",
            "value": 512,
            "unit": "B/op",
            "extra": "300000 times\n8 procs"
          },
          {
            "name": "BenchmarkEncode - allocs/op",
            "value": 8,
            "unit": "allocs/op",
            "extra": "300000 times\n8 procs"
          },
          {
            "name": "BenchmarkGone",
            "value": 7,
            "unit": "ns/op",
            "extra": "1 times\n8 procs"
          }
        ]
      },
      {
        "commit": {
          "author": {
            "name": "ci",
            "username": "ci"
          },
          "committer": {
            "name": "ci",
            "username": "ci"
          },
          "id": "000000000000000000000000000000000abc0001",
          "message": "change 1",
          "timestamp": "2026-01-02T10:00:00Z",
          "url": "https://example.com/commit/1"
        },
        "date": 1767348000000,
        "tool": "go",
        "benches": [
          {
            "name": "BenchmarkFib/n=10",
            "value": 326.1,
            "unit": "ns/op\t     512 B/op\t       8 allocs/op",
            "extra": "300000 times\n8 procs"
          },
          {
            "name": "BenchmarkFib/n=10 - ns/op",
            "value": 326.1,
