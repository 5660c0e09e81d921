using System.Diagnostics;
using System.Globalization;
using CognitoM2M.Emulator.Protocol;

namespace CognitoM2M.Emulator.Pools;

/// <summary>One secret of an app client.</summary>
/// <remarks>A class and not a record, because the text of a record would show the value.</remarks>
internal sealed class ClientSecret(string value)
{
    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    public string Value { get; } = TextShape.ClientSecret.Require(value, "ClientSecret");

    /// <summary><c>{client id}--{epoch}</c>.</summary>
    public required string Id { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Whether the app client was created with this secret. Descriptions of the client show this secret only.</summary>
    public required bool IsOriginal { get; init; }

    /// <summary>Creates a secret with an id that the client does not have yet.</summary>
    /// <param name="value">The secret itself.</param>
    /// <param name="clientId">The client id, which is part of the id of the secret.</param>
    /// <param name="createdAt">The time of creation, which is part of the id of the secret.</param>
    /// <param name="others">The secrets that the client has already. If there are none, this secret is the original.</param>
    public static ClientSecret Create(string value, string clientId, DateTimeOffset createdAt, IReadOnlyCollection<ClientSecret> others)
    {
        var epoch = createdAt.ToUnixTimeMilliseconds();
        while (others.Any(other => other.Id == CreateId(epoch)))
            epoch++;

        return new ClientSecret(value) { Id = CreateId(epoch), CreatedAt = createdAt, IsOriginal = others.Count == 0 };

        string CreateId(long at) => string.Create(CultureInfo.InvariantCulture, $"{clientId}--{at}");
    }

    public bool Matches(string presented) => ConstantTime.AreEqual(Value, presented);

    public override string ToString() => Id;
}
