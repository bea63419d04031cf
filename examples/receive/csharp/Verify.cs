using System.Globalization;
using System.Security.Cryptography;
using System.Text;

static class Webhooks
{
    const long ToleranceS = 300;

    // ASP.NET: read Request.Body into a byte[] before anything binds it to a model.
    public static bool IsGenuine(string secret, string id, string timestamp, string signatures, byte[] body)
    {
        if (!long.TryParse(timestamp, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)) return false;
        if (Math.Abs(DateTimeOffset.UtcNow.ToUnixTimeSeconds() - seconds) > ToleranceS) return false;
        var key = Convert.FromBase64String(secret.Replace("whsec_", ""));
        var signed = Encoding.UTF8.GetBytes($"{id}.{timestamp}.").Concat(body).ToArray();
        var digest = Convert.ToBase64String(HMACSHA256.HashData(key, signed));
        var expected = Encoding.UTF8.GetBytes($"v1,{digest}");
        return signatures.Split(' ').Any(given =>
            CryptographicOperations.FixedTimeEquals(expected, Encoding.UTF8.GetBytes(given)));
    }
}
