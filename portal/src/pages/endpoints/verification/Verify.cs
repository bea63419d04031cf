using System.Security.Cryptography;
using System.Text;

static class Webhooks
{
    // ASP.NET: read Request.Body into a byte[] before anything binds it to a model.
    public static bool IsGenuine(string secret, string id, string timestamp, string signatures, byte[] body)
    {
        if (!long.TryParse(timestamp, out var seconds)) return false;
        if (Math.Abs(DateTimeOffset.UtcNow.ToUnixTimeSeconds() - seconds) > 300) return false;
        var key = Convert.FromBase64String(secret.Replace("whsec_", ""));
        var signed = Encoding.UTF8.GetBytes($"{id}.{timestamp}.").Concat(body).ToArray();
        var digest = Convert.ToBase64String(HMACSHA256.HashData(key, signed));
        var expected = Encoding.UTF8.GetBytes($"v1,{digest}");
        return signatures.Split(' ').Any(given =>
            CryptographicOperations.FixedTimeEquals(expected, Encoding.UTF8.GetBytes(given)));
    }
}
