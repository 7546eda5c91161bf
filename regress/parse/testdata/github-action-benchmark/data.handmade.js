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
            "value": 1211.1,
            "unit": "ns/op\t     512 B/op\t       8 allocs/op",
            "extra": "300000 times\n8 procs"
          },
          {
            "name": "BenchmarkEncode - ns/op",
            "value": 1211.1,
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
          "id": "000000000000000000000000000000000abc0002",
          "message": "change 2",
          "timestamp": "2026-01-03T10:00:00Z",
          "url": "https://example.com/commit/2"
        },
        "date": 1767434400000,
        "tool": "go",
        "benches": [
          {
            "name": "BenchmarkFib/n=10",
            "value": 330.1,
            "unit": "ns/op\t     512 B/op\t       8 allocs/op",
            "extra": "300000 times\n8 procs"
          },
          {
            "name": "BenchmarkFib/n=10 - ns/op",
            "value": 330.1,
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
            "value": 1189.4,
            "unit": "ns/op\t     512 B/op\t       8 allocs/op",
            "extra": "300000 times\n8 procs"
          },
          {
            "name": "BenchmarkEncode - ns/op",
            "value": 1189.4,
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
          "id": "000000000000000000000000000000000abc0003",
          "message": "change 3",
          "timestamp": "2026-01-04T10:00:00Z",
          "url": "https://example.com/commit/3"
        },
        "date": 1767520800000,
        "tool": "go",
        "benches": [
          {
            "name": "BenchmarkFib/n=10",
            "value": 322.7,
            "unit": "ns/op\t     512 B/op\t       8 allocs/op",
            "extra": "300000 times\n8 procs"
          },
          {
            "name": "BenchmarkFib/n=10 - ns/op",
            "value": 322.7,
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
            "value": 1190.6,
            "unit": "ns/op\t     512 B/op\t       8 allocs/op",
            "extra": "300000 times\n8 procs"
          },
          {
            "name": "BenchmarkEncode - ns/op",
            "value": 1190.6,
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
          "id": "000000000000000000000000000000000abc0004",
          "message": "change 4",
          "timestamp": "2026-01-05T10:00:00Z",
          "url": "https://example.com/commit/4"
        },
        "date": 1767607200000,
        "tool": "go",
        "benches": [
          {
            "name": "BenchmarkFib/n=10",
            "value": 325.7,
            "unit": "ns/op\t     512 B/op\t       8 allocs/op",
            "extra": "300000 times\n8 procs"
          },
          {
            "name": "BenchmarkFib/n=10 - ns/op",
            "value": 325.7,
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
            "value": 1205.0,
            "unit": "ns/op\t     512 B/op\t       8 allocs/op",
            "extra": "300000 times\n8 procs"
          },
          {
            "name": "BenchmarkEncode - ns/op",
            "value": 1205.0,
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
          "id": "000000000000000000000000000000000abc0005",
          "message": "change 5",
          "timestamp": "2026-01-06T10:00:00Z",
          "url": "https://example.com/commit/5"
        },
        "date": 1767693600000,
        "tool": "go",
        "benches": [
          {
            "name": "BenchmarkFib/n=10",
            "value": 332.3,
            "unit": "ns/op\t     512 B/op\t       8 allocs/op",
            "extra": "300000 times\n8 procs"
          },
          {
            "name": "BenchmarkFib/n=10 - ns/op",
            "value": 332.3,
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
            "value": 1210.4,
            "unit": "ns/op\t     512 B/op\t       8 allocs/op",
            "extra": "300000 times\n8 procs"
          },
          {
            "name": "BenchmarkEncode - ns/op",
            "value": 1210.4,
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
          "id": "000000000000000000000000000000000abc0006",
          "message": "change 6",
          "timestamp": "2026-01-07T10:00:00Z",
          "url": "https://example.com/commit/6"
        },
        "date": 1767780000000,
        "tool": "go",
        "benches": [
          {
            "name": "BenchmarkFib/n=10",
            "value": 325.7,
            "unit": "ns/op\t     512 B/op\t       8 allocs/op",
            "extra": "300000 times\n8 procs"
          },
          {
            "name": "BenchmarkFib/n=10 - ns/op",
            "value": 325.7,
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
            "value": 1192.5,
            "unit": "ns/op\t     512 B/op\t       8 allocs/op",
            "extra": "300000 times\n8 procs"
          },
          {
            "name": "BenchmarkEncode - ns/op",
            "value": 1192.5,
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
          "id": "000000000000000000000000000000000abc0007",
          "message": "change 7",
          "timestamp": "2026-01-08T10:00:00Z",
          "url": "https://example.com/commit/7"
        },
        "date": 1767866400000,
        "tool": "go",
        "benches": [
          {
            "name": "BenchmarkFib/n=10",
            "value": 329.2,
            "unit": "ns/op\t     512 B/op\t       8 allocs/op",
            "extra": "300000 times\n8 procs"
          },
          {
            "name": "BenchmarkFib/n=10 - ns/op",
            "value": 329.2,
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
            "value": 1197.3,
            "unit": "ns/op\t     512 B/op\t       8 allocs/op",
            "extra": "300000 times\n8 procs"
          },
          {
            "name": "BenchmarkEncode - ns/op",
            "value": 1197.3,
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
          "id": "000000000000000000000000000000000abc0008",
          "message": "change 8",
          "timestamp": "2026-01-09T10:00:00Z",
          "url": "https://example.com/commit/8"
        },
        "date": 1767952800000,
        "tool": "go",
        "benches": [
          {
            "name": "BenchmarkFib/n=10",
            "value": 326.0,
            "unit": "ns/op\t     512 B/op\t       8 allocs/op",
            "extra": "300000 times\n8 procs"
          },
          {
            "name": "BenchmarkFib/n=10 - ns/op",
            "value": 326.0,
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
            "value": 1196.5,
            "unit": "ns/op\t     512 B/op\t       8 allocs/op",
            "extra": "300000 times\n8 procs"
          },
          {
            "name": "BenchmarkEncode - ns/op",
            "value": 1196.5,
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
          "id": "000000000000000000000000000000000abc0009",
          "message": "change 9",
          "timestamp": "2026-01-10T10:00:00Z",
          "url": "https://example.com/commit/9"
        },
        "date": 1768039200000,
        "tool": "go",
        "benches": [
          {
            "name": "BenchmarkFib/n=10",
            "value": 322.0,
            "unit": "ns/op\t     512 B/op\t       8 allocs/op",
            "extra": "300000 times\n8 procs"
          },
          {
            "name": "BenchmarkFib/n=10 - ns/op",
            "value": 322.0,
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
            "value": 1192.5,
            "unit": "ns/op\t     512 B/op\t       8 allocs/op",
            "extra": "300000 times\n8 procs"
          },
          {
            "name": "BenchmarkEncode - ns/op",
            "value": 1192.5,
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
          "id": "000000000000000000000000000000000abc000a",
          "message": "change 10",
          "timestamp": "2026-01-11T10:00:00Z",
          "url": "https://example.com/commit/10"
        },
        "date": 1768125600000,
        "tool": "go",
        "benches": [
          {
            "name": "BenchmarkFib/n=10",
            "value": 323.6,
            "unit": "ns/op\t     512 B/op\t       8 allocs/op",
            "extra": "300000 times\n8 procs"
          },
          {
            "name": "BenchmarkFib/n=10 - ns/op",
            "value": 323.6,
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
            "value": 1200.9,
            "unit": "ns/op\t     512 B/op\t       8 allocs/op",
            "extra": "300000 times\n8 procs"
          },
          {
            "name": "BenchmarkEncode - ns/op",
            "value": 1200.9,
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
          "id": "000000000000000000000000000000000abc000b",
          "message": "change 11",
          "timestamp": "2026-01-12T10:00:00Z",
          "url": "https://example.com/commit/11"
        },
        "date": 1768212000000,
        "tool": "go",
        "benches": [
          {
            "name": "BenchmarkFib/n=10",
            "value": 322.4,
            "unit": "ns/op\t     512 B/op\t       8 allocs/op",
            "extra": "300000 times\n8 procs"
          },
          {
            "name": "BenchmarkFib/n=10 - ns/op",
            "value": 322.4,
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
            "value": 1190.3,
            "unit": "ns/op\t     512 B/op\t       8 allocs/op",
            "extra": "300000 times\n8 procs"
          },
          {
            "name": "BenchmarkEncode - ns/op",
            "value": 1190.3,
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
          }
        ]
      }
    ],
    "Rust Benchmark": [
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
        "tool": "cargo",
        "benches": [
          {
            "name": "bench_fib",
            "range": "± 5",
            "unit": "ns/iter",
            "value": 1592
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
        "tool": "cargo",
        "benches": [
          {
            "name": "bench_fib",
            "range": "± 5",
            "unit": "ns/iter",
            "value": 1606
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
          "id": "000000000000000000000000000000000abc0002",
          "message": "change 2",
          "timestamp": "2026-01-03T10:00:00Z",
          "url": "https://example.com/commit/2"
        },
        "date": 1767434400000,
        "tool": "cargo",
        "benches": [
          {
            "name": "bench_fib",
            "range": "± 5",
            "unit": "ns/iter",
            "value": 1600
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
          "id": "000000000000000000000000000000000abc0003",
          "message": "change 3",
          "timestamp": "2026-01-04T10:00:00Z",
          "url": "https://example.com/commit/3"
        },
        "date": 1767520800000,
        "tool": "cargo",
        "benches": [
          {
            "name": "bench_fib",
            "range": "± 5",
            "unit": "ns/iter",
            "value": 1596
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
          "id": "000000000000000000000000000000000abc0004",
          "message": "change 4",
          "timestamp": "2026-01-05T10:00:00Z",
          "url": "https://example.com/commit/4"
        },
        "date": 1767607200000,
        "tool": "cargo",
        "benches": [
          {
            "name": "bench_fib",
            "range": "± 5",
            "unit": "ns/iter",
            "value": 1607
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
          "id": "000000000000000000000000000000000abc0005",
          "message": "change 5",
          "timestamp": "2026-01-06T10:00:00Z",
          "url": "https://example.com/commit/5"
        },
        "date": 1767693600000,
        "tool": "cargo",
        "benches": [
          {
            "name": "bench_fib",
            "range": "± 5",
            "unit": "ns/iter",
            "value": 1574
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
          "id": "000000000000000000000000000000000abc0006",
          "message": "change 6",
          "timestamp": "2026-01-07T10:00:00Z",
          "url": "https://example.com/commit/6"
        },
        "date": 1767780000000,
        "tool": "cargo",
        "benches": [
          {
            "name": "bench_fib",
            "range": "± 5",
            "unit": "ns/iter",
            "value": 1591
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
          "id": "000000000000000000000000000000000abc0007",
          "message": "change 7",
          "timestamp": "2026-01-08T10:00:00Z",
          "url": "https://example.com/commit/7"
        },
        "date": 1767866400000,
        "tool": "cargo",
        "benches": [
          {
            "name": "bench_fib",
            "range": "± 5",
            "unit": "ns/iter",
            "value": 1568
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
          "id": "000000000000000000000000000000000abc0008",
          "message": "change 8",
          "timestamp": "2026-01-09T10:00:00Z",
          "url": "https://example.com/commit/8"
        },
        "date": 1767952800000,
        "tool": "cargo",
        "benches": [
          {
            "name": "bench_fib",
            "range": "± 5",
            "unit": "ns/iter",
            "value": 1580
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
          "id": "000000000000000000000000000000000abc0009",
          "message": "change 9",
          "timestamp": "2026-01-10T10:00:00Z",
          "url": "https://example.com/commit/9"
        },
        "date": 1768039200000,
        "tool": "cargo",
        "benches": [
          {
            "name": "bench_fib",
            "range": "± 5",
            "unit": "ns/iter",
            "value": 1599
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
          "id": "000000000000000000000000000000000abc000a",
          "message": "change 10",
          "timestamp": "2026-01-11T10:00:00Z",
          "url": "https://example.com/commit/10"
        },
        "date": 1768125600000,
        "tool": "cargo",
        "benches": [
          {
            "name": "bench_fib",
            "range": "± 5",
            "unit": "ns/iter",
            "value": 1628
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
          "id": "000000000000000000000000000000000abc000b",
          "message": "change 11",
          "timestamp": "2026-01-12T10:00:00Z",
          "url": "https://example.com/commit/11"
        },
        "date": 1768212000000,
        "tool": "cargo",
        "benches": [
          {
            "name": "bench_fib",
            "range": "± 5",
            "unit": "ns/iter",
            "value": 1595
          }
        ]
      }
    ]
  }
}