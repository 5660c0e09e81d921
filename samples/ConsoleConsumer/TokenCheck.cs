using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace ConsoleConsumer;

/// <summary>
/// Checks access tokens against the user pool's key set, which it reads again every quarter of a second, so that a withdrawn key is
/// noticed while one watches.
/// </summary>
internal sealed class TokenCheck(Uri keySet, string issuer, string? scope, TimeProvider time) : IDisposable
{
    private static readonly TimeSpan _keySetAge = TimeSpan.FromMilliseconds(250);

    // The times in a token are whole seconds, which is much for one that lives five.
    private static readonly TimeSpan _clockTolerance = TimeSpan.FromSeconds(1);

    private readonly HttpClient _http = new() { Timeout = TimeSpan.FromSeconds(10) };
    private readonly SemaphoreSlim _reading = new(1);
    private volatile KeySet _keys = new([], long.MinValue);

    /// <summary>Reads the key set, to find out now whether it can be had.</summary>
    public async Task PrepareAsync() => await CurrentKeysAsync();

    public async Task<bool> AcceptsAsync(string authorization)
    {
        if (!authorization.StartsWith("Bearer ", StringComparison.Ordinal))
            return false;

        var keys = await CurrentKeysAsync();
        try
        {
            return IsValid(authorization["Bearer ".Length..], keys);
        }
        catch (Exception e) when (e is FormatException or JsonException or KeyNotFoundException or InvalidOperationException)
        {
            return false;
        }
    }

    public void Dispose()
    {
        _http.Dispose();
        _reading.Dispose();
    }

    private bool IsValid(string token, Dictionary<string, RSA> keys)
    {
        var parts = token.Split('.');
        if (parts.Length != 3)
            return false;

        using var header = JsonDocument.Parse(Base64Url.DecodeFromChars(parts[0]));
        if (header.RootElement.GetProperty("alg").GetString() != "RS256"
            || !keys.TryGetValue(header.RootElement.GetProperty("kid").GetString()!, out var key))
        {
            return false;
        }

        var signed = Encoding.ASCII.GetBytes(parts[0] + "." + parts[1]);
        if (!key.VerifyData(signed, Base64Url.DecodeFromChars(parts[2]), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1))
            return false;

        using var claims = JsonDocument.Parse(Base64Url.DecodeFromChars(parts[1]));
        var root = claims.RootElement;
        return root.GetProperty("iss").GetString() == issuer
            && root.GetProperty("token_use").GetString() == "access"
            && (scope is null || root.GetProperty("scope").GetString()!.Split(' ').Contains(scope))
            && DateTimeOffset.FromUnixTimeSeconds(root.GetProperty("exp").GetInt64()) + _clockTolerance > time.GetUtcNow();
    }

    private async ValueTask<Dictionary<string, RSA>> CurrentKeysAsync()
    {
        if (IsRecent(_keys))
            return _keys.ById;

        await _reading.WaitAsync();
        try
        {
            if (!IsRecent(_keys))
                _keys = new KeySet(await ReadKeysAsync(), time.GetTimestamp());
            return _keys.ById;
        }
        finally
        {
            _reading.Release();
        }
    }

    private bool IsRecent(KeySet keys) => keys.ById.Count > 0 && time.GetElapsedTime(keys.ReadAt) < _keySetAge;

    private async Task<Dictionary<string, RSA>> ReadKeysAsync()
    {
        using var document = JsonDocument.Parse(await _http.GetStringAsync(keySet));
        return document.RootElement.GetProperty("keys").EnumerateArray().ToDictionary(
            key => key.GetProperty("kid").GetString()!,
            key => RSA.Create(new RSAParameters
            {
                Modulus = Base64Url.DecodeFromChars(key.GetProperty("n").GetString()),
                Exponent = Base64Url.DecodeFromChars(key.GetProperty("e").GetString()),
            }));
    }

    private sealed record KeySet(Dictionary<string, RSA> ById, long ReadAt);
}
