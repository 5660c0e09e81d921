using CognitoM2M.Provisioning.Planning;
using CognitoM2M.Shared;

namespace CognitoM2M.Provisioning;

/// <summary>A plan that was written to a file, so that it can be looked at and carried out later exactly as it is.</summary>
/// <remarks>
/// The file holds the blueprint, the options of the plan and its steps, and no secret. <see cref="CognitoProvisioner.PlanAgainAsync"/> plans
/// again from the blueprint in the file and refuses if the new plan has other steps. So a file with changed steps is refused, and no file
/// can make a run do anything that its blueprint does not say.
/// </remarks>
public sealed class SavedPlan
{
    private const long MaxBytes = 100 * 1024 * 1024;

    private SavedPlan(SavedPlanDocument document, Blueprint blueprint)
    {
        Document = document;
        Blueprint = blueprint;
    }

    /// <summary>The blueprint that the plan was made from.</summary>
    public Blueprint Blueprint { get; }

    /// <summary>The blueprint file that the plan was made from, as its user named it.</summary>
    /// <value>Null if the plan was saved without the name of a file.</value>
    public string? Source => Document.Source;

    /// <summary>The variables that the blueprint file uses, with the values that the plan was made with.</summary>
    /// <value>Empty if the plan was saved without variables. The value of a <see cref="AppClientBlueprint.SecretVariable"/> is never among them.</value>
    public IReadOnlyDictionary<string, string> Variables => Document.Variables;

    /// <summary>The AWS account that the plan was made in. <see cref="CognitoProvisioner.PlanAgainAsync"/> refuses every other account.</summary>
    /// <value>
    /// 12 digits. Null if the plan creates the user pool and the credentials do not say their account, as access keys without <c>AWS_ACCOUNT_ID</c>:
    /// the account is then not checked.
    /// </value>
    public string? AccountId => Document.Target.AccountId;

    internal SavedPlanDocument Document { get; }

    /// <summary>Saves a plan of <see cref="CognitoProvisioner.PlanAsync"/>.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="source">The blueprint file that the plan was made from; null by default. It is only kept, not read.</param>
    /// <param name="variables">The variables that the file uses, with their values; null by default. They are only kept.</param>
    /// <exception cref="CognitoProvisioningException">
    /// The blueprint holds a secret (<see cref="AppClientBlueprint.Secret"/>) or a password (<see cref="UserBlueprint.Password"/>).
    /// </exception>
    /// <exception cref="ArgumentException">The plan destroys: only plans of <see cref="CognitoProvisioner.PlanAsync"/> can be saved.</exception>
    public static SavedPlan Create(ProvisioningPlan plan, string? source = null, IReadOnlyDictionary<string, string>? variables = null)
    {
        ArgumentNullException.ThrowIfNull(plan);
        if (plan.IsDestroying)
            throw new ArgumentException("This plan was made by PlanDestroyAsync. Only plans of PlanAsync can be saved.", nameof(plan));
        if (plan.Blueprint.AppClients.FirstOrDefault(client => client.Secret is not null) is { } client)
        {
            throw new CognitoProvisioningException(
                ProvisioningError.Secret,
                $"A saved plan holds no secret, and the blueprint holds the secret of app client '{client.Name}'.",
                "Apply the blueprint without saving the plan, or name the secret with secretVariable.");
        }

        if (plan.Blueprint.Users.FirstOrDefault(user => user.Password is not null) is { } user)
        {
            throw new CognitoProvisioningException(
                ProvisioningError.Secret,
                $"A saved plan holds no secret, and the blueprint holds the password of user '{user}'.",
                "Apply the blueprint without saving the plan.");
        }

        return new(SavedPlanDocument.Create(plan, source, variables ?? new Dictionary<string, string>(StringComparer.Ordinal)), plan.Blueprint);
    }

    /// <summary>Reads a saved plan from JSON text.</summary>
    /// <exception cref="InvalidDataException">The text is not a saved plan, or was written by a version with another format.</exception>
    /// <exception cref="BlueprintException">The blueprint in the saved plan is not valid.</exception>
    public static SavedPlan Parse(string json)
    {
        ArgumentNullException.ThrowIfNull(json);
        var document = SavedPlanDocument.Parse(json);
        return new(document, Blueprint.Parse(document.Blueprint.GetRawText()));
    }

    /// <summary>Reads a saved plan from a file of at most 100 MiB.</summary>
    /// <exception cref="InvalidDataException">The file is not a saved plan, or was written by a version with another format.</exception>
    /// <exception cref="BlueprintException">The blueprint in the saved plan is not valid.</exception>
    /// <exception cref="IOException">The file could not be read.</exception>
    public static async Task<SavedPlan> LoadAsync(string path, CancellationToken cancellationToken = default)
    {
        if (new FileInfo(path) is { Exists: true, Length: > MaxBytes })
            throw new InvalidDataException($"{path} has more than 100 MiB, so it is not a saved plan.");

        return Parse(await File.ReadAllTextAsync(path, cancellationToken).ConfigureAwait(false));
    }

    /// <summary>The saved plan as JSON text that <see cref="Parse"/> reads.</summary>
    public string ToJson() => Document.ToJson();

    /// <summary>Writes the saved plan to a file. Replaces a file that exists, as a whole: an interruption leaves the former plan.</summary>
    /// <exception cref="IOException">The file could not be written.</exception>
    public Task SaveAsync(string path, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        return WholeFile.WriteAsync(path, ToJson() + "\n", overwrite: true, cancellationToken);
    }

    /// <summary>Whether this blueprint is the one that the plan was made from. The address of the schema does not count.</summary>
    /// <param name="blueprint">The blueprint, for example as its file holds it now.</param>
    public bool IsMadeFrom(Blueprint blueprint)
    {
        ArgumentNullException.ThrowIfNull(blueprint);
        return (blueprint with { Schema = null }).ToJson() == (Blueprint with { Schema = null }).ToJson();
    }
}
