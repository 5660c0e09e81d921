using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using CognitoM2M.Provisioning.Blueprints;

namespace CognitoM2M.Provisioning;

/// <summary>A user pool for machine-to-machine tokens, with its domain, resource servers and app clients.</summary>
/// <remarks>Provisioning leaves alone what a blueprint does not name. A list that a blueprint names is complete.</remarks>
public sealed record Blueprint
{
    /// <summary>The JSON schema of blueprints, for editors.</summary>
    public static string JsonSchema => BlueprintReader.JsonSchema;

    /// <summary>The address of the JSON schema, for editors. Provisioning ignores it.</summary>
    [JsonPropertyName("$schema")]
    public string? Schema { get; init; }

    /// <summary>The user pool.</summary>
    public required UserPoolBlueprint UserPool { get; init; }

    /// <summary>The domains of the user pool.</summary>
    /// <value>Null by default. No domain is needed if every app client uses <see cref="AppClientRoute.GetClientToken"/>.</value>
    public DomainBlueprint? Domain { get; init; }

    /// <summary>The resource servers.</summary>
    /// <value>Empty by default; at most 300. Cognito's quota is 25 unless AWS has raised it.</value>
    public IReadOnlyList<ResourceServerBlueprint> ResourceServers { get; init => field = value ?? []; } = [];

    /// <summary>The app clients.</summary>
    /// <value>Empty by default; at most 10,000. Cognito's quota is 1,000 unless AWS has raised it.</value>
    public IReadOnlyList<AppClientBlueprint> AppClients { get; init => field = value ?? []; } = [];

    /// <summary>The groups of users. For an emulator only.</summary>
    /// <value>Empty by default.</value>
    public IReadOnlyList<GroupBlueprint> Groups { get; init => field = value ?? []; } = [];

    /// <summary>The users. For an emulator only.</summary>
    /// <value>Empty by default.</value>
    public IReadOnlyList<UserBlueprint> Users { get; init => field = value ?? []; } = [];

    /// <summary>Reads a blueprint from JSON text. Comments and trailing commas are allowed. No variable is set.</summary>
    /// <exception cref="BlueprintException">The text is not a blueprint, or the blueprint is not valid.</exception>
    public static Blueprint Parse(string json)
    {
        ArgumentNullException.ThrowIfNull(json);
        return BlueprintReader.Read(Encoding.UTF8.GetBytes(json));
    }

    /// <summary>Reads a blueprint from JSON text, and replaces <c>${NAME}</c> in its text values by variables.</summary>
    /// <param name="json">The text.</param>
    /// <param name="variables">
    /// Finds the value of a variable, or null if it is not set. Values are not secret: plans show them. Variables with the name of a secret, such
    /// as <c>AWS_SESSION_TOKEN</c>, are refused, except in <see cref="UserBlueprint.Password"/>. <c>$${</c> stands for <c>${</c> itself.
    /// </param>
    /// <exception cref="BlueprintException">The text is not a blueprint, a variable is not set, or the blueprint is not valid.</exception>
    public static Blueprint Parse(string json, Func<string, string?> variables)
    {
        ArgumentNullException.ThrowIfNull(json);
        ArgumentNullException.ThrowIfNull(variables);
        return BlueprintReader.Read(Encoding.UTF8.GetBytes(json), variables);
    }

    /// <summary>Reads a blueprint from a file of JSON text in UTF-8, of at most 10 MB. No variable is set.</summary>
    /// <exception cref="BlueprintException">The file is too long or not a blueprint, or the blueprint is not valid.</exception>
    /// <exception cref="IOException">The file could not be read.</exception>
    public static async Task<Blueprint> LoadAsync(string path, CancellationToken cancellationToken = default) =>
        BlueprintReader.Read(await BlueprintText.LoadAsync(path, cancellationToken).ConfigureAwait(false));

