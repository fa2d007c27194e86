-- wrk -s post.lua URL -- FILE FIRST [START]: posts the lines of FILE in turn, from START or anywhere.
-- A body's sixteen noughts become the next number from FIRST, so that no reference number and no
-- idempotency key comes twice.
local UNIQUE = '0000000000000000'
local bodies, count, sent, first, is_unique = {}, 0, 0, 0, false
bad = 0

local threads = {}
function setup(thread)
  table.insert(threads, thread)
end

function init(arguments)
  for line in io.lines(arguments[1]) do
    count = count + 1
    bodies[count] = line
  end
  first = tonumber(arguments[2])
  -- Not at the same invoice each time.
  sent = (tonumber(arguments[3]) or first) % count
  is_unique = bodies[1]:find(UNIQUE, 1, true) ~= nil
  wrk.method = 'POST'
  wrk.headers['Content-Type'] = 'application/json'
  wrk.headers['Accept'] = 'application/json'
end

function request()
  sent = sent + 1
  local body = bodies[sent % count + 1]
  if is_unique then
    body = body:gsub(UNIQUE, string.format('%016.0f', first + sent))
  end
  return wrk.format(nil, nil, nil, body)
end

function response(status, _, body)
  local refused = body:find('"userErrors":[', 1, true) and not body:find('"userErrors":[]', 1, true)
  if status ~= 200 or body:find('"errors":', 1, true) or refused then
    bad = bad + 1
  end
end

function done(summary, latency, _)
  local refused = 0
  for _, thread in ipairs(threads) do
    refused = refused + thread:get('bad')
  end
  local errors = summary.errors
  io.write(string.format(
    'RESULT {"requests":%d,"us":%d,"p50":%d,"p99":%d,"bad":%d,"socket":%d,"bytes":%d}\n',
    summary.requests, summary.duration, latency:percentile(50), latency:percentile(99), refused,
    errors.connect + errors.read + errors.write + errors.timeout, summary.bytes))
end
