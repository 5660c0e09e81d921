using System.Text.Json;
using System.Text.Json.Serialization;

namespace CognitoM2M.UserSessions.Sealing;

/// <summary>What surrounds every sealed content.</summary>
internal sealed record Envelope(
    [property: JsonPropertyName("p")] string Purpose,
    [property: JsonPropertyName("c")] string ClientId,
    [property: JsonPropertyName("e")] long ExpiresAt,
    [property: JsonPropertyName("d")] JsonElement Content);

/// <summary>What a state holds.</summary>
/// <param name="RedirectUri">The redirect URI, which the code exchange must repeat.</param>
/// <param name="CodeChallenge">The hash of the code verifier, which binds the state to the browser that has the verifier.</param>
/// <param name="Nonce">The nonce that the ID token must have.</param>
/// <param name="ReturnUrl">Where to send the browser in the end.</param>
/// <param name="HasIdToken">Whether the scope openid was requested, so that an ID token must come.</param>
internal sealed record StateContent(
    [property: JsonPropertyName("u")] string RedirectUri,
    [property: JsonPropertyName("h")] string CodeChallenge,
    [property: JsonPropertyName("n")] string Nonce,
    [property: JsonPropertyName("r")] string ReturnUrl,
    [property: JsonPropertyName("i")] bool HasIdToken);

/// <summary>What a sealed challenge holds.</summary>
internal sealed record ChallengeContent(
    [property: JsonPropertyName("n")] string Name,
    [property: JsonPropertyName("u")] string Username,
    [property: JsonPropertyName("s")] string Session,
    [property: JsonPropertyName("d")] string? CodeDestination,
    [property: JsonPropertyName("a")] string[] RequiredAttributes,
    [property: JsonPropertyName("o")] string[] Choices);

[JsonSerializable(typeof(Envelope))]
[JsonSerializable(typeof(StateContent))]
[JsonSerializable(typeof(ChallengeContent))]
[JsonSourceGenerationOptions(RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true)]
internal sealed partial class SealedContents : JsonSerializerContext;
