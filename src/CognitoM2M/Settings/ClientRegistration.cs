namespace CognitoM2M.Settings;

/// <summary>Remembers that a client of this name was registered: for warm-up, and to list the known names when an unknown one is used.</summary>
internal sealed record ClientRegistration(string ClientName);

/// <summary>Remembers that an HttpClient wants the token of this client, so that a name that does not exist is found at start.</summary>
internal sealed record ClientReference(string ClientName);
