require "webrick"
require_relative "verify"

SECRET = ENV["WEBHOOK_SECRET"].to_s
abort "WEBHOOK_SECRET is not set" if SECRET.empty?

# For production: a table with the id as its key. It is the queue, too, and survives a restart.
TAKEN = {}
LOCK = Mutex.new
WAITING = Queue.new

def receive(request, response)
  header = ->(name) { request["webhook-#{name}"] || request["svix-#{name}"] }
  id = header["id"]
  body = request.body.to_s
  unless genuine?(SECRET, id, header["timestamp"], header["signature"], body)
    response.status = 401
    return
  end

  is_new = LOCK.synchronize { TAKEN.key?(id) ? false : TAKEN[id] = true }
  WAITING << [id, body] if is_new
  response.status = 204
end

def handle(id, body)
  puts "handled #{id}: #{body.bytesize} bytes"
end

$stdout.sync = true
Thread.new { loop { handle(*WAITING.pop) } }
port = ENV.fetch("PORT", "9000").to_i
server = WEBrick::HTTPServer.new(BindAddress: "127.0.0.1", Port: port, AccessLog: [])
server.mount_proc("/webhooks") { |request, response| receive(request, response) }
trap("INT") { server.shutdown }
trap("TERM") { server.shutdown }
server.start
