namespace CognitoM2M.AspNetCore.Configuration;

/// <summary>A scheme that was registered; the container holds one for each.</summary>
internal sealed record RegisteredScheme(string Name);
