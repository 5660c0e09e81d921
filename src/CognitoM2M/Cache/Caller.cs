namespace CognitoM2M.Cache;

/// <summary>One call that needs a token.</summary>
/// <param name="ClientName">The calling client, for exceptions and telemetry. Clients with the same credentials share an entry.</param>
/// <param name="Blocks">
/// Whether the call is synchronous. Its thread then waits inside the method that it calls, and the task has ended when the method returns.
/// </param>
/// <param name="Minimum">How long the token must still be valid.</param>
/// <param name="CancellationToken">Ends this caller's wait.</param>
internal readonly record struct Caller(string ClientName, bool Blocks, TimeSpan Minimum, CancellationToken CancellationToken);
