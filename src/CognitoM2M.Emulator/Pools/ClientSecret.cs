using System.Diagnostics;
using System.Globalization;
using CognitoM2M.Emulator.Protocol;

namespace CognitoM2M.Emulator.Pools;

// A class, not a record: a record would print its value.
internal sealed class ClientSecret(string value)
{
    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    public string Value { get; } = TextShape.ClientSecret.Require(value, "ClientSecret");

    /// <summary><c>{client id}--{epoch}</c>.</summary>
    public required string Id { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Whether the app client was created with it: the only one that its description ever shows.</summary>
    public required bool IsOriginal { get; init; }

    /// <summary>A secret beside those the client has so far; the first one is the original.</summary>
    public static ClientSecret Create(string value, string clientId, DateTimeOffset createdAt, IReadOnlyCollection<ClientSecret> others)
    {
        var epoch = createdAt.ToUnixTimeMilliseconds();
        while (others.Any(other => other.Id == IdAt(epoch)))
            epoch++;

        return new ClientSecret(value) { Id = IdAt(epoch), CreatedAt = createdAt, IsOriginal = others.Count == 0 };

        string IdAt(long at) => string.Create(CultureInfo.InvariantCulture, $"{clientId}--{at}");
    }

    public bool Matches(string presented) => ConstantTime.AreEqual(Value, presented);

    public override string ToString() => Id;
}
