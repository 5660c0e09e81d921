using System.Text.Json.Serialization;

namespace CognitoM2M.Provisioning;

/// <summary>The oldest version of TLS that a custom domain accepts.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<TlsPolicy>))]
public enum TlsPolicy
{
    /// <summary>TLS 1.0 (Cognito's <c>TLS_V1</c>).</summary>
    Tls10,

    /// <summary>TLS 1.2 (Cognito's <c>TLS_V1_2_2021</c>).</summary>
    Tls12,

    /// <summary>TLS 1.3 (Cognito's <c>TLS_V1_3_2025</c>).</summary>
    Tls13,
}
