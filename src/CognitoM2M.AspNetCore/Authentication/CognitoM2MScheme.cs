namespace CognitoM2M.AspNetCore.Authentication;

/// <summary>A scheme that was registered; the container holds one for each.</summary>
internal sealed record CognitoM2MScheme(string Name);