    /// <summary>Reads a blueprint from a file of JSON text in UTF-8, of at most 10 MB, and replaces <c>${NAME}</c> in its text values by variables.</summary>
    /// <param name="path">The file.</param>
    /// <param name="variables"><inheritdoc cref="Parse(string, Func{string, string?})" path="/param[@name='variables']"/></param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <exception cref="BlueprintException">The file is too long or not a blueprint, a variable is not set, or the blueprint is not valid.</exception>
    /// <exception cref="IOException">The file could not be read.</exception>
    public static async Task<Blueprint> LoadAsync(string path, Func<string, string?> variables, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(variables);
        return BlueprintReader.Read(await BlueprintText.LoadAsync(path, cancellationToken).ConfigureAwait(false), variables);
    }

    /// <summary>Writes the blueprint as JSON text that <see cref="Parse(string)"/> reads.</summary>
    public string ToJson() => BlueprintVariables.Escape(JsonSerializer.Serialize(this, BlueprintJson.Readable));

    /// <summary>Finds every mistake in the blueprint.</summary>
    /// <returns>Empty if the blueprint is valid.</returns>
    public IReadOnlyList<BlueprintMistake> Validate() => new BlueprintValidation(this).Mistakes;

    /// <summary>Stops before the first request if the blueprint has a mistake.</summary>
    internal void ThrowIfInvalid()
    {
        if (Validate() is { Count: > 0 } mistakes)
            throw new BlueprintException(mistakes);
    }
}

/// <summary>The user pool.</summary>
/// <remarks>A user pool made from a blueprint lets no user register, unless <see cref="AdminCreateUserOnly"/> is false, because it is for machines.</remarks>
public sealed record UserPoolBlueprint
{
    /// <summary>The value <c>none</c>, which removes the trigger of <see cref="PreTokenGenerationArn"/> or the key of <see cref="KmsKeyArn"/>.</summary>
    public const string None = "none";

    /// <summary>The name of the user pool.</summary>
    /// <value>1 to 128 characters: letters, digits, spaces and <c>_+=,.@-</c>.</value>
    public required string Name { get; init; }

    /// <summary>The id of an existing user pool: a region code, an underscore, letters and digits, such as <c>eu-west-1_AbCdEfGhI</c>.</summary>
    /// <value>
    /// Null by default: the user pool is found by its name and the tag <see cref="OwnershipTag.Key"/>. Cognito chooses the ids of user pools, so on
    /// AWS the user pool must exist. An emulator creates a user pool with this id.
    /// </value>
    public string? Id { get; init; }

    /// <summary>
    /// Whether the user pool belongs to others, and the blueprint only uses it. It must exist, found by <see cref="Id"/> or by
    /// <see cref="Name"/>, with or without the tag. Provisioning creates app clients and resource servers in it, but never changes or deletes
    /// the user pool, its tags or its domains. The domains that the blueprint names must exist, too.
    /// </summary>
    /// <value><see langword="false"/> by default. If <see langword="true"/>, the other settings of the user pool and the certificate of a custom domain must be left out.</value>
    public bool External { get; init; }

    /// <summary>Whether the user pool is protected from deletion.</summary>
    /// <value>Null by default: an existing setting stays, and a new user pool is not protected.</value>
    public bool? DeletionProtection { get; init; }

    /// <summary>The feature plan.</summary>
    /// <value>Null by default: an existing feature plan stays, and a new user pool gets Essentials.</value>
    public UserPoolTier? Tier { get; init; }

    /// <summary>The attributes that users sign in with in place of a user name: <c>email</c>, <c>phone_number</c>, or both.</summary>
    /// <value>
    /// Null by default: what an existing user pool has stays, and users of a new one have user names. Cognito never changes it: the plan is refused if
    /// an existing user pool has something else.
    /// </value>
    public IReadOnlyList<string>? UsernameAttributes { get; init; }

