require "openssl"

TOLERANCE_S = 300

# Rails: genuine?(ENV["WEBHOOK_SECRET"], request.headers["webhook-id"],
#   request.headers["webhook-timestamp"], request.headers["webhook-signature"], request.raw_post)
def genuine?(secret, id, timestamp, signatures, body)
  return false unless timestamp.to_s.match?(/\A\d{1,12}\z/)
  return false if (Time.now.to_i - timestamp.to_i).abs > TOLERANCE_S

  key = secret.delete_prefix("whsec_").unpack1("m")
  digest = OpenSSL::HMAC.digest("SHA256", key, "#{id}.#{timestamp}.".b + body.b)
  expected = "v1,#{[digest].pack("m0")}"
  signatures.to_s.split(" ").any? { |given| OpenSSL.secure_compare(expected, given) }
end
