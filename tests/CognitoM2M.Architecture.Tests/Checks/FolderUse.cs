namespace CognitoM2M.Architecture.Tests.Checks;

/// <summary>One namespace uses another, with one member that does so as an example.</summary>
internal sealed record FolderUse(string From, string To, string Example)
{
    public override string ToString() => $"{From} uses {To}: {Example}";
}
