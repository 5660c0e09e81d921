namespace CognitoM2M;

/// <summary>Remembers that a client of this name was registered: for warm-up, and to list the known names when an unknown one is used.</summary>
internal sealed record CognitoM2MClientRegistration(string ClientName);

/// <summary>Remembers that an HttpClient wants the token of this client, so that a name that does not exist is found at start.</summary>
internal sealed record CognitoM2MClientReference(string ClientName);
