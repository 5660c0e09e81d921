namespace CognitoM2M.AspNetCore.JwtBearer.Configuration;

/// <summary>A scheme for which <c>UseCognitoM2M</c> was called. The container holds one object for each scheme.</summary>
/// <param name="Name">The name of the scheme.</param>
/// <param name="IsNamed">Whether the caller named the scheme.</param>
internal sealed record BridgedScheme(string Name, bool IsNamed);
