namespace CognitoM2M.EndToEnd.Tests.Fleet;

/// <summary>The collection of tests that do not run at the same time as others, because they keep all processors busy.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class RunsAlone
{
    public const string Name = "runs alone";
}
