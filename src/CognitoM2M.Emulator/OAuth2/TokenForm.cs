using System.Text;
using Microsoft.AspNetCore.WebUtilities;

namespace CognitoM2M.Emulator.OAuth2;

/// <summary>Form-encoded parameters of a body or a query. A parameter without a value counts as absent (RFC 6749, section 3.2).</summary>
internal sealed class TokenForm
{
    private readonly Dictionary<string, string> _parameters = new(StringComparer.Ordinal);

    private TokenForm()
    {
    }

    public static TokenForm Empty { get; } = new();

    public bool HasRepeatedParameter { get; private set; }

    public string? this[string name] => _parameters.GetValueOrDefault(name) is { Length: > 0 } value ? value : null;

    public static TokenForm Parse(ReadOnlySpan<byte> body) => Parse(Encoding.UTF8.GetString(body));

    public static TokenForm Parse(string text)
    {
        var form = new TokenForm();
        foreach (var parameter in new QueryStringEnumerable(text))
        {
            if (!form._parameters.TryAdd(parameter.DecodeName().ToString(), parameter.DecodeValue().ToString()))
                form.HasRepeatedParameter = true;
        }

        return form;
    }

    /// <summary>Writes the parameters in ASCII, with a question mark before them.</summary>
    public string ToQueryString() =>
        "?" + string.Join('&', _parameters.Select(pair => $"{Uri.EscapeDataString(pair.Key)}={Uri.EscapeDataString(pair.Value)}"));
}
