namespace CognitoM2M;

/// <summary>Remembers that a client of this name was registered: for warm-up, and to list the known names when an unknown one is used.</summary>
internal sealed record CognitoM2MClientRegistration(string ClientName);