    /// <summary>Whether administrators alone create users, so that nobody can sign up.</summary>
    /// <value>Null by default: an existing setting stays, and in a new user pool administrators alone create users.</value>
    public bool? AdminCreateUserOnly { get; init; }

    /// <summary>What the passwords of users must be like.</summary>
    /// <value>Null by default: an existing policy stays, and a new user pool gets Cognito's default.</value>
    public PasswordPolicyBlueprint? PasswordPolicy { get; init; }

    /// <summary>The form of the issuer (the claim <c>iss</c>) in its tokens.</summary>
    /// <value>Null by default: an existing form stays, and a new user pool gets Cognito's default, <see cref="IssuerForm.Original"/>.</value>
    public IssuerForm? Issuer { get; init; }

    /// <summary>The ARN of the Lambda function that Cognito calls before it issues a token (trigger pre token generation, event version V3_0).</summary>
    /// <value>
    /// Null by default: an existing trigger stays. <see cref="None"/> removes the trigger. The function must allow Cognito to call it, and the
    /// feature plan must be Essentials or Plus. Other triggers stay.
    /// </value>
    public string? PreTokenGenerationArn { get; init; }

    /// <summary>The ARN of the KMS key that encrypts what Cognito stores of the user pool.</summary>
    /// <value>Null by default: an existing key stays, and a new user pool gets a key that AWS owns. <see cref="None"/> goes back to such a key.</value>
    public string? KmsKeyArn { get; init; }

    /// <summary>Tags that the user pool must have. Other tags stay.</summary>
    /// <value>Empty by default; at most 49, because one of Cognito's 50 is the tag <see cref="OwnershipTag.Key"/>.</value>
    public IReadOnlyDictionary<string, string> Tags { get; init => field = value ?? new Dictionary<string, string>(StringComparer.Ordinal); }
        = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>The keys of tags that the user pool must not have.</summary>
    /// <value>Null by default: no tag is removed.</value>
    public IReadOnlyList<string>? RemovedTags { get; init; }
}

/// <summary>
/// What the passwords of users must be like. If a member is null, an existing user pool keeps its setting, and a new user pool gets Cognito's default.
/// </summary>
public sealed record PasswordPolicyBlueprint
{
    /// <summary>The least number of characters.</summary>
    /// <value>6 to 99. Null by default; Cognito's default is 8.</value>
    public int? MinimumLength { get; init; }

    /// <summary>Whether an upper-case letter is required.</summary>
    /// <value>Null by default; Cognito's default is <see langword="true"/>.</value>
    public bool? RequireUppercase { get; init; }

    /// <summary>Whether a lower-case letter is required.</summary>
    /// <value>Null by default; Cognito's default is <see langword="true"/>.</value>
    public bool? RequireLowercase { get; init; }

    /// <summary>Whether a digit is required.</summary>
    /// <value>Null by default; Cognito's default is <see langword="true"/>.</value>
    public bool? RequireNumbers { get; init; }

    /// <summary>Whether a symbol is required.</summary>
    /// <value>Null by default; Cognito's default is <see langword="true"/>.</value>
    public bool? RequireSymbols { get; init; }

    /// <summary>How many of the last passwords a user cannot choose again.</summary>
    /// <value>0 to 24. Null by default; Cognito's default is 0.</value>
    public int? PasswordHistorySize { get; init; }

    /// <summary>How many days a temporary password is valid.</summary>
    /// <value>0 to 365. Null by default; Cognito's default is 7.</value>
    public int? TemporaryPasswordValidityDays { get; init; }
}

/// <summary>Cognito's feature plans. Machine-to-machine tokens are part of each of them.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<UserPoolTier>))]
public enum UserPoolTier
{
    /// <summary><c>LITE</c>.</summary>
    Lite,

    /// <summary><c>ESSENTIALS</c>, Cognito's default.</summary>
    Essentials,

    /// <summary><c>PLUS</c>.</summary>
    Plus,
}
