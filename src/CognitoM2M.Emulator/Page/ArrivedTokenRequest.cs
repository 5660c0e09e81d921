namespace CognitoM2M.Emulator.Page;

/// <summary>What a token request said when it arrived. Without its secret.</summary>
/// <param name="ClientId">The client id; null if the request has none. Any text of the caller.</param>
/// <param name="Route">The route.</param>
/// <param name="GrantType">The grant type; null if the request has none. Any text of the caller.</param>
/// <param name="Scopes">The requested scopes. Any texts of the caller.</param>
internal sealed record ArrivedTokenRequest(string? ClientId, EmulatedTokenRoute Route, string? GrantType, IReadOnlyList<string> Scopes);
