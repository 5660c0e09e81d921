namespace CognitoM2M.Benchmarks;

/// <summary>The repository that this program was built from.</summary>
internal static class Repository
{
    public static string Root { get; } = FindRoot();

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "CognitoM2M.sln")))
            folder = folder.Parent ?? throw new InvalidOperationException("The benchmarks must run inside the repository: CognitoM2M.sln was not found in any parent folder.");
        return folder.FullName;
    }
}
