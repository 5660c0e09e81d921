namespace CognitoM2M.Provisioning.Steps;

/// <summary>Something that this run was to create, and that another run has created at the same time.</summary>
/// <param name="What">The thing in words, such as <c>app client 'billing'</c>.</param>
internal sealed record Overlap(string What)
{
    /// <summary>The id of the thing that both runs use from now on; null if the thing has no id.</summary>
    public string? UsedId { get; init; }

    /// <summary>The id of the second thing, which this run has created and removed again; null if there was none.</summary>
    public string? RemovedId { get; init; }

    /// <summary>The id of a second thing that still exists; null if there is none.</summary>
    public string? SurplusId { get; init; }

    /// <summary>Whether this run has created other things in the second one, because lists did not show the first one in time.</summary>
    public bool HasWorkedInSurplus { get; init; }

    /// <summary>Whether Cognito does not show the secret of the app client that both runs use, so that this run cannot store it.</summary>
    public bool HasHiddenSecret { get; init; }

    /// <summary>The command that removes the second thing; null if there is none.</summary>
    public string? RemovalCommand { get; init; }
}
