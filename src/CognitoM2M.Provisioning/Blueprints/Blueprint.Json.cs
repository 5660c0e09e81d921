namespace CognitoM2M.Provisioning;

public sealed partial record Blueprint
{
    /// <summary>The JSON schema of blueprints, for editors.</summary>
    public static string JsonSchema => throw new NotSupportedException();

    /// <summary>Reads a blueprint from JSON text; comments and trailing commas are allowed.</summary>
    /// <exception cref="BlueprintException">The text is not a blueprint, or the blueprint is not valid.</exception>
    public static Blueprint Parse(string json) => throw new NotSupportedException();

    /// <summary>Reads a blueprint from a file.</summary>
    /// <exception cref="BlueprintException">The file is not a blueprint, or the blueprint is not valid.</exception>
    /// <exception cref="IOException">The file could not be read.</exception>
    public static Task<Blueprint> LoadAsync(string path, CancellationToken cancellationToken = default) => throw new NotSupportedException();

    /// <summary>The blueprint as JSON text, as <see cref="Parse"/> reads it.</summary>
    public string ToJson() => throw new NotSupportedException();

    /// <summary>Everything that is wrong with the blueprint; empty if it is valid.</summary>
    public IReadOnlyList<BlueprintMistake> Validate() => throw new NotSupportedException();
}
