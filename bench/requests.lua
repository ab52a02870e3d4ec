-- What wrk sends. Arguments: the kind of request, the number of this run, the fields of the answer's form.
--   read      the address as it is
--   distinct  another address each time, so that no page is kept under it
--   apart     each over a connection of its own: connections that stay would give pages that take long mostly to one of
--             the workers, and another time to both; "distinct apart" is both
--   anywhere  each from another network
--   answer    a new idempotency key from a new network each time: 198.18.0.0/15 is the range that RFC 2544 set aside
--             for measuring, nobody lives there
--   fragment  the same as htmx sends it, so that the reply carries the result

local kind, run, fields
local n = 0

local headers = {
  ["Accept"] = "text/html",
  ["Accept-Encoding"] = "gzip, deflate, br",
  ["Accept-Language"] = "en",
}

function init(args)
  kind, run, fields = args[1], tonumber(args[2]), args[3]
end

local function network(number)
  number = number % 131072
  return string.format("198.%d.%d.%d", 18 + math.floor(number / 65536), math.floor(number / 256) % 256, number % 256)
end

local function answer()
  headers["Content-Type"] = "application/x-www-form-urlencoded"
  headers["HX-Request"] = kind == "fragment" and "true" or nil
  headers["X-Forwarded-For"] = network(run * 20000 + n)
  return wrk.format("POST", nil, headers, string.format("%s&key=%08x%024x", fields, run, n))
end

function request()
  n = n + 1
  if kind == "answer" or kind == "fragment" then return answer() end
  local mark = wrk.path:find("?", 1, true) and "&" or "?"
  headers["Connection"] = kind:find("apart") and "close" or nil
  headers["X-Forwarded-For"] = kind:find("anywhere") and network(run * 20000 + n) or nil
  local path = kind:find("distinct") and string.format("%s%sn=%d-%d", wrk.path, mark, run, n) or nil
  return wrk.format("GET", path, headers)
end

function done(summary, latency)
  local errors = summary.errors
  io.write(string.format(
    '\n{"requests": %d, "microseconds": %d, "broken": %d, "refused": %d, "p50": %d, "p95": %d, "p99": %d}\n',
    summary.requests, summary.duration, errors.connect + errors.read + errors.write + errors.timeout, errors.status,
    latency:percentile(50), latency:percentile(95), latency:percentile(99)))
end
